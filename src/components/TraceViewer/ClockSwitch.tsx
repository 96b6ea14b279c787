'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { ClockSkew } from '../../model/clocks/clockSkew.ts';
import { Sign } from '../parts/icons.tsx';

/** Moves times of services with wrong clocks, and takes that back. It says by how much, and that it is on. */
export function ClockSwitch({
  skews,
  on,
  onSwitch,
}: {
  readonly skews: readonly ClockSkew[];
  readonly on: boolean;
  onSwitch(): void;
}) {
  const { labels, format } = useTraceContext();
  const shifts = skews
    .map(({ to, shift }) => labels.clockShift(to, `${shift! < 0 ? '−' : '+'}${format.duration(Math.abs(shift!))}`))
    .join(', ');
  return (
    <button type="button" className="tv-button tv-line tv-clocks" aria-pressed={on} title={shifts} onClick={onSwitch}>
      <Sign name="clock" size={11} />
      {on ? labels.clocksCorrected : labels.correctClocks}
      <span className="tv-faint tv-optional">{shifts}</span>
    </button>
  );
}
