import { TraceInputError } from '../../model/diagnostics.ts';
import { formatsInWords } from '../text/formatWords.ts';
import { quietly } from '../tolerant/readEach.ts';
import type { Detection, TraceAdapter } from '../types.ts';

/** What knows the signs of a format. */
export type Detecting = Pick<TraceAdapter, 'name' | 'detect'>;

/** Which format a document is, how sure that is (0 … 1) and by what sign. */
export interface DetectedFormat extends Detection {
  readonly format: string;
}

/** The format that its adapter is surest of; null = none that these know. */
export function surestFormat(document: unknown, adapters: readonly Detecting[]): DetectedFormat | null {
  let best: DetectedFormat | null = null;
  for (const adapter of adapters) {
    const detection = detect(adapter, document);
    if (detection && (!best || detection.confidence > best.confidence)) best = { format: adapter.name, ...detection };
  }
  return best;
}

/** Asks an adapter about a document. A host object whose fields throw is of no format. */
export const detect = (adapter: Detecting, document: unknown): Detection | null =>
  quietly(() => adapter.detect(document)) ?? null;

/** Throws `TraceInputError` where the host asks for a format that no adapter reads. */
export function requireFormat(format: string | undefined, adapters: readonly Detecting[]): void {
  if (format !== undefined && !adapters.some(({ name }) => name === format))
    throw new TraceInputError(
      'unknown-format',
      `There is no format “${format}”; known are ${formatsInWords(adapters)}.`,
    );
}

/** The adapter for a document: the one the host asks for, else the one that is surest. */
export function pickAdapter<Adapter extends Detecting>(
  document: unknown,
  adapters: readonly Adapter[],
  format: string | undefined,
): Adapter | undefined {
  const name = format ?? surestFormat(document, adapters)?.format;
  return adapters.find((candidate) => candidate.name === name);
}
