import { withoutHoles } from '../model/holes.ts';
import { detect } from './collect/pickAdapter.ts';
import type { BytesDocument } from './bytes/readBytes.ts';
import type { Pieces } from './content/pieces.ts';
import type { AnyAdapter, DocumentReader } from './collect/readDocuments.ts';
import type { ProgressReport } from './collect/readProgress.ts';
import { BEGINS } from './otlp/envelope.ts';
import { otlp } from './otlp/otlp.ts';
import { hasRules } from '../redact/checkRules.ts';
import { textOfBytes } from './text/readText.ts';
import type { ParseOptions, ReadOptions, TraceAdapter } from './types.ts';

/*
 * What reads inputs and makes traces of them. `parseTraces` fetches it when it is called first, while the input still comes, so
 * that a page that only may read some day does not carry it.
 */
export { requireFormat } from './collect/pickAdapter.ts';
export { createDocumentReader } from './collect/readDocuments.ts';
export { placeOf, readInput } from './text/readInput.ts';

/**
 * Most traces are OTLP: the signs of all other formats are a part of their own, which is fetched when something else
 * comes.
 */
export function adaptersFor(
  document: unknown,
  { adapters, format }: ReadOptions,
): readonly AnyAdapter[] | Promise<readonly AnyAdapter[]> {
  if (adapters) return adapters;
  if (format === undefined && isSurelyOtlp(document)) return ONLY_OTLP;
  return import('./formats/everyFormat.ts').then(({ everyFormat }) => everyFormat);
}

const ONLY_OTLP: readonly TraceAdapter[] = [otlp];

function isSurelyOtlp(document: unknown): boolean {
  const isSure = (part: unknown): boolean => !Array.isArray(part) && detect(otlp, part)?.confidence === 1;
  try {
    return Array.isArray(document) ? document.length > 0 && withoutHoles(document).every(isSure) : isSure(document);
  } catch {
    return false;
  }
}

/** What reading goes on in. */
export interface Around {
  readonly options: ParseOptions;
  readonly adaptersFor: typeof adaptersFor;
  readonly yieldTurn: () => Promise<void> | undefined;
  readonly progress: ProgressReport;
}

/** So early stands in a text what it is a list of. */
const BEGINNING = 1000;
/** Fields of which one stands early in lines of Claude Code and in runs of LangSmith. */
const LINES =
  /"(?:parentUuid|leafUuid|isSidechain|session_id|session_name|run_type|dotted_order|parent_run_id|runs)"\s*:/;
/** Fields of an object that are a list of records. */
const LISTS: ReadonlySet<string> = new Set(['runs']);
const FROM_BYTES: ReadonlySet<string | undefined> = new Set([undefined, otlp.name, 'langsmith', 'claude-code']);

const isOtlp = (beginning: string): boolean => BEGINS.test(beginning.slice(0, BEGINNING));

/**
 * OTLP, runs of LangSmith and sessions of Claude Code are read from their bytes, without making a text or objects of all
 * of it. Masking looks at everything anyway, and
 * adapters of a host know only what is parsed.
 */
export const staysBytes =
  ({ adapters, format, redact, holdAs }: ParseOptions) =>
  (beginning: string): boolean =>
    holdAs !== 'objects' &&
    !adapters &&
    FROM_BYTES.has(format) &&
    !hasRules(redact) &&
    (isOtlp(beginning) || LINES.test(beginning));

/** Reads the documents of bytes; answers the text of what cannot be read so. */
export async function textUnlessRead(
  given: Uint8Array,
  reader: DocumentReader,
  { options, yieldTurn, progress }: Around,
): Promise<string | null> {
  if (options.holdAs === undefined && given.length < SMALL) return textOfBytes(given, options, reader.log);
  const documents = await documentsOf(given, yieldTurn);
  if (!documents) {
    if (given.length > LARGE) reader.log.report('reader-fallback');
    return textOfBytes(given, options, reader.log);
  }
  let among: Pieces | undefined;
  for (const each of documents) {
    const { line, end, pieces, number } = each;
    among = pieces;
    if (!pieces || number === undefined || !reader.readGlimpse(pieces, number, line)) {
      const { document } = each;
      const named = adaptersFor(document, options);
      const adapters = named instanceof Promise ? await named : named;
      const fetching = reader.read(document, adapters, line, undefined, pieces);
      if (fetching) await fetching;
    }
    const pause = yieldTurn();
    if (!pause) continue;
    progress.parsed(end / given.length);
    await pause;
  }
  if (among && given.length - among.placed > LARGE) reader.log.report('reader-fallback');
  among?.forget();
  return null;
}

/** The documents of bytes; null where they are better read as a text. */
async function documentsOf(
  given: Uint8Array,
  rest: Around['yieldTurn'],
): Promise<Iterable<BytesDocument & { readonly pieces?: Pieces; readonly number?: number }> | null> {
  if (isOtlp(new TextDecoder().decode(given.subarray(0, BEGINNING)))) {
    const { documentsInBytes, spansInBytes } = await import('./otlp/spansInBytes.ts');
    return documentsInBytes(given, spansInBytes, rest);
  }
  return (await import('./bytes/scanPieces.ts')).documentsInPieces(given, LISTS, rest);
}

/** Engines are not warm yet when they are through with so little. */
const SMALL = 2 ** 23;
/** So many bytes take a while as a text. */
const LARGE = 2 ** 24;
