import { withoutHoles } from '../../model/holes.ts';
import type { TraceSet } from '../../model/types.ts';
import { createSpanCollector, type SpanCollector, type TextFaults } from './collectSpans.ts';
import type { joinLogs } from './joinLogs.ts';
import { detect, pickAdapter, requireFormat } from './pickAdapter.ts';
import { quietly } from '../tolerant/readEach.ts';
import type { Pieces } from '../content/pieces.ts';
import type { ReadingParts } from './readingParts.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { AwaitedAdapter, GatheredDocument, LaterAdapter, ReadAll, ReadOptions, TraceAdapter } from '../types.ts';

/** Reads parsed documents, each of any format or a list of such, into one set. */
export interface DocumentReader {
  readonly log: SpanCollector['log'];
  /** Span-like entries met so far. */
  readonly entries: number;
  /** Documents, or entries of lists, of no known format met so far. */
  readonly unknown: number;
  /**
   * Throws `TraceInputError` where the host asks for a format that none of the adapters reads. Where a reader is not
   * here yet, it is read after what is answered then.
   */
  read(
    document: unknown,
    adapters: readonly AnyAdapter[],
    line?: number,
    faults?: TextFaults,
    pieces?: Pieces,
  ): Promise<unknown> | undefined;
  /**
   * Takes a document as one more of the format that is being read, without parsing it, where its glimpse shows that it
   * is one; else false.
   */
  readGlimpse(pieces: Pieces, number: number, line: number | undefined): boolean;
  /** What is read from now on stands in another input. */
  nextInput(): void;
  /** Formats that are read as a whole, with the documents that wait for it. */
  readonly gathered: readonly Gathered[];
  /** Reads the documents of such a format; `keep`: they wait on, for more may come. */
  readGathered(gathered: Gathered, readAll: ReadAll, keep?: boolean): void;
  /** Where no document was of a known format: there is nothing to finish then. */
  readonly unread: UnreadDocument | null;
  /** Log records met so far. */
  readonly logs: number;
  /** Builds trace by trace, and rests after each; answers the set. `join` is needed where there are log records. */
  finish(join?: typeof joinLogs): Generator<void, TraceSet>;
}

export type AnyAdapter = ReadyAdapter | AwaitedAdapter;
type ReadyAdapter = TraceAdapter | LaterAdapter;

export interface Gathered {
  readonly adapter: ReadyAdapter;
  readonly documents: readonly GatheredDocument[];
}

/** A document that is parsed when somebody asks for it. */
class GatheredPiece implements GatheredDocument {
  readonly pieces: Pieces;
  readonly input: number;
  readonly line?: number;
  readonly number: number;
  readonly #whole: readonly string[];

  constructor(pieces: Pieces, number: number, whole: readonly string[], input: number, line: number | undefined) {
    this.pieces = pieces;
    this.number = number;
    this.#whole = whole;
    this.input = input;
    if (line !== undefined) this.line = line;
  }

  get document(): unknown {
    return this.pieces.value(this.number);
  }

