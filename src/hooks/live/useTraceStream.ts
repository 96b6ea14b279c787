'use client';
import { useMemo, useSyncExternalStore } from 'react';
import { wholeTraces } from '../../layout/wholeTrace.ts';
import type { TraceSet } from '../../model/types.ts';

/** What there is to hear of a stream: all that `useTraceStream` needs of one. */
export interface TraceSource {
  /** All that has arrived, as traces. */
  snapshot(): TraceSet;
  /** Hears that there is more. The returned function ends it. */
  subscribe(listener: () => void): () => void;
}

/**
 * The traces of a stream, as they are by now, for `<TraceViewer traces={…} />`. A new state is taken at most once per
 * frame, and less often where that costs the page more than a quarter of its time; in a page that nobody sees it waits.
 * Of a large trace, what is shown of the whole of it is worked out before, while the page goes on.
 */
export function useTraceStream(stream: TraceSource): TraceSet {
  const paced = useMemo(() => createPaced(stream), [stream]);
  return useSyncExternalStore(paced.subscribe, paced.get, paced.get);
}

/** After a state that took so long to show, the page rests so many times as long. */
const REST = 3;
/** And at least so many milliseconds for each span: each state leaves as much to collect. A second is enough. */
const REST_PER_SPAN = 0.005;
const REST_OF_SPANS_AT_MOST = 1000;

/** The states of a stream in their time. */
export function createPaced(stream: TraceSource) {
  let set = stream.snapshot();
  let frame = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  /** A state that is on its way to be shown: what comes meanwhile waits until it is. */
  let underway: Promise<void> | null = null;
  let hasMore = false;

  const take = (show: () => void, soon: () => void): void => {
    frame = 0;
    hasMore = false;
    const began = performance.now();
    const next = stream.snapshot();
    if (next === set) return;
    const follow = (): void => {
      frame = 0;
      set = next;
      try {
        show();
      } finally {
        // Behind all that is drawn because of it.
        setTimeout(() => {
          const now = performance.now();
          restUntil = now + Math.max(REST * (now - began), restOf(next));
          if (underway !== work) return;
          underway = null;
          if (hasMore) soon();
        });
      }
    };
    const work = (underway = wholeTraces(set, next));
    if (!work) return follow();
    // In a task of its own: what was last worked out took its time.
    void work.then(() => {
      if (underway === work) frame = requestAnimationFrame(follow);
    });
  };
  return {
    get: () => set,
    subscribe(show: () => void): () => void {
      const soon = (): void => {
        if (underway) hasMore = true;
        if (frame !== 0 || waiting !== undefined || underway) return;
        const rest = restUntil - performance.now();
        if (rest <= 0) {
          frame = requestAnimationFrame(() => take(show, soon));
          return;
        }
        waiting = setTimeout(() => {
          waiting = undefined;
          soon();
        }, rest);
      };
      const stop = stream.subscribe(soon);
      // What came between the first look and now.
      soon();
      return () => {
        stop();
        cancelAnimationFrame(frame);
        clearTimeout(waiting);
        frame = 0;
        waiting = undefined;
        underway = null;
      };
    },
  };
}

const restOf = ({ traces }: TraceSet): number =>
  Math.min(traces.reduce((most, { spanCount }) => Math.max(most, spanCount), 0) * REST_PER_SPAN, REST_OF_SPANS_AT_MOST);
