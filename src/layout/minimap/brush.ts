import type { Nanos } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { clampWindow, panWindow, type TimeWindow } from '../time/timeScale.ts';

/** What of the brush is moved: an edge, the window as a whole, or nothing of it yet, where a new window is drawn. */
export type BrushPart = 'start' | 'end' | 'window' | 'empty';

/**
 * The part under a pixel. Edges reach `reach` pixels out, and in as far as at least half of the window can still be
 * taken hold of.
 */
export function brushPartAt(x: number, startX: number, endX: number, reach: number): BrushPart {
  const inward = Math.min(reach, (endX - startX) / 4);
  if (x >= startX - reach && x < startX + inward) return 'start';
  if (x <= endX + reach && x > endX - inward) return 'end';
  return x >= startX && x <= endX ? 'window' : 'empty';
}

/**
 * The window after a part of the brush went from the time `from` to the time `to`. Edges do not pass each other;
 * `least` is the width they keep.
 */
export function dragBrush(
  part: BrushPart,
  window: TimeWindow,
  from: Nanos,
  to: Nanos,
  bounds: TimeWindow,
  least: Nanos,
): TimeWindow {
  const [start, end] = window;
  const by = to - from;
  const inBounds = (time: Nanos): Nanos => Math.min(Math.max(time, bounds[0]), bounds[1]);
  if (part === 'window') return panWindow(window, by, bounds);
  if (part === 'start') return [Math.min(inBounds(start + by), end - Math.min(least, end - start)), end];
  if (part === 'end') return [start, Math.max(inBounds(end + by), start + Math.min(least, end - start))];
  const [a, b] = [inBounds(from), inBounds(to)];
  return clampWindow([Math.min(a, b), Math.max(a, b, Math.min(a, b) + least)], bounds);
}

/** Shares of the window's width by which keys move: arrows, arrows with Shift, Page keys. */
const STEPS = { edge: [0.02, 0.1, 0.25], window: [0.1, 0.5, 1] } as const;

/**
 * The window after a key on one of the three sliders; null where the key means nothing to a slider. Later is right and
 * up, in every script.
 */
export function keyBrush(
  part: Exclude<BrushPart, 'empty'>,
  key: string,
  shift: boolean,
  window: TimeWindow,
  bounds: TimeWindow,
  least: Nanos,
): TimeWindow | null {
  const [small, large, page] = STEPS[part === 'window' ? 'window' : 'edge'];
  const whole = bounds[1] - bounds[0];
  const width = window[1] - window[0];
  const steps: Readonly<Record<string, Nanos>> = {
    ArrowRight: (shift ? large : small) * width,
    ArrowUp: (shift ? large : small) * width,
    PageUp: page * width,
    End: whole,
    ArrowLeft: -(shift ? large : small) * width,
    ArrowDown: -(shift ? large : small) * width,
    PageDown: -page * width,
    Home: -whole,
  };
  const by = ownValue(steps, key);
  return by === undefined ? null : dragBrush(part, window, 0, by, bounds, least);
}
