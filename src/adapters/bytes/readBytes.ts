import { createLineAt } from './lineAt.ts';
import type { ScannedDocuments } from './scanSpans.ts';
import { scanSpans, type SpanPlaces } from './scanSpans.ts';

/** A document among bytes, or a part of a large one. */
export interface BytesDocument {
  readonly document: unknown;
  /** The line it begins on, where there are several. */
  readonly line?: number;
  /** Where the next one begins, or all ends. */
  readonly end: number;
}

/**
 * The documents of bytes, one by one; null where they are better read as a text. `rest` is called while they are
 * scanned, with how far that is.
 */
export async function documentsInBytes(
  bytes: Uint8Array,
  places: SpanPlaces,
  rest: (scanned: number) => Promise<void> | undefined,
): Promise<Iterable<BytesDocument> | null> {
  const scanning = scanSpans(bytes, places);
  let step = scanning.next();
  for (; !step.done; step = scanning.next()) await rest(step.value);
  return step.value && step.value.spans > 0 ? documentsOf(bytes, step.value, places) : null;
}

function* documentsOf(
  bytes: Uint8Array,
  scanned: ScannedDocuments,
  { pieces }: SpanPlaces,
): Generator<BytesDocument, void> {
  const lineAt = createLineAt(bytes);
  for (let number = 0; number < scanned.count; number += 1) {
    const end = number + 1 < scanned.count ? scanned.start(number + 1) : bytes.length;
    const parts = pieces(scanned.document(number));
    if (scanned.count === 1) {
      for (const document of parts) yield { document, end };
      continue;
    }
    const line = lineAt(scanned.start(number));
    for (const document of parts) yield { document, line, end };
  }
}
