import type { Nanos, Trace } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';

/**
 * What time it is where a trace is recorded, as far as one can tell: the last instant that was seen of it, and what has
 * passed since it was seen. Clocks of the page and of the producer are never compared, so that neither a wrong one nor a
 * replay of old records makes bars too long.
 */
export interface LiveClock {
  /** In the trace's own time; NaN where it does not go on. */
  now(trace: Trace): Nanos;
  /**
   * Calls the listener in each frame, with reduced motion once in a second, for as long as one of all answers that it
   * has something to move. The returned function ends it.
   */
  listen(listener: (at: number) => boolean): () => void;
  /** There is something to move again. */
  wake(): void;
}

const clocks = new WeakMap<TraceStore, LiveClock>();

/** One for all parts that show what a store shows. */
export function liveClock(store: TraceStore): LiveClock {
  let clock = clocks.get(store);
  if (!clock) clocks.set(store, (clock = createLiveClock()));
  return clock;
}

const STILL = 1000;

function createLiveClock(): LiveClock {
  const listeners = new Set<(at: number) => boolean>();
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  let seen: { readonly trace: Trace; readonly end: Nanos; readonly at: number } | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Later states of a trace never turn it back. */
  const see = (trace: Trace): NonNullable<typeof seen> => {
    if (seen?.trace === trace) return seen;
    const at = performance.now();
    const before = seen?.trace.key === trace.key ? seen : null;
    const reached = before
      ? before.end + (at - before.at) * 1e6 + Number(before.trace.originUnixNano - trace.originUnixNano)
      : 0;
    return (seen = { trace, end: Math.max(trace.end, reached), at });
  };
  const move = (): void => {
    frame = 0;
    timer = undefined;
    let more = false;
    for (const listener of listeners) more = listener(performance.now()) || more;
    if (more) wake();
  };
  const wake = (): void => {
    if (frame !== 0 || timer !== undefined || listeners.size === 0) return;
    if (stillness.matches) timer = setTimeout(move, STILL);
    else frame = requestAnimationFrame(move);
  };
  return {
    now(trace) {
      if (!trace.live || trace.timeBasis === 'step') return Number.NaN;
      const { end, at } = see(trace);
      return end + (performance.now() - at) * 1e6;
    },
    listen(listener) {
      listeners.add(listener);
      wake();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        frame = 0;
        timer = undefined;
      };
    },
    wake,
  };
}
