import type { Around } from '../reading.ts';
import { createDocumentReader, type DocumentReader, type Gathered } from '../collect/readDocuments.ts';
import type { joinLogs } from '../collect/joinLogs.ts';
import type { ReadingParts } from '../collect/readingParts.ts';
import { inOneGo } from '../../model/build/steps.ts';
import { hasRules } from '../../redact/checkRules.ts';
import { ColumnTrace } from '../../model/trace.ts';
import type { Trace, TraceSet } from '../../model/types.ts';
import type { ReadAll, ReadOptions, TraceAdapter, TraceInput } from '../types.ts';
import { readInput } from '../text/readInput.ts';
import { createJournal } from './journal.ts';

/** Reads batch after batch, and makes a set of all that came so far. */
export interface LiveReader {
  readonly log: DocumentReader['log'];
  /** Throws `TraceInputError` where nothing in the batch can be read. Afterwards all is there that `set` needs. */
  read(batch: TraceInput, number: number, around: Omit<Around, 'progress'>): Promise<void>;
  /** How much the next set is made of, and how much of that is new; null where it grows by what is new. */
  readonly anew: { readonly all: number; readonly fresh: number } | null;
  /** Null while nothing of a known format came. */
  set(live: boolean): TraceSet | null;
}

export function createLiveReader(
  options: ReadOptions,
  parts: ReadingParts,
  reading: Pick<typeof import('../reading.ts'), 'staysBytes' | 'textUnlessRead'>,
): LiveReader {
  const journal = createJournal(options, parts);
  const reader = createDocumentReader(options, parts, journal);
  const readers = new Map<Gathered['adapter'], ReadAll>();
  /** The traces of the last set. */
  let known: ReadonlyMap<string, Trace> = new Map();
  /** Of formats that are read as a whole: what was made of the documents so far, and how many they were. */
  let whole: { forget(): void } | undefined;
  let documents = 0;
  /** How much came, and how much of it was in the last set. */
  let came = 0;
  let shown = 0;
  let join: typeof joinLogs | undefined;
  const gatheredCount = (): number => reader.gathered.reduce((sum, { documents: found }) => sum + found.length, 0);
  const readWhole = (): void => {
    const count = gatheredCount();
    if (count === documents) return;
    documents = count;
    whole?.forget();
    whole = journal.remember();
    for (const gathered of reader.gathered) reader.readGathered(gathered, readers.get(gathered.adapter)!, true);
  };
  return {
    log: reader.log,
    get anew() {
      return journal.isGrowing && reader.gathered.length === 0
        ? null
        : { all: journal.size + gatheredCount(), fresh: came - shown };
    },
    async read(batch, number, around) {
      journal.nextBatch(number);
      // What was made of whole documents stands at the end, and is made anew with those that come now.
      whole?.forget();
      whole = undefined;
      documents = 0;
      const [entries, unknown] = [reader.entries, reader.unknown];
      try {
        await readInput(batch, reader, reading, { ...around, progress: NO_PROGRESS });
      } finally {
        came = reader.entries + reader.logs;
        for (const { adapter } of reader.gathered)
          if (!readers.has(adapter))
            readers.set(adapter, 'fetch' in adapter ? await adapter.fetch() : (adapter as TraceAdapter).readAll!);
        if (reader.logs > 0 || reader.gathered.length > 0) join ??= (await import('../collect/joinLogs.ts')).joinLogs;
      }
      if (reader.unknown > unknown && reader.entries === entries)
        reader.log.report('unknown-format', { message: `Batch ${number} is of no known format and was left out.` });
    },
    set(live) {
      shown = came;
      readWhole();
      const touched = journal.takeTouched();
      if (reader.unread) return null;
      journal.isLive = live;
      const isMasked = hasRules(options.redact);
      const set = inOneGo(reader.finish(join));
      if (journal.isGrowing) {
        known = new Map(set.traces.map((trace) => [trace.key, trace]));
        return set;
      }
      const traces = set.traces.map((trace): Trace => {
        const before = known.get(trace.key);
        if (before && before.live === live && !isMasked && !touched.has(trace.key)) return before;
        const version = (before?.version ?? 0) + 1;
        return trace instanceof ColumnTrace ? new ColumnTrace(trace.parts, { version, live }) : trace;
      });
      known = new Map(traces.map((trace) => [trace.key, trace]));
      return { ...set, traces };
    },
  };
}

const NO_PROGRESS: Around['progress'] = { arrived() {}, parsed() {}, next() {}, building() {}, ready() {} };
