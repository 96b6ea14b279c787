'use client';
import { useEffect, useState, type DependencyList } from 'react';
import { soon, type Steps } from '../../../analysis/steps.ts';

/** Milliseconds that may be spent while drawing. */
const AT_ONCE = 6;

/**
 * What long work results in; undefined until then. Short work is done at once, so that nothing flickers; else the page
 * goes on meanwhile, and work that is no longer wanted ends. What it throws is thrown in drawing, to the boundary
 * around. Anew when one of `about` changes.
 */
export function useSteps<Result>(work: () => Steps<Result>, about: DependencyList): Result | undefined {
  const [state, setState] = useState<Work<Result>>(() => begin(work, about));
  const current = same(state.about, about) ? state : begin(work, about);
  if (current !== state) setState(current);
  useEffect(() => {
    if (!current.rest) return undefined;
    const stop = new AbortController();
    const settle = (result: Result): void => setState({ about: current.about, result, rest: null });
    const fail = (error: unknown): void => {
      if (!stop.signal.aborted)
        setState(() => {
          throw error;
        });
    };
    // Effects run twice in strict mode: the work goes on from where it was left.
    const run = async (steps: Steps<Result>): Promise<void> => {
      const result = await soon(steps, { signal: stop.signal });
      if (!stop.signal.aborted) settle(result);
    };
    run(current.rest).catch(fail);
    return () => stop.abort();
  }, [current]);
  return current.result;
}

interface Work<Result> {
  readonly about: DependencyList;
  readonly result: Result | undefined;
  /** What is left to do. */
  readonly rest: Steps<Result> | null;
}

function begin<Result>(work: () => Steps<Result>, about: DependencyList): Work<Result> {
  const steps = work();
  const until = performance.now() + AT_ONCE;
  do {
    const step = steps.next();
    if (step.done === true) return { about, result: step.value, rest: null };
  } while (performance.now() < until);
  return { about, result: undefined, rest: steps };
}

const same = (a: DependencyList, b: DependencyList): boolean =>
  a.length === b.length && a.every((each, place) => Object.is(each, b[place]));
