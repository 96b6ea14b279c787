import { SPAN_FLAGS } from '../codes.ts';
import { SpanRows } from './spanRows.ts';
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

export function surveyTimes(rows: SpanRows): TimeSurvey {
  let earliestStart = -1;
  let earliestEnd = -1;
  let latestEvent: Instant | null = null;
  let plausibleStarts = 0;
  let implausibleStarts = 0;
  let late = false;
  for (let row = 0; row < rows.length; row += 1) {
    const seconds = rows.startSeconds(row);
    const endSeconds = rows.endSeconds(row);
    if (!Number.isNaN(seconds)) {
      if (isPlausible(seconds)) plausibleStarts += 1;
      else implausibleStarts += 1;
      if (earliestStart === -1 || startsBefore(rows, row, earliestStart)) earliestStart = row;
    } else if (!Number.isNaN(endSeconds) && (earliestEnd === -1 || endsBefore(rows, row, earliestEnd))) {
      earliestEnd = row;
    }
    const lastEvent = rows.rare(row)?.lastEvent;
    if (lastEvent && (!latestEvent || compareInstants(lastEvent, latestEvent) > 0)) latestEvent = lastEvent;
    if (isLate(endSeconds) || isLate(lastEvent?.seconds)) late = true;
  }
  const [ofStarts, ofEnds] = [
    earliestStart === -1 ? null : rows.start(earliestStart),
    earliestEnd === -1 ? null : rows.end(earliestEnd),
  ];
  return {
    earliest: ofStarts ?? ofEnds,
    earliestStart: ofStarts,
    earliestEnd: ofEnds,
    latestEvent,
    plausibleStarts,
    implausibleStarts,
    late,
  };
}

const startsBefore = (rows: SpanRows, a: number, b: number): boolean =>
  (rows.startSeconds(a) - rows.startSeconds(b) || rows.startNanos(a) - rows.startNanos(b)) < 0;
const endsBefore = (rows: SpanRows, a: number, b: number): boolean =>
  (rows.endSeconds(a) - rows.endSeconds(b) || rows.endNanos(a) - rows.endNanos(b)) < 0;

/**
 * One time in the wrong unit must not stretch the axis over half a century: where most starts are plausible dates, a
 * start that is none, or an end or event beyond all plausible dates, counts as unreadable (`bad-timestamp`). What was
 * recorded stays known in `recorded`. A trace that counts from 0 throughout is left as it is.
 */
export function setStrayTimesAside(rows: SpanRows, survey: TimeSurvey): SpanRows {
  if (!areTimesStray(survey)) return rows;
  const entries = rows.list().map((entry) => {
    const { start, end, lastEvent } = entry;
    const keptStart = start && isPlausible(start.seconds) ? start : null;
    const keptEnd = isLate(end?.seconds) || (keptStart === null && end && !isPlausible(end.seconds)) ? null : end;
    const keptEvent = isLate(lastEvent?.seconds) ? null : (lastEvent ?? null);
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
  return SpanRows.of(entries);
}

/** Whether there is something to set aside. */
export const areTimesStray = ({ plausibleStarts, implausibleStarts, late }: TimeSurvey): boolean =>
  plausibleStarts > 0 && plausibleStarts >= implausibleStarts && (implausibleStarts > 0 || late);

/** Lies beyond all plausible dates. An end before them is an end before the start, which is drawn with no length. */
export const isLate = (seconds: number | undefined): boolean =>
  seconds !== undefined && !isPlausible(seconds) && seconds > 0x7fffffff;
