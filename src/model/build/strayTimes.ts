import { SPAN_FLAGS } from '../codes.ts';
import type { SpanEntry } from '../entry.ts';
import { compareInstants, isPlausible, type Instant } from '../time.ts';

/** What the times of all spans have in common, found in one look at each. */
export interface TimeSurvey {
  /** The earliest start; where no span has one, the earliest end; null where there is no time at all. */
  readonly earliest: Instant | null;
  readonly earliestStart: Instant | null;
  /** Of spans without a start. */
  readonly earliestEnd: Instant | null;
  readonly latestEvent: Instant | null;
  readonly plausibleStarts: number;
  readonly implausibleStarts: number;
  /** Some end or event lies beyond all plausible dates. */
  readonly late: boolean;
}

export function surveyTimes(entries: readonly SpanEntry[]): TimeSurvey {
  let earliestStart: Instant | null = null;
  let earliestEnd: Instant | null = null;
  let latestEvent: Instant | null = null;
  let plausibleStarts = 0;
  let implausibleStarts = 0;
  let late = false;
  for (const { start, end, lastEvent } of entries) {
    if (start) {
      if (isPlausible(start)) plausibleStarts += 1;
      else implausibleStarts += 1;
      if (!earliestStart || compareInstants(start, earliestStart) < 0) earliestStart = start;
    } else if (end && (!earliestEnd || compareInstants(end, earliestEnd) < 0)) {
      earliestEnd = end;
    }
    if (lastEvent && (!latestEvent || compareInstants(lastEvent, latestEvent) > 0)) latestEvent = lastEvent;
    if (isLate(end) || isLate(lastEvent)) late = true;
  }
  return {
    earliest: earliestStart ?? earliestEnd,
    earliestStart,
    earliestEnd,
    latestEvent,
    plausibleStarts,
    implausibleStarts,
    late,
  };
}

/**
 * One time in the wrong unit must not stretch the axis over half a century: where most starts are plausible dates, a
 * start that is none, or an end or event beyond all plausible dates, counts as unreadable (`bad-timestamp`). What was
 * recorded stays known in `recorded`. A trace that counts from 0 throughout is left as it is.
 */
export function setStrayTimesAside(entries: readonly SpanEntry[], survey: TimeSurvey): readonly SpanEntry[] {
  if (!areTimesStray(survey)) return entries;
  return entries.map((entry) => {
    const { start, end, lastEvent } = entry;
    const keptStart = start && isPlausible(start) ? start : null;
    const keptEnd = isLate(end) || (keptStart === null && end && !isPlausible(end)) ? null : end;
    const keptEvent = isLate(lastEvent) ? null : (lastEvent ?? null);
    if (keptStart === start && keptEnd === end)
      return keptEvent === (lastEvent ?? null) ? entry : { ...entry, lastEvent: keptEvent };
    return {
      ...entry,
      start: keptStart,
      end: keptEnd,
      lastEvent: keptEvent,
      recorded: { start, end },
      flags: entry.flags | SPAN_FLAGS['bad-timestamp'],
    };
  });
}

/** Whether there is something to set aside. */
export const areTimesStray = ({ plausibleStarts, implausibleStarts, late }: TimeSurvey): boolean =>
  plausibleStarts > 0 && plausibleStarts >= implausibleStarts && (implausibleStarts > 0 || late);

/** Lies beyond all plausible dates. An end before them is an end before the start, which is drawn with no length. */
export const isLate = (instant: Instant | null | undefined): boolean =>
  instant !== null && instant !== undefined && !isPlausible(instant) && instant.seconds > 0x7fffffff;
