import type { Nanos } from '../../model/types.ts';

/** A stretch of time: from, to. */
export type TimeWindow = readonly [from: Nanos, to: Nanos];

/**
 * A stretch of the axis: somebody works, or nobody does. `at` and `width` are places on the axis, in Nanos that are
 * drawn.
 */
export interface AxisStretch {
  readonly idle: boolean;
  readonly from: Nanos;
  readonly to: Nanos;
  readonly at: number;
  readonly width: number;
}

/** Time on one axis, with long pauses made shorter. */
export interface TimeAxis {
  /** From the first start to the last end, without holes. */
  readonly stretches: readonly AxisStretch[];
  /** Length of the axis: the widths of all stretches. */
  readonly width: number;
  /** How long somebody worked, and how long nobody did. */
  readonly busy: Nanos;
  readonly idle: Nanos;
  /**
   * The longest pause that is drawn in its real length; all longer ones are drawn as long as this one. Infinity where
   * none is shortened.
   */
  readonly longest: Nanos;
  /**
   * Place of a time. Grows with it, strictly; before the first stretch and after the last it goes on at its real pace.
   */
  toAxis(time: Nanos): number;
  /** The time of a place: the exact inverse for whole nanoseconds of work, within rounding in a shortened pause. */
  toTime(place: number): Nanos;
}

/** Pauses may take a quarter of the axis. */
const IDLE_SHARE = 0.25;

/**
 * The axis of stretches of work that start in order and may overlap. Pauses longer than `longest` are shortened to it;
 * by default all pauses together take a quarter of the axis at most.
 */
export function timeAxis(work: readonly TimeWindow[], longest?: Nanos): TimeAxis {
  const stretches: { idle: boolean; from: Nanos; to: Nanos }[] = [];
  for (const [from, to] of work) {
    const last = stretches.at(-1);
    if (last && from <= last.to) {
      last.to = Math.max(last.to, to);
      continue;
    }
    if (last) stretches.push({ idle: true, from: last.to, to: from });
    stretches.push({ idle: false, from, to: Math.max(from, to) });
  }
  let busy = 0;
  const pauses: Nanos[] = [];
  for (const { idle, from, to } of stretches) {
    if (idle) pauses.push(to - from);
    else busy += to - from;
  }
  const most = longest ?? longestPause(pauses, busy);
  let at = 0;
  const placed = stretches.map(({ idle, from, to }): AxisStretch => {
    const width = idle ? Math.min(to - from, most) : to - from;
    const here = at;
    at += width;
    return { idle, from, to, at: here, width };
  });
  return {
    stretches: placed,
    width: at,
    busy,
    idle: pauses.reduce((sum, pause) => sum + pause, 0),
    longest: most,
    toAxis: (time) => along(placed, time, 'from', 'at', 'width'),
    toTime: (place) => along(placed, place, 'at', 'from', 'length'),
  };
}

/** Whether a stretch is drawn shorter than it was. */
export const isShortened = ({ from, to, width }: AxisStretch): boolean => to - from > width;

/**
 * What is written above a place of the axis: how long after its start work went on there or, for a shortened pause, how
 * long that was.
 */
export interface AxisLabel {
  readonly idle: boolean;
  readonly at: number;
  readonly width: number;
  readonly length: Nanos;
}

/**
 * The words of the axis, each with the room it has: every shortened pause, each first start after one, and starts that
 * are `apart` from the label before. At most a few for each tenth of the axis.
 */
export function axisLabels({ stretches, width }: TimeAxis, apart = 0.1): readonly AxisLabel[] {
  const labels: (AxisLabel & { width: number })[] = [];
  const least = width * apart;
  for (const stretch of stretches) {
    const { idle, from, to, at } = stretch;
    const last = labels.at(-1);
    // A pause that is too narrow to be seen is part of what goes on around it.
    if (isShortened(stretch) && stretch.width >= width / 100)
      labels.push({ idle, at, width: stretch.width, length: to - from });
    else if (last && (idle || (!last.idle && at - last.at < least))) last.width += last.idle ? 0 : stretch.width;
    else labels.push({ idle: false, at, width: stretch.width, length: from });
  }
  return labels;
}

/**
 * The level to which pauses are cut so that together they take their share, the short ones first and whole (as water
 * fills a vessel).
 */
function longestPause(pauses: readonly Nanos[], busy: Nanos): Nanos {
  const sorted = Float64Array.from(pauses).sort();
  // Work without length has no share to compare with: then all pauses are drawn alike.
  if (busy === 0) return sorted.length > 0 ? sorted[0]! : Infinity;
  let room = (busy * IDLE_SHARE) / (1 - IDLE_SHARE);
  for (let place = 0; place < sorted.length; place += 1) {
    const each = room / (sorted.length - place);
    // Whole, so that places of whole nanoseconds are whole as well, and the way back is exact.
    if (sorted[place]! > each) return Math.max(1, Math.floor(each));
    room -= sorted[place]!;
  }
  return Infinity;
}

/**
 * Finds the stretch of a value by halving, and goes as far into its other side: one to one where both are equally long,
 * else in proportion.
 */
function along(
  stretches: readonly AxisStretch[],
  value: number,
  from: 'from' | 'at',
  to: 'from' | 'at',
  side: 'width' | 'length',
): number {
  if (stretches.length === 0) return value;
  let low = 0;
  for (let high = stretches.length; high - low > 1;) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]![from] <= value) low = middle;
    else high = middle;
  }
  const stretch = stretches[low]!;
  const length = stretch.to - stretch.from;
  const into = value - stretch[from];
  return (
    stretch[to] +
    (length === stretch.width ? into : into * (side === 'width' ? stretch.width / length : length / stretch.width))
  );
}
