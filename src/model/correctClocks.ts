import { buildTrace } from './buildTrace.ts';
import { clockSkews, type ClockSkew } from './clockSkew.ts';
import { SPAN_FLAGS } from './codes.ts';
import type { ContentSource, SpanEntry } from './entry.ts';
import { entriesOf, instantAt } from './entriesOf.ts';
import { ColumnTrace } from './trace.ts';
import type { Nanos, SpanContent, Trace } from './types.ts';

/** A trace with clocks put right, and by what. */
export interface CorrectedTrace {
  readonly trace: Trace;
  /** The pairs of services whose shift was known and applied. */
  readonly skews: readonly ClockSkew[];
}

/**
 * The same trace with the times of services whose clocks are wrong moved by `ClockSkew.shift`, for whole services and with their events,
 * so that all keeps its place among what the same clock told. Moved spans carry the mark `clock-corrected` and keep their recorded times in
 * `startUnixNano` and `endUnixNano`; keys stay. Where there is nothing to correct, the trace itself. Nobody calls this unasked.
 */
export function correctClocks(trace: Trace): CorrectedTrace {
  const skews = clockSkews(trace).filter(({ shift }) => shift !== null);
  if (skews.length === 0 || !(trace instanceof ColumnTrace)) return { trace, skews: [] };
  const shifts = shiftsOf(trace, skews);
  const entries = entriesOf(trace).map((entry, index) => (shifts[index] === 0 ? entry : moved(entry, shifts[index]!, trace, index)));
  return { trace: buildTrace(trace.traceId, entries, { name: trace.name, ...trace.parts.about }).trace, skews };
}

/** By how much each span moves: with its parent, and by the difference of clocks where the service changes. */
function shiftsOf({ columns: { parent, service, strings } }: Trace, skews: readonly ClockSkew[]): Float64Array {
  const shiftOf = new Map(skews.flatMap(({ from, to, shift }) => [[JSON.stringify([from, to]), shift!] as const, [JSON.stringify([to, from]), -shift!] as const]));
  const shifts = new Float64Array(parent.length);
  /** The service whose clock a span goes by: a span without one goes by its parent's. */
  const clock = new Uint32Array(parent.length);
  for (let index = 0; index < parent.length; index += 1) {
    const above = parent[index]!;
    clock[index] = service[index] || (above === -1 ? 0 : clock[above]!);
    if (above === -1) continue;
    shifts[index] = shifts[above]! + (clock[index] === clock[above] ? 0 : shiftOf.get(JSON.stringify([strings[clock[above]!], strings[clock[index]!]])) ?? 0);
  }
  return shifts;
}

function moved(entry: SpanEntry, shift: Nanos, trace: ColumnTrace, index: number): SpanEntry {
  const { start, end } = trace.columns;
  const isBackwards = (trace.columns.flags[index]! & SPAN_FLAGS['end-before-start']) !== 0;
  return {
    ...entry,
    start: entry.start && instantAt(trace, start[index]! + shift),
    end: entry.end && !isBackwards ? instantAt(trace, end[index]! + shift) : entry.end,
    recorded: entry.recorded ?? { start: entry.start, end: entry.end },
    flags: entry.flags | SPAN_FLAGS['clock-corrected'],
    content: withMovedEvents(entry.content, shift),
  };
}

const withMovedEvents = (content: ContentSource, shift: Nanos): ContentSource => ({
  hash: () => content.hash(),
  decode(origin, key): SpanContent {
    const decoded = content.decode(origin, key);
    return { ...decoded, events: decoded.events.map((event) => ({ ...event, time: event.time + shift })) };
  },
});
