import type { Trace } from '../../model/types.ts';
import { placeOf } from '../time/stepPlaces.ts';
import type { TimeScale } from '../time/timeScale.ts';
import { clip, type Mark } from './ganttMarks.ts';

const SMALLEST = 6;

/** The timeline of a parent that is missing: a frame around those that name it, as no more is known of its time. */
export function missingMarks(trace: Trace, index: number, scale: TimeScale): readonly Mark[] {
  const [from, to] = placeOf(trace, index);
  const frame = clip(from, to, scale, SMALLEST);
  return frame ? [{ type: 'around', ...frame }] : [];
}
