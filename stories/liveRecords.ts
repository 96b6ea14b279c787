import { readTraces, type Trace, type TraceSet } from '../src/core.ts';

/** A trace as a stream gives it: a state of one that may still grow. */
export const asLive = (trace: Trace, version: number, live = true): Trace =>
  Object.create(trace, { live: { value: live }, version: { value: version } }) as Trace;

const NOTHING: TraceSet = {
  format: 'otlp',
  traces: [],
  diagnostics: [],
  accounting: { entries: 0, shown: 0, merged: 0, skipped: 0 },
};

/** Spans of a recording in OTLP that arrive one after the other, by hand. */
export interface Replay {
  /** Those that have not arrived. */
  readonly left: number;
  /** The next so many spans arrive. */
  arrive(count: number): void;
  close(): void;
  snapshot(): TraceSet;
  subscribe(listener: () => void): () => void;
}

interface Envelope {
  readonly resourceSpans: readonly {
    readonly resource?: object;
    readonly scopeSpans: readonly { readonly scope?: object; readonly spans: readonly object[] }[];
  }[];
}

/** A record as an exporter would send it by itself. */
const alone = (document: object): readonly object[] =>
  (document as Envelope).resourceSpans.flatMap((resource) =>
    resource.scopeSpans.flatMap((scope) =>
      scope.spans.map((span) => ({
        resourceSpans: [{ ...resource, scopeSpans: [{ ...scope, spans: [span] }] }],
      })),
    ),
  );

/** Arrivals in an order of their own: all by turns from `steps` places, so that children come before their parents. */
export function createReplay(documents: readonly object[], outOfOrder = true): Replay {
  const inOrder = documents.flatMap(alone);
  const records = outOfOrder ? shuffled(inOrder) : inOrder;
  const listeners = new Set<() => void>();
  let arrived = 0;
  let closed = false;
  let version = 0;
  let set: TraceSet | null = NOTHING;
  const changed = (): void => {
    set = null;
    version += 1;
    for (const listener of listeners) listener();
  };
  return {
    get left() {
      return records.length - arrived;
    },
    arrive(count) {
      arrived = Math.min(records.length, arrived + count);
      changed();
    },
    close() {
      closed = true;
      changed();
    },
    snapshot() {
      if (set) return set;
      const read = readTraces(records.slice(0, arrived));
      set = { ...read, traces: read.traces.map((trace) => asLive(trace, version, !closed)) };
      return set;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The same order at every run. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  const mixed = [...items];
  let seed = 19;
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = seed % (at + 1);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}
