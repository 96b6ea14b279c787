import { textOf } from '../../model/attributes.ts';
import { groupKey } from '../collect/collectSpans.ts';
import type { LogRecord, SpanRecord, SpanSink } from '../types.ts';

export type KeptScore = Parameters<SpanSink['score']>;

/** What came of one trace. */
export interface KeptTrace {
  readonly records: SpanRecord[];
  readonly facts: Parameters<SpanSink['trace']>[];
  readonly logs: LogRecord[];
  /** Scores of it and of its spans. */
  readonly scores: KeptScore[];
  /** How often a span came again, word for word, by its key: that is not kept. */
  readonly repeated: Map<string, number>;
  /** Its root has come, with an end. */
  isOver: boolean;
}

/** What came of the traces of a stream. Of a stream without an end only the newest can be kept. */
export interface KeptTraces {
  readonly all: Iterable<KeptTrace>;
  /** Of how many traces that have an id something came. */
  readonly size: number;
  /** Made where it is new; from now on it is the newest. */
  of(key: string): KeptTrace;
  add(key: string, record: SpanRecord): void;
  /**
   * False where its trace was taken out. Of scores that do not name their trace so many are kept at most, the newest;
   * `letGo` hears how many others went.
   */
  addScore(given: KeptScore, most: number, letGo: (count: number) => void): boolean;
  /** Scores that do not name their trace; and all, with those of `all`. */
  readonly looseScores: Iterable<KeptScore>;
  readonly scores: Iterable<KeptScore>;
  /**
   * Takes out the trace for which nothing came for longest; among the first of these one that is over goes before one
   * that is not. With it go the scores that name one of its spans alone. Undefined where there is none but that of
   * `key`.
   */
  takeOldest(key: string): readonly [key: string, kept: KeptTrace] | undefined;
  /** Whether it was taken out: known of the last thousand. */
  isGone(key: string): boolean;
}

/** So many that nothing came for are looked at to find one that is over. */
const OLD = 100;
const GONE_AT_MOST = 1000;

export function createKeptTraces(): KeptTraces {
  // The newest is the last.
  const traces = new Map<string, KeptTrace>();
  const gone = new Set<string>();
  /** Scores that name a span or a session alone, by its id, in the order in which the first of each came. */
  const loose = new Map<string, KeptScore[]>();
  let looseCount = 0;
  let last: { readonly key: string; readonly kept: KeptTrace } | undefined;
  const of = (key: string): KeptTrace => {
    if (last?.key === key) return last.kept;
    const kept = traces.get(key) ?? {
      records: [],
      facts: [],
      logs: [],
      scores: [],
      repeated: new Map(),
      isOver: false,
    };
    traces.delete(key);
    traces.set(key, kept);
    last = { key, kept };
    return kept;
  };
  const oldest = (but: string): string | undefined => {
    let first: string | undefined;
    let looks = 0;
    for (const [key, { isOver }] of traces) {
      // Spans that name no trace may be of any.
      if (key === but || key === '') continue;
      if (isOver) return key;
      first ??= key;
      if ((looks += 1) === OLD) break;
    }
    return first;
  };
  const looseScores = function* (): Generator<KeptScore> {
    for (const scores of loose.values()) yield* scores;
  };
  const takeLoose = (about: string): readonly KeptScore[] => {
    const scores = loose.get(about) ?? [];
    loose.delete(about);
    looseCount -= scores.length;
    return scores;
  };
  return {
    all: { [Symbol.iterator]: () => traces.values() },
    get size() {
      return traces.size - Number(traces.has(''));
    },
    looseScores: { [Symbol.iterator]: looseScores },
    scores: {
      *[Symbol.iterator]() {
        for (const { scores } of traces.values()) yield* scores;
        yield* looseScores();
      },
    },
    of,
    add(key, record) {
      const kept = of(key);
      kept.records.push(record);
      if (isEndOfRoot(record)) kept.isOver = true;
    },
    addScore(given, most, letGo) {
      const { level, key } = given[0].target;
      const trace = tracedBy(level, key);
      if (trace !== null) {
        if (gone.has(trace)) return false;
        of(trace).scores.push(given);
        return true;
      }
      const about = looseKey(level, key);
      const scores = loose.get(about) ?? [];
      scores.push(given);
      loose.set(about, scores);
      looseCount += 1;
      for (const oldestKey of loose.keys()) {
        if (looseCount <= most) break;
        letGo(takeLoose(oldestKey).length);
      }
      return true;
    },
    takeOldest(but) {
      const key = oldest(but);
      if (key === undefined) return undefined;
      const kept = traces.get(key)!;
      traces.delete(key);
      if (last?.key === key) last = undefined;
      for (const { spanId } of kept.records)
        for (const score of takeLoose(looseKey('span', textOf(spanId) ?? ''))) kept.scores.push(score);
      // Of one that had no span yet, some may still come.
      if (kept.records.length > 0) gone.add(key);
      if (gone.size > GONE_AT_MOST) gone.delete(gone.values().next().value!);
      return [key, kept];
    },
    isGone: (key) => gone.has(key),
  };
}

/** The trace that a score names; null = it names none. */
function tracedBy(level: string, key: string): string | null {
  if (level === 'trace') return groupKey(key);
  const slash = level === 'span' ? key.indexOf('/') : -1;
  return slash === -1 ? null : groupKey(key.slice(0, slash));
}

const looseKey = (level: string, key: string): string => `${level} ${key}`;

const isEndOfRoot = ({ parentSpanId, end, isOver, standIn }: SpanRecord): boolean =>
  !standIn && (textOf(parentSpanId) ?? '') === '' && (isOver === true || (Boolean(end) && end !== '0'));
