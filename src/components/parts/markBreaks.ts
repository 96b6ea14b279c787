import type { TimeScale } from '../../layout/time/timeScale.ts';

/**
 * Tells the stylesheet where on an element's timeline time is drawn shorter than it was, as a mask that is opaque
 * there.
 */
export function markBreaks(element: HTMLElement, { breaks }: TimeScale): void {
  let stops = '';
  for (const { x, width } of breaks) {
    const [from, to] = [x.toFixed(1), (x + width).toFixed(1)];
    stops += `, transparent ${from}px, #000 ${from}px ${to}px, transparent ${to}px`;
  }
  element.toggleAttribute('data-breaks', breaks.length > 0);
  element.style.setProperty('--tv-breaks', stops && `linear-gradient(90deg${stops})`);
}
