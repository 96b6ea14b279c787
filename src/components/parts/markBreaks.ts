import type { TimeScale } from '../../layout/time/timeScale.ts';

/** Where on a timeline time is drawn shorter than it was, as a mask that is opaque there; empty = nowhere. */
export function breaksMask({ breaks }: TimeScale): string {
  let stops = '';
  for (const { x, width } of breaks) {
    const [from, to] = [x.toFixed(1), (x + width).toFixed(1)];
    stops += `, transparent ${from}px, #000 ${from}px ${to}px, transparent ${to}px`;
  }
  return stops && `linear-gradient(90deg${stops})`;
}

/** Tells the stylesheet the same, for an element that has one timeline. */
export function markBreaks(element: HTMLElement, scale: TimeScale): void {
  element.toggleAttribute('data-breaks', scale.breaks.length > 0);
  element.style.setProperty('--tv-breaks', breaksMask(scale));
}
