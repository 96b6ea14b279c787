import type { TimeScale } from '../layout/timeScale.ts';

/** A CSS mask that is opaque where time is drawn shorter than it was; empty where that is nowhere. */
export function breakMask({ breaks }: TimeScale): string {
  let stops = '';
  for (const { x, width } of breaks) {
    const [from, to] = [x.toFixed(1), (x + width).toFixed(1)];
    stops += `, transparent ${from}px, #000 ${from}px ${to}px, transparent ${to}px`;
  }
  return stops && `linear-gradient(90deg${stops})`;
}
