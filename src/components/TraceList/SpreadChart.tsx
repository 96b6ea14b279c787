'use client';
import { useState, type PointerEvent } from 'react';
import type { Spread } from '../../analysis/traces/spread.ts';
import { Bar } from '../visx.ts';

interface SpreadChartProps {
  readonly spread: Spread;
  /** The ends of the bins that were drawn over. */
  onRange(range: readonly [number, number]): void;
}

const HEIGHT = 44;
const WIDTH = 600;

/** How an amount is spread over traces, as bars. A drag over them asks for what lies below it. */
export default function SpreadChart({ spread: { bins }, onRange }: SpreadChartProps) {
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const tallest = bins.reduce((most, { count }) => Math.max(most, count), 1);
  const step = WIDTH / bins.length;
  const binAt = (event: PointerEvent<SVGSVGElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const chosen = (at: number): boolean => drag !== null && at >= Math.min(...drag) && at <= Math.max(...drag);
  return (
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
        const ends = [drag[0], binAt(event)];
        setDrag(null);
        onRange([bins[Math.min(...ends)]!.from, bins[Math.max(...ends)]!.to]);
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
  );
}
