import type { Trace } from '../../model/types.ts';
import { placed, placeOf } from '../time/stepPlaces.ts';
import type { TimeWindow } from '../time/timeScale.ts';
import type { FlameGraph } from './types.ts';

/** Of each bar, when its spans ran: from where the first begins to where the last ends. */
export interface Stretches {
  /** Null = as long as the whole trace. */
  of(place: number): TimeWindow | null;
  /** The bar whose stretch a window shows with a little room, of a bar and those below it; -1 = none. */
  shownIn(window: TimeWindow, place: number): number;
}

/** How wide a window is that shows a stretch, with the room that `fitSpan` gives; and what rounding takes, in Nanos. */
const MOST = 1.09;
const ROUNDING = 6;

/** When the bars of a graph that does not stand upside down ran. One look at each span. */
export function stretchesOf(trace: Trace, { nodes, nodeOf }: FlameGraph): Stretches {
  const from = new Float64Array(nodes.length).fill(Infinity);
  const to = new Float64Array(nodes.length);
  for (let index = 0; index < nodeOf.length; index += 1) {
    const place = nodeOf[index]!;
    if (place === -1) continue;
    const [start, end] = placeOf(trace, index);
    from[place] = Math.min(from[place]!, start);
    to[place] = Math.max(to[place]!, end);
  }
  const whole = placed(trace).end;
  // Wherever it stands in the window: at an end of the trace there is room on the other side alone.
  const isShown = ([start, end]: TimeWindow, place: number): boolean => {
    const length = to[place]! - from[place]!;
    return (
      start <= from[place]! + ROUNDING && end >= to[place]! - ROUNDING && end - start <= length * MOST + 2 * ROUNDING
    );
  };
  return {
    of: (place) => (from[place]! <= 0 && to[place]! >= whole ? null : [from[place]!, to[place]!]),
    shownIn(window, place) {
      let at = place;
      while (at !== -1 && !isShown(window, at)) at = nodes[at]!.parent;
      return at;
    },
  };
}
