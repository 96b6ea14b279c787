'use client';
import { lazy, Suspense, useId, useMemo, useState } from 'react';
import { withAmountRange } from '../../analysis/traces/amountRange.ts';
import { spread, type Spread, type SpreadMeasure } from '../../analysis/traces/spread.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Trace } from '../../model/types.ts';
import { Slot } from '../parts/Slot.tsx';

const SpreadChart = lazy(() => import('./SpreadChart.tsx'));

const BINS = 40;
const MEASURES: readonly SpreadMeasure[] = ['duration', 'cost', 'score'];

interface TraceSpreadProps {
  /** Those that were found. */
  readonly traces: readonly Trace[];
  readonly query: string;
  onQuery(query: string): void;
}

/** How what was found is spread, by duration, cost or score. A drag in the picture, or its keys, write the query. */
export function TraceSpread({ traces, query, onQuery }: TraceSpreadProps) {
  const { labels, format } = useTraceContext();
  const id = useId();
  const [measure, setMeasure] = useState<SpreadMeasure>('duration');
  const found = useMemo(() => spread(traces, measure, BINS), [traces, measure]);
  /** Chosen by keys; of another picture it means nothing. */
  const [marked, setMarked] = useState<{ readonly of: Spread; readonly ends: readonly [number, number] } | null>(null);
  const ends = marked?.of === found ? marked.ends : null;
  const words = { duration: labels.duration, cost: labels.cost, score: labels.scores };
  const write = (value: number): string => {
    if (measure === 'duration') return format.duration(value);
    return measure === 'cost' ? format.money(value) : String(Number(value.toPrecision(3)));
  };
  const says = (): string => {
    if (found.bins.length === 0) return labels.nothingKnown;
    const [from, to] = ends ?? [0, found.bins.length - 1];
    const sentence = ends ? labels.spreadChosen : labels.spreadOver;
    return sentence(write(found.bins[from]!.from), write(found.bins[to]!.to));
  };
  return (
    <div className="tv-spread" role="group" aria-labelledby={id}>
      <div className="tv-spread-head">
        <span id={id}>{labels.spread}</span>
        {MEASURES.map((each) => (
          <button
            key={each}
            type="button"
            className="tv-button tv-small"
            aria-pressed={each === measure}
            onClick={() => setMeasure(each)}
          >
            {words[each]}
          </button>
        ))}
        <span className="tv-faint">{says()}</span>
      </div>
      {found.bins.length === 0 ? null : (
        <Slot
          about={found}
          render={() => (
            <Suspense fallback={<div className="tv-spread-chart" />}>
              <SpreadChart
                spread={found}
                names={labels.spreadEnds}
                write={write}
                ends={ends}
                onEnds={(next) => setMarked(next && { of: found, ends: next })}
                onRange={(range) => {
                  setMarked(null);
                  onQuery(withAmountRange(query, found.field, range));
                }}
              />
            </Suspense>
          )}
        />
      )}
    </div>
  );
}
