'use client';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Spread } from '../../analysis/traces/spread.ts';
import { ownValue } from '../../model/ownValue.ts';
import { Bar } from '../visx.ts';

interface SpreadChartProps {
  readonly spread: Spread;
  /** What the ends of a choice are called. */
  readonly names: { readonly from: string; readonly to: string };
  write(value: number): string;
  /** The bins at the ends of what keys have chosen so far; null = all. */
  readonly ends: readonly [number, number] | null;
  onEnds(ends: readonly [number, number] | null): void;
  /** The ends of the bins that were chosen. */
  onRange(range: readonly [number, number]): void;
}

const HEIGHT = 44;
const WIDTH = 600;

/**
 * How an amount is spread over traces, as bars. A drag over them asks for what lies below it. By keys it has two
 * sliders, one for each end; Enter asks.
 */
export default function SpreadChart({
  spread: { bins },
  names,
  write,
  ends: marked,
  onEnds,
  onRange,
}: SpreadChartProps) {
  const last = bins.length - 1;
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const ends = marked ?? ([0, last] as const);
  const tallest = bins.reduce((most, { count }) => Math.max(most, count), 1);
  const step = WIDTH / bins.length;
  const binAt = (event: PointerEvent<SVGSVGElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(last, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const shown = drag ?? marked;
  const chosen = (at: number): boolean => shown !== null && at >= Math.min(...shown) && at <= Math.max(...shown);
  const ask = (one: number, other: number): void =>
    onRange([bins[Math.min(one, other)]!.from, bins[Math.max(one, other)]!.to]);
  const actionOf = (which: 0 | 1, { key, shiftKey }: KeyboardEvent): (() => void) | undefined => {
    if (key === 'Enter') return marked ? () => ask(...marked) : undefined;
    if (key === 'Escape') return marked ? () => onEnds(null) : undefined;
    const to = placeAfter(key, shiftKey, ends[which], last);
    if (to === undefined) return undefined;
    const [from, up] = which === 0 ? [Math.min(to, ends[1]), ends[1]] : [ends[0], Math.max(to, ends[0])];
    return () => onEnds(from === 0 && up === last ? null : [from, up]);
  };
  const onKeyDown = (which: 0 | 1) => (event: KeyboardEvent) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : actionOf(which, event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return (
    <div className="tv-spread-picture">
      <svg
        className="tv-spread-chart"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([binAt(event), binAt(event)]);
        }}
        onPointerMove={(event) => {
          if (drag) setDrag([drag[0], binAt(event)]);
        }}
        onPointerUp={(event) => {
          if (!drag) return;
          setDrag(null);
          ask(drag[0], binAt(event));
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {bins.map(({ count }, at) => {
          const height = count === 0 ? 0 : Math.max(2, (count / tallest) * HEIGHT);
          return (
            <Bar
              key={at}
              className="tv-spread-bar"
              data-chosen={chosen(at) ? '' : undefined}
              x={at * step + 0.5}
              y={HEIGHT - height}
              width={Math.max(1, step - 1)}
              height={height}
            />
          );
        })}
      </svg>
      {([0, 1] as const).map((which) => (
        <div
          key={which}
          className="tv-spread-end"
          role="slider"
          tabIndex={0}
          aria-label={which === 0 ? names.from : names.to}
          aria-valuemin={which === 0 ? 0 : ends[0]}
          aria-valuemax={which === 0 ? ends[1] : last}
          aria-valuenow={ends[which]}
          aria-valuetext={write(which === 0 ? bins[ends[0]]!.from : bins[ends[1]]!.to)}
          style={{ left: `${(100 * (ends[which] + which)) / bins.length}%` }}
          onKeyDown={onKeyDown(which)}
        />
      ))}
    </div>
  );
}

/** Where an end is after a key; undefined where the key means nothing to it. More is right and up, in every script. */
function placeAfter(key: string, shift: boolean, at: number, last: number): number | undefined {
  const by = shift ? 5 : 1;
  const [more, less] = [Math.min(last, at + by), Math.max(0, at - by)];
  const places = { ArrowRight: more, ArrowUp: more, ArrowLeft: less, ArrowDown: less, Home: 0, End: last };
  return ownValue<number>(places, key);
}
