'use client';
import { useMemo, useState } from 'react';
import { ledgerOf } from '../../../analysis/amounts/ledger.ts';
import type { Format } from '../../../format.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTrace } from '../../../hooks/useTrace.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import type { Labels } from '../../../labels.ts';
import { loopFacts } from '../../../layout/rows/loopFacts.ts';
import type { LoopRow, Loops } from '../../../layout/rows/loopRows.ts';
import type { Span, Trace } from '../../../model/types.ts';
import { Sign } from '../../parts/icons.tsx';

/** So many iterations are drawn at most: those around the one that is shown. */
const DRAWN = 48;

interface Place {
  readonly loop: LoopRow;
  /** The iteration, from 0, and the sibling in it that the span is, or is inside of. */
  readonly iteration: number;
  readonly member: number;
}

/** Where in a loop a span is: which iteration, how it compares with the others by an amount, and the way to these. */
export function LoopStrip({ span }: { readonly span: Span }) {
  const trace = useTrace();
  const loops = useTraceStore((state) => state.loops);
  const place = useMemo(
    () => (trace && loops && span.index < trace.spanCount ? placeIn(trace, loops, span.index) : null),
    [trace, loops, span.index],
  );
  return trace && place ? <Strip trace={trace} place={place} /> : null;
}

function Strip({ trace, place: { loop, iteration, member } }: { readonly trace: Trace; readonly place: Place }) {
  const { store, labels, format } = useTraceContext();
  const [chosen, setChosen] = useState('time');
  const measures = useMemo(() => measuresOf(trace, loop, labels, format), [trace, loop, labels, format]);
  const measure = measures.find(({ id }) => id === chosen) ?? measures[0]!;
  const values = useMemo(() => loop.iterations.map((_, at) => measure.of(at)), [loop, measure]);
  const most = values.reduce((largest: number, value) => Math.max(largest, value ?? 0), 0);
  const count = loop.iterations.length;
  const from = Math.max(0, Math.min(iteration - DRAWN / 2, count - DRAWN));
  const go = (to: number): void => {
    const spans = loop.iterations[to];
    if (!spans) return;
    const { name } = trace.columns;
    const same =
      spans.find((index) => name[index] === name[member]) ?? spans[loop.iterations[iteration]!.indexOf(member)];
    store.actions.select(trace.span(same ?? spans[0]!).key);
  };
  const words = labels.iterationOf(format.count(iteration + 1), format.count(count));
  const written = (at: number): string => {
    const value = values[at] ?? null;
    return value === null ? labels.nothingKnown : measure.write(value);
  };
  const step = (by: 1 | -1, label: string) => (
    <button
      type="button"
      className="tv-button tv-icon tv-small"
      aria-label={label}
      title={label}
      disabled={iteration + by < 0 || iteration + by >= count}
      onClick={() => go(iteration + by)}
    >
      <Sign name={by === 1 ? 'down' : 'up'} size={10} />
    </button>
  );
  return (
    <div role="group" aria-label={words} className="tv-loop-strip">
      <div className="tv-loop-head">
        <b aria-live="polite">{words}</b>
        <span className="tv-faint">{written(iteration)}</span>
        {step(-1, labels.previousIteration)}
        {step(1, labels.nextIteration)}
        <span className="tv-spring" />
        {measures.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="tv-button tv-small"
            aria-pressed={id === measure.id}
            onClick={() => setChosen(id)}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        className="tv-loop-bars"
        aria-hidden="true"
        onClick={({ target }) => {
          const at = (target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset['at'];
          if (at !== undefined) go(Number(at));
        }}
      >
        {values.slice(from, from + DRAWN).map((value, offset) => {
          const at = from + offset;
          return (
            <span
              key={at}
              data-at={at}
              data-current={at === iteration || undefined}
              data-failed={loopFacts(trace, loop).iterations[at]!.failed > 0 || undefined}
              title={`${labels.iterationOf(format.count(at + 1), format.count(count))}: ${written(at)}`}
            >
              <i style={{ height: `${most > 0 ? (100 * (value ?? 0)) / most : 0}%` }} />
            </span>
          );
        })}
      </div>
    </div>
  );
}

interface Measure {
  readonly id: string;
  readonly label: string;
  /** Of an iteration; null = not known. */
  of(iteration: number): number | null;
  write(value: number): string;
}

/** What iterations can be compared by, as far as the loop has any of it. */
function measuresOf(trace: Trace, loop: LoopRow, labels: Labels, format: Format): readonly Measure[] {
  const { iterations, sum, failed } = loopFacts(trace, loop);
  const { usage, cost } = sum;
  const entry = (at: number) => ledgerOf(trace, loop.iterations[at]!);
  return [
    {
      id: 'time',
      label: labels.duration,
      of: (at) => iterations[at]!.end - iterations[at]!.start,
      write: (value) => format.duration(value),
    },
    ...(usage.total === null
      ? []
      : [
          {
            id: 'tokens',
            label: labels.tokens,
            of: (at: number) => entry(at).usage.total,
            write: (value: number) => format.tokens(value),
          },
        ]),
    ...(cost.total === null
      ? []
      : [
          {
            id: 'cost',
            label: labels.cost,
            of: (at: number) => entry(at).cost.total,
            write: (value: number) => format.money(value, cost.currency),
          },
        ]),
    ...(failed === 0
      ? []
      : [
          {
            id: 'errors',
            label: labels.errors,
            of: (at: number) => iterations[at]!.failed,
            write: (value: number) => format.count(value),
          },
        ]),
  ];
}

/** The innermost loop around a span. */
function placeIn(trace: Trace, { all, of }: Loops, index: number): Place | null {
  for (let member = index; member !== -1; member = trace.columns.parent[member]!) {
    const loop = all[of[member]! - 1];
    if (!loop) continue;
    // Iterations stand in order: the last that begins with the span or before it.
    let [low, high] = [0, loop.iterations.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (loop.iterations[middle]![0]! <= member) low = middle;
      else high = middle - 1;
    }
    return { loop, iteration: low, member };
  }
  return null;
}