  get glimpse(): unknown {
    return this.pieces.glimpse(this.number, this.#whole);
  }
}

/** The first document that is of no known format, and who was asked. */
export interface UnreadDocument {
  readonly document: unknown;
  readonly adapters: readonly AnyAdapter[];
}

/** `parts` are those that `options` need; `collector` takes what is read. */
export function createDocumentReader(
  options: ReadOptions,
  parts: ReadingParts,
  collector: Omit<SpanCollector, 'receive' | 'take'> = createSpanCollector(options, parts),
): DocumentReader {
  const formats = new Set<string>();
  /** Formats of documents that hold no spans: they count where no other does. */
  const empty = new Set<string>();
  let unknown: { readonly document: unknown } | undefined;
  let unknownParts = 0;
  let known: readonly AnyAdapter[] = [];
  /** Of log records alone nothing can be shown: they make no format of the input. */
  let logsOnly: { readonly document: unknown } | undefined;
  const gathered = new Map<ReadyAdapter, GatheredDocument[]>();
  let waiting = 0;
  const arrived = new Map<AwaitedAdapter, TraceAdapter>();
  const incomplete = new Set<unknown>();
  /** The format of this input that is read as a whole: what nobody knows among its lines is its own matter. */
  let current: ReadyAdapter | undefined;
  let input = 0;
  const gather = (
    adapter: ReadyAdapter,
    document: unknown,
    line: number | undefined,
    faults?: TextFaults,
    pieces?: Pieces,
  ): void => {
    // Of a line that was cut off nothing is certain.
    if (current && faults?.incomplete?.has(document)) return;
    for (const part of faults?.incomplete ?? []) incomplete.add(part);
    current = adapter;
    const among = adapter.glimpses ? pieces : undefined;
    const number = among ? among.numberOf(document) : -1;
    const entry =
      among && number !== -1
        ? new GatheredPiece(among, number, adapter.glimpses!, input, line)
        : { document, input, ...(line === undefined ? {} : { line }), ...(among ? { pieces: among } : {}) };
    putWaiting(adapter, entry);
  };
  const putWaiting = (adapter: ReadyAdapter, entry: GatheredDocument): void => {
    if (entry.pieces && entry.number !== undefined) entry.pieces.take(entry.number);
    const documents = gathered.get(adapter);
    if (documents) documents.push(entry);
    else gathered.set(adapter, [entry]);
    waiting += 1;
  };
  const reading = (adapter: ReadyAdapter, document: unknown, read: () => void): void => {
    const { entries, logs } = collector;
    try {
      read();
      if (collector.entries > entries) formats.add(adapter.name);
      else if (collector.logs > logs) logsOnly ??= { document };
      else empty.add(adapter.name);
    } catch (error) {
      (collector.entries > entries ? formats : empty).add(adapter.name);
      collector.log.report('mixed-format', {
        message: `A part of the input could not be read as ${adapter.name} and was left out: ${reasonOf(error)}.`,
      });
    }
  };
  return {
    log: collector.log,
    get entries() {
      return collector.entries + waiting;
    },
    get unknown() {
      return unknownParts;
    },
    read(given, adapters, line, faults, pieces) {
      requireFormat(options.format, adapters);
      const document = isList(given) ? withoutHoles(given) : given;
      collector.faults = faults;
      collector.pieces = pieces;
      known = adapters;
      const isMissing = (adapter: AnyAdapter): adapter is AwaitedAdapter => isAwaited(adapter) && !arrived.has(adapter);
      const found = partsOf(document, adapters, options.format, current, pieces, isMissing);
      const missing = found.flatMap(({ adapter }) => (adapter && isMissing(adapter) ? [adapter] : []));
      if (missing.length > 0)
        return Promise.all(missing.map(async (adapter) => void arrived.set(adapter, await adapter.arrival()))).then(
          () => this.read(given, adapters, line, faults, pieces),
        );
      for (const { adapter: named, part, count } of found) {
        const adapter = named && isAwaited(named) ? arrived.get(named) : named;
        const whole = adapter ?? (isPlainObject(part) ? current : undefined);
        if (whole && isWhole(whole)) {
          gather(whole, part, line, faults, pieces);
        } else if (adapter) {
          reading(adapter, part, () => (adapter as TraceAdapter).read(part, collector));
        } else if (!faults?.incomplete) {
          unknown ??= { document };
          unknownParts += count;
          collector.log.report('mixed-format', { count, ...(line === undefined ? {} : { line }) });
        }
      }
      return undefined;
    },
    readGlimpse(pieces, number, line) {
      if (!current?.glimpses || options.format !== undefined) return false;
      const entry = new GatheredPiece(pieces, number, current.glimpses, input, line);
      if (!isSure(current, entry.glimpse)) return false;
      putWaiting(current, entry);
      return true;
    },
    nextInput() {
      current = undefined;
      input += 1;
    },
    get gathered() {
      return Array.from(gathered, ([adapter, documents]) => ({ adapter, documents }));
    },
    readGathered({ adapter, documents }, readAll, keep = false) {
      // What is no JSON in them is reported already; null stands for it.
      collector.pieces = undefined;
      collector.faults = incomplete.size > 0 ? { incomplete } : undefined;
      if (!keep) {
        gathered.delete(adapter);
        waiting -= documents.length;
      }
      reading(adapter, documents[0]?.document, () => readAll(documents, collector));
    },
    get unread() {
      return formats.size + empty.size > 0 ? null : { document: (logsOnly ?? unknown)?.document, adapters: known };
    },
    get logs() {
      return collector.logs;
    },
    *finish(join) {
      const [format, other] = formats.size > 0 ? formats : empty;
      return yield* collector.finish(other === undefined ? format! : 'mixed', options.format !== undefined, join);
    },
  };
}

const isWhole = (adapter: ReadyAdapter): boolean => 'fetch' in adapter || adapter.readAll !== undefined;
const isAwaited = (adapter: AnyAdapter): adapter is AwaitedAdapter => 'arrival' in adapter;

const isPlainObject = (part: unknown): boolean =>
  quietly(() => part !== null && typeof part === 'object' && !Array.isArray(part)) === true;

/** `count` parts of no known format are one part: nobody reads them. */
interface FormatPart {
  readonly adapter: AnyAdapter | undefined;
  readonly part: unknown;
  readonly count: number;
}

/**
 * A list whose entries are of several formats is taken apart; what is of one format goes to its adapter as a whole. Where an
 * adapter is missing, it is all that is answered: the others are asked when it is there.
 */
function partsOf(
  document: unknown,
  adapters: readonly AnyAdapter[],
  format: string | undefined,
  current: ReadyAdapter | undefined,
  pieces: Pieces | undefined,
  isMissing: (adapter: AnyAdapter) => boolean,
): readonly FormatPart[] {
  // What comes behind each other is mostly of one format, and to ask it alone is quicker.
  if (current && format === undefined && isSure(current, document))
    return [{ adapter: current, part: document, count: 1 }];
  const whole = pickAdapter(document, adapters, format);
  if (format !== undefined || !isList(document)) return [{ adapter: whole, part: document, count: 1 }];
  const found = new Set<AnyAdapter>();
  let last: AnyAdapter | undefined;
  const pick = (entry: unknown): AnyAdapter | undefined =>
    last && isSure(last, entry) ? last : pickAdapter(entry, adapters, format);
  // An entry that throws when looked at is of no format that anybody knows.
  const adapterAt = (at: number): AnyAdapter | undefined => {
    // Whoever is sure of a glimpse is so of the whole.
    const glimpse = pieces?.glimpseIn(document, at);
    const sure = glimpse === undefined ? undefined : pick(glimpse);
    if (sure && isSure(sure, glimpse)) return (last = sure);
    return (last = pick(quietly(() => document[at])));
  };
  for (let at = 0; at < document.length; at += 1) {
    const adapter = adapterAt(at);
    if (!adapter) continue;
    if (isMissing(adapter)) return [{ adapter, part: document, count: 1 }];
    found.add(adapter);
  }
  // Entries that nobody knows stay among their like: the adapter can say what they are not.
  if (found.size === 0 || (found.size === 1 && whole && found.has(whole)))
    return [{ adapter: whole, part: document, count: 1 }];
  return splitList(document, adapterAt);
}

const SURE = 0.9;
const isSure = (adapter: AnyAdapter, document: unknown): boolean =>
  (detect(adapter, document)?.confidence ?? 0) >= SURE;

function splitList(list: readonly unknown[], adapterAt: (at: number) => AnyAdapter | undefined): readonly FormatPart[] {
  const byAdapter = new Map<AnyAdapter, unknown[]>();
  let unknown = 0;
  for (let at = 0; at < list.length; at += 1) {
    const adapter = adapterAt(at);
    const parts = adapter && byAdapter.get(adapter);
    if (!adapter) unknown += 1;
    else if (parts) parts.push(list[at]);
    else byAdapter.set(adapter, [list[at]]);
  }
  const known = [...byAdapter].flatMap(([adapter, parts]): readonly FormatPart[] =>
    detect(adapter, parts) ? [{ adapter, part: parts, count: 1 }] : parts.map((part) => ({ adapter, part, count: 1 })),
  );
  return unknown === 0 ? known : [...known, { adapter: undefined, part: null, count: unknown }];
}

const isList = (document: unknown): document is readonly unknown[] => quietly(() => Array.isArray(document)) === true;
