import { soon } from '../analysis/steps.ts';
import { longLoopsInSteps } from '../layout/rows/loopFacts.ts';
import { loopRows, loopRowsInSteps, type Loops } from '../layout/rows/loopRows.ts';
import { isLarge, wholeTrace } from '../layout/wholeTrace.ts';
import type { Trace } from '../model/types.ts';

/** Milliseconds after which those of a large trace are looked for: it is painted first. */
const AFTER = 120;

/** The loops of a small trace, whose rows are there from the start and do not move; null for a large one. */
export const loopsAtOnce = (trace: Trace): Loops | null => (isLarge(trace) ? null : loopRows(trace));

/** Looks for the loops of large traces in slices, one trace at a time. */
export interface LoopSearch {
  /** The loops of a trace, where they need no search; with `isFolded` at once, as rows stand for them already. */
  known(trace: Trace | null, isFolded?: boolean): Loops | null;
  begin(trace: Trace): void;
  stop(): void;
}

export function findLoops(onFound: (trace: Trace, loops: Loops | null) => void): LoopSearch {
  let current: { readonly trace: Trace; readonly stop: AbortController } | null = null;
  /** The last trace whose rows were folded by a search. */
  let folded: string | null = null;

  const search = async (trace: Trace, { signal }: AbortController): Promise<void> => {
    await new Promise((resolve) => {
      setTimeout(resolve, AFTER);
    });
    if (signal.aborted) return;
    const loops = await soon(loopRowsInSteps(trace), { signal });
    await wholeTrace(trace);
    if (loops) await soon(longLoopsInSteps(trace, loops), { signal });
    if (signal.aborted) return;
    folded = trace.key;
    onFound(trace, loops);
  };
  const stop = (): void => {
    current?.stop.abort();
    current = null;
  };
  return {
    // A trace that grows stays folded.
    known: (trace, isFolded = false) =>
      trace && (isFolded || trace.key === folded ? loopRows(trace) : loopsAtOnce(trace)),
    begin(trace) {
      // What still grows would be searched anew at each state; nothing of it folds by itself.
      if (trace.live || !isLarge(trace) || trace.key === folded || current?.trace === trace) return;
      stop();
      current = { trace, stop: new AbortController() };
      // Whoever ends it knows; of a trace that breaks, the rows say what is to be said.
      search(trace, current.stop).catch(() => undefined);
    },
    stop,
  };
}
