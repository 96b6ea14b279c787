import { isStep } from '../../model/build/steps.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { perTraceInSteps } from '../memo.ts';
import { selfTime } from './selfTime.ts';

export interface ServiceTime {
  readonly service: string;
  readonly time: Nanos;
}

interface ServiceTimes {
  readonly sums: readonly ServiceTime[];
  /** From the id of a service among the strings to its place in `sums`. */
  readonly places: ReadonlyMap<number, number>;
}

export const serviceTimes = perTraceInSteps<ServiceTimes>(function* (trace) {
  const { service, strings } = trace.columns;
  const self = yield* selfTime.inSteps(trace);
  const sums = new Map<number, number>();
  for (let index = 0; index < self.length; index += 1) {
    if (isStep(index)) yield;
    const id = service[index]!;
    if (id !== 0) sums.set(id, (sums.get(id) ?? 0) + self[index]!);
  }
  const sorted = Array.from(sums, ([id, time]) => ({ id, service: strings[id]!, time })).sort(
    (a, b) => b.time - a.time || (a.service < b.service ? -1 : 1),
  );
  return {
    sums: sorted.map(({ service: name, time }) => ({ service: name, time })),
    places: new Map(sorted.map(({ id }, place) => [id, place])),
  };
});

/**
 * Time in which a span of a service was open and none of its children, summed by service, most first; spans that ran
 * side by side each count. Spans without a service are in none.
 */
export const ownTimeByService = (trace: Trace): readonly ServiceTime[] => serviceTimes(trace).sums;

/** So many services have a colour of their own: those with the most own time. */
export const SERVICE_COLORS = 12;

/** The colour of a span's service, from 1; 0 where it has none of its own. */
export function serviceColor(trace: Trace, index: number): number {
  const place = serviceTimes(trace).places.get(trace.columns.service[index]!);
  return place === undefined || place >= SERVICE_COLORS ? 0 : place + 1;
}
