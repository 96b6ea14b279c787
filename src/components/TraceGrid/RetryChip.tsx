'use client';
import { useEffect, useReducer } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import { attemptsNow, attemptsOf, nextAttempt, type Attempts } from './attempts.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';

/** Joins the attempts of a step that failed and was tried again: which one this is, and a way to the next one. */
export function RetryChip({ trace, index }: { readonly trace: Trace; readonly index: number }) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const attempt = useAttempts(trace)?.get(trace.span(index).key);
  if (!attempt) return null;
  const { of, place } = attempt;
  const words = `${labels.attempt(format.count(place + 1), format.count(of.attempts.length))}, ${
    of.worked ? labels.workedInTheEnd : labels.neverWorked
  }`;
  return (
    <>
      <span
        className="tv-retry"
        aria-hidden="true"
        title={words}
        onClick={(event) => {
          event.stopPropagation();
          store.actions.select(nextAttempt(attempt));
        }}
      >
        {place === 0 ? labels.triedAgain : labels.retry(format.count(place))}
      </span>
      <span className="tv-visually-hidden">{words}</span>
    </>
  );
}

/** Null until they are known. */
function useAttempts(trace: Trace): Attempts | null {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const now = attemptsNow(trace);
  const isKnown = now !== null;
  useEffect(() => {
    if (isKnown) return undefined;
    let wanted = true;
    attemptsOf(trace).then(
      () => wanted && drawAgain(),
      // Without them the chip is left out.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [trace, isKnown]);
  return now;
}
