import type { TimeScale } from '../../../layout/time/timeScale.ts';
import { timeTicks } from '../../../layout/time/timeTicks.ts';
import type { Nanos } from '../../../model/types.ts';
import { breaksMask } from '../../parts/markBreaks.ts';

/** How times are written on the axis. */
export interface AxisWords {
  tick(time: Nanos, step: Nanos): string;
  duration(time: Nanos): string;
  /** `35.1 s idle`: of such a length. */
  idle(length: string): string;
}

/** Where the axis is drawn. */
export interface AxisParts {
  /** Says whether time is shortened somewhere. */
  readonly frame: HTMLElement;
  readonly axis: HTMLElement;
}

/**
 * A tick, or a stretch that is `wide`, in pixels from the left edge. The first of its words that fit into its room are
 * written.
 */
interface DrawnTick {
  readonly x: number;
  readonly words: readonly string[];
  readonly room: number;
  readonly wide?: number;
}

/** Pixels of a character of the axis, about, and of the space around its words. */
const CHARACTER = 6;
const SPACE = 6;

const fitting = ({ words, room }: Pick<DrawnTick, 'words' | 'room'>): string | undefined =>
  words.find(({ length }) => length * CHARACTER + SPACE <= room);
const hasWords = (tick: DrawnTick): boolean => fitting(tick) !== undefined;

/** Draws ticks and pauses of a scale. In the last `free` pixels of the axis something else stands. */
export function drawAxis(
  { frame, axis, tick, duration, idle }: AxisParts & AxisWords,
  scale: TimeScale,
  free: number,
): void {
  const { step, times } = timeTicks(scale);
  const end = scale.width - free;
  const pauses = scale.breaks
    .map(({ from, to, x, width }): DrawnTick => {
      const length = duration(to - from);
      const wide = Math.min(width, end - x);
      return { x, words: [idle(length), length], room: wide, wide };
    })
    .filter(hasWords);
  const ticks = times.map((time): DrawnTick => {
    const x = scale.x(time);
    return {
      x,
      words: [tick(finest(time, scale), step)],
      room: Math.min(end, pauses.find((each) => each.x >= x)?.x ?? end) - x,
    };
  });
  ticks.push(...pauses);
  drawTicks(axis, ticks);
  frame.toggleAttribute('data-breaks', scale.breaks.length > 0);
}

/** What is behind the bars of every row: lines at the ticks, and a mask of where time is drawn shorter than it was. */
export interface GridLines {
  readonly size: string;
  readonly position: string;
  readonly breaks: string;
}

export function gridLines(scale: TimeScale): GridLines {
  const breaks = breaksMask(scale);
  // Lines at equal distances are wrong where time has more than one pace.
  if (!scale.even) return { size: '', position: '', breaks };
  const { step, times } = timeTicks(scale);
  return { size: `${step / scale.pixel}px 100%`, position: `${scale.x(times[0] ?? 0)}px 0`, breaks };
}

/** Draws them in the cell of one row: as properties of the grid they would have every element in it styled anew. */
export function drawGridLines(cell: HTMLElement, { size, position, breaks }: GridLines): void {
  cell.style.backgroundSize = size;
  cell.style.backgroundPosition = position;
  cell.style.setProperty('--tv-breaks', breaks);
}

/**
 * A time as durations are written and, where that would be the same all over the axis, as finely as pixels can show.
 */
export function timeText(under: Nanos, { tick, duration }: AxisWords, scale: TimeScale): string {
  const time = Math.max(0, Math.round(under));
  const { step } = timeTicks(scale);
  const [from] = scale.window;
  return (duration(from) === duration(from + step) && tick(finest(time, scale), step)) || duration(time);
}

/** A time as finely as pixels can show. */
function finest(time: Nanos, { pixel }: TimeScale): Nanos {
  const least = 10 ** Math.floor(Math.log10(Math.max(1, pixel)));
  return Math.round(time / least) * least;
}

/** Lines and labels of the axis. */
function drawTicks(axis: HTMLElement, ticks: readonly DrawnTick[]): void {
  const all = axis.getElementsByClassName('tv-tick');
  ticks.forEach(({ x, words, room, wide }, place) => {
    let tick = all[place] as HTMLElement | undefined;
    if (!tick) {
      tick = axis.ownerDocument.createElement('span');
      tick.className = 'tv-tick';
      axis.append(tick);
    }
    tick.style.transform = `translateX(${x.toFixed(2)}px)`;
    tick.toggleAttribute('data-wide', wide !== undefined);
    tick.style.width = wide === undefined ? '' : `${wide.toFixed(1)}px`;
    // Words that would be cut off are left out; the line of the tick stays.
    const text = fitting({ words, room }) ?? '';
    if (tick.textContent !== text) tick.textContent = text;
  });
  while (all.length > ticks.length) all[all.length - 1]!.remove();
}
