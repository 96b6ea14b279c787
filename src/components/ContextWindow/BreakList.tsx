'use client';
import { useId } from 'react';
import type { AgentContext } from '../../analysis/contextWindow/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { cacheWords } from './callWords.ts';
import { Difference } from './Difference.tsx';

interface BreakListProps {
  readonly agent: AgentContext;
  readonly selected: number | null;
  onSelect(place: number): void;
}

/** So many are listed; the picture has all. */
const LISTED = 100;

/** The calls in which the cache was lost: which edit it was, and what it cost. Each leads to its call. */
export function BreakList({ agent: { calls, cached }, selected, onSelect }: BreakListProps) {
  const { format } = useTraceContext();
  const words = useLaterLabels();
  const id = useId();
  const breaks = calls.flatMap((call, place) => (call.cache.cause === null ? [] : [{ call, place }]));
  return (
    <section className="tv-context-breaks" aria-labelledby={id}>
      <h3 id={id}>{cached === null ? words.contextChanges : words.contextBreaks}</h3>
      {cached === null ? <p className="tv-faint">{words.contextNoNumbers}</p> : null}
      {breaks.length === 0 && cached !== null ? <p className="tv-faint">{words.contextNoBreaks}</p> : null}
      <ol>
        {breaks.slice(0, LISTED).map(({ call, place }) => {
          const { lost, lostCost, difference, state } = call.cache;
          return (
            <li key={call.key}>
              <button
                type="button"
                className="tv-context-break"
                aria-current={place === selected ? 'true' : undefined}
                onClick={() => onSelect(place)}
              >
                <span className="tv-context-number">{words.contextCallNumber(format.count(place + 1))}</span>
                <BreakMark state={state} />
                <span className="tv-context-why">
                  <b>{cacheWords(call, words, format)}</b>
                  {difference ? <Difference difference={difference} /> : null}
                </span>
                <span className="tv-context-amount">
                  {lost === null ? null : words.contextAbout(`${format.tokens(lost)} tok`)}
                </span>
                <span className="tv-context-amount">
                  {lostCost === null ? null : format.money(lostCost.amount, lostCost.currency)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** A changed prompt is a filled mark, what the provider did not read a hollow one. */
function BreakMark({ state }: { readonly state: string }) {
  return (
    <svg className="tv-context-mark" data-state={state} width="10" height="10" viewBox="-5 -5 10 10" aria-hidden="true">
      {state === 'missed' ? <circle r="3.5" /> : <path d="M0 4.2 4.6-3.6h-9.2z" />}
    </svg>
  );
}
