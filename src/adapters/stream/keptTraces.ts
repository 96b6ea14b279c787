import { textOf } from '../../model/attributes.ts';
import type { SpanRecord, SpanSink } from '../types.ts';

/** What came of one trace. */
export interface KeptTrace {
  readonly records: SpanRecord[];
  readonly facts: Parameters<SpanSink['trace']>[];
  /** How often a span came again, word for word, by its key: that is not kept. */
  readonly repeated: Map<string, number>;
  /** Its root has come, with an end. */
  isOver: boolean;
}

/** What came of the traces of a stream. Of a stream without an end only the newest can be kept. */
export interface KeptTraces {
  readonly all: Iterable<KeptTrace>;
  /** Made where it is new; from now on it is the newest. */
  of(key: string): KeptTrace;
  add(key: string, record: SpanRecord): void;
  /**
   * Takes out the trace for which nothing came for longest; among the first of these one that is over goes before one
   * that is not. Undefined where there is none but that of `key`.
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
  let last: { readonly key: string; readonly kept: KeptTrace } | undefined;
  const of = (key: string): KeptTrace => {
    if (last?.key === key) return last.kept;
    const kept = traces.get(key) ?? { records: [], facts: [], repeated: new Map(), isOver: false };
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
  return {
    all: { [Symbol.iterator]: () => traces.values() },
    of,
    add(key, record) {
      const kept = of(key);
      kept.records.push(record);
      if (isEndOfRoot(record)) kept.isOver = true;
    },
    takeOldest(but) {
      const key = oldest(but);
      if (key === undefined) return undefined;
      const kept = traces.get(key)!;
      traces.delete(key);
      if (last?.key === key) last = undefined;
      gone.add(key);
      if (gone.size > GONE_AT_MOST) gone.delete(gone.values().next().value!);
      return [key, kept];
    },
    isGone: (key) => gone.has(key),
  };
}

const isEndOfRoot = ({ parentSpanId, end, isOver, standIn }: SpanRecord): boolean =>
  !standIn && (textOf(parentSpanId) ?? '') === '' && (isOver === true || (Boolean(end) && end !== '0'));
