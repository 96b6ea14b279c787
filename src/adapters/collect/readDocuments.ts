import { withoutHoles } from '../../model/holes.ts';
import type { TraceSet } from '../../model/types.ts';
import { createSpanCollector, type SpanCollector, type TextFaults } from './collectSpans.ts';
import type { joinLogs } from './joinLogs.ts';
import { detect, pickAdapter, requireFormat } from './pickAdapter.ts';
import { quietly } from '../tolerant/readEach.ts';
import type { ReadingParts } from './readingParts.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { ReadOptions, TraceAdapter } from '../types.ts';

/** Reads parsed documents, each of any format or a list of such, into one set. */
export interface DocumentReader {
  readonly log: SpanCollector['log'];
  /** Span-like entries met so far. */
  readonly entries: number;
  /** Documents, or entries of lists, of no known format met so far. */
  readonly unknown: number;
  /** Throws `TraceInputError` where the host asks for a format that none of the adapters reads. */
  read(document: unknown, adapters: readonly TraceAdapter[], line?: number, faults?: TextFaults): void;
  /** Where no document was of a known format: there is nothing to finish then. */
  readonly unread: UnreadDocument | null;
  /** Log records met so far. */
  readonly logs: number;
  /** Builds trace by trace, and rests after each; answers the set. `join` is needed where there are log records. */
  finish(join?: typeof joinLogs): Generator<void, TraceSet>;
}

/** The first document that is of no known format, and who was asked. */
export interface UnreadDocument {
  readonly document: unknown;
  readonly adapters: readonly TraceAdapter[];
}

/** `parts` are those that `options` need. */
export function createDocumentReader(options: ReadOptions, parts: ReadingParts): DocumentReader {
  const collector = createSpanCollector(options, parts);
  const formats = new Set<string>();
  /** Formats of documents that hold no spans: they count where no other does. */
  const empty = new Set<string>();
  let unknown: { readonly document: unknown } | undefined;
  let unknownParts = 0;
  let known: readonly TraceAdapter[] = [];
  /** Of log records alone nothing can be shown: they make no format of the input. */
  let logsOnly: { readonly document: unknown } | undefined;
  const readWith = (adapter: TraceAdapter, document: unknown): void => {
    const { entries, logs } = collector;
    try {
      adapter.read(document, collector);
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
      return collector.entries;
    },
    get unknown() {
      return unknownParts;
    },
    read(given, adapters, line, faults) {
      requireFormat(options.format, adapters);
      const document = isList(given) ? withoutHoles(given) : given;
      collector.faults = faults;
      known = adapters;
      for (const { adapter, part, count } of partsOf(document, adapters, options.format)) {
        if (adapter) {
          readWith(adapter, part);
        } else if (!faults?.incomplete) {
          unknown ??= { document };
          unknownParts += count;
          collector.log.report('mixed-format', { count, ...(line === undefined ? {} : { line }) });
        }
      }
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

/** `count` parts of no known format are one part: nobody reads them. */
interface FormatPart {
  readonly adapter: TraceAdapter | undefined;
  readonly part: unknown;
  readonly count: number;
}

/** A list whose entries are of several formats is taken apart; what is of one format goes to its adapter as a whole. */
function partsOf(
  document: unknown,
  adapters: readonly TraceAdapter[],
  format: string | undefined,
): readonly FormatPart[] {
  const whole = pickAdapter(document, adapters, format);
  if (format !== undefined || !isList(document)) return [{ adapter: whole, part: document, count: 1 }];
  const found = new Set<TraceAdapter>();
  // An entry that throws when looked at is of no format that anybody knows.
  const adapterAt = (at: number): TraceAdapter | undefined =>
    pickAdapter(
      quietly(() => document[at]),
      adapters,
      format,
    );
  for (let at = 0; at < document.length; at += 1) {
    const adapter = adapterAt(at);
    if (adapter) found.add(adapter);
  }
  // Entries that nobody knows stay among their like: the adapter can say what they are not.
  if (found.size === 0 || (found.size === 1 && whole && found.has(whole)))
    return [{ adapter: whole, part: document, count: 1 }];
  return splitList(document, adapterAt);
}

function splitList(
  list: readonly unknown[],
  adapterAt: (at: number) => TraceAdapter | undefined,
): readonly FormatPart[] {
  const byAdapter = new Map<TraceAdapter, unknown[]>();
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
