import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import { stepCount, stepsOf } from '../../layout/time/stepPlaces.ts';
import type { Trace } from '../../model/types.ts';

/** `step 3 of 12`: where a span stands in a trace without a clock; null where times are known. */
export function stepWords(trace: Trace, index: number, { count }: Format, labels: Labels): string | null {
  const steps = stepsOf(trace, index);
  return steps && labels.stepOf(labels.step(count(steps[0]), count(steps[1])), count(stepCount(trace)!));
}
