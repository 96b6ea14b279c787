'use client';
import { retries, type Retries } from '../../analysis/agents/retries.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';

/** An attempt, by its key: those that it belongs to, and which one it is. */
type Attempts = ReadonlyMap<SpanKey, readonly [of: Retries, place: number]>;

const known = new WeakMap<Trace, Promise<Attempts>>();

/** All rows ask for the same, and whoever leaves does not end it for the others. */
function attemptsOf(trace: Trace): Promise<Attempts> {
  let found = known.get(trace);
  if (!found)
    known.set(
      trace,
      (found = retries(trace).then(
        (all) =>
          new Map(
            all.flatMap((of) => of.attempts.map((key, place): [SpanKey, [Retries, number]] => [key, [of, place]])),
          ),
      )),
    );
  return found;
}

/** Joins the attempts of a step that failed and was tried again: which one this is, and a way to the next one. */
export function RetryChip({ trace, index }: { readonly trace: Trace; readonly index: number }) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const attempts = useSoon(() => attemptsOf(trace), [trace]);
  const [of, place] = attempts?.get(trace.span(index).key) ?? [];
  if (!of || place === undefined) return null;
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
          store.actions.select(of.attempts[(place + 1) % of.attempts.length]!);
        }}
      >
        {place === 0 ? labels.triedAgain : labels.retry(format.count(place))}
      </span>
      <span className="tv-visually-hidden">{words}</span>
    </>
  );
}
