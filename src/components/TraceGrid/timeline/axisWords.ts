import type { Format } from '../../../format.ts';
import type { RowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import type { Labels } from '../../../labels.ts';
import { STEP, stepsWithin } from '../../../layout/time/stepPlaces.ts';
import type { Nanos } from '../../../model/types.ts';
import type { AxisWords } from './drawAxis.ts';

/** How the axis and what stands on it are written: times or, without a clock, steps. */
export function axisWords(
  drawing: RowDrawing | null,
  isWithoutClock: boolean,
  format: Format,
  labels: Labels,
): Pick<AxisWords, 'tick' | 'duration'> {
  const own = (time: Nanos): Nanos => (drawing ? drawing.tickTime(time) : time);
  if (!isWithoutClock)
    return { tick: (time, step) => format.tick(own(time), step), duration: (time) => format.duration(own(time)) };
  const number = (time: Nanos): string => format.count(stepsWithin(own(time), own(time))[0]);
  return {
    // Where a step is so wide that marks lie within it, these have no number of their own.
    tick: (time) => (own(time) % STEP === 0 ? number(time) : ''),
    duration: (time) => labels.step(number(time), number(time)),
  };
}
