import { buildTrace } from '../build/buildTrace.ts';
import {
  areSkewed,
  clockRanges,
  clockSkews,
  firstUses,
  insideOf,
  type ClockRange,
  type ClockSkew,
} from './clockSkew.ts';
import { SPAN_FLAGS } from '../codes.ts';
import type { ContentSource, SpanEntry } from '../entry.ts';
import { toEntries, instantAt } from './toEntries.ts';
import { ColumnTrace } from '../trace.ts';
import type { Nanos, SpanContent, Trace } from '../types.ts';

/** A trace with clocks put right, and by what. */
export interface CorrectedTrace {
  readonly trace: Trace;
  /** The pairs of services whose shift was known and applied. */
  readonly skews: readonly ClockSkew[];
}

/**
 * The same trace with the times of services whose clocks are wrong moved by `ClockSkew.shift`, for whole services and
 * with their events, so that all keeps its place among what the same clock recorded. Moved spans carry the mark
 * `clock-corrected` and keep their recorded times in `startUnixNano` and `endUnixNano`; keys stay. Where there is
 * nothing to correct, the trace itself. Nobody calls this unasked.
 */
export function correctClocks(trace: Trace): CorrectedTrace {
  const skews = clockSkews(trace).filter(({ shift }) => shift !== null);
  if (skews.length === 0 || !(trace instanceof ColumnTrace)) return { trace, skews: [] };
  const shifts = shiftsOf(trace);
  const entries = toEntries(trace).map((entry, index) =>
    shifts[index] === 0 ? entry : moved(entry, shifts[index]!, trace, index),
  );
  return { trace: buildTrace(trace.traceId, entries, { name: trace.name, ...trace.parts.about }).trace, skews };
}

/**
 * By how much each span moves: all spans of one service alike. A span without a service goes by the clock of the span
 * above it.
 */
function shiftsOf(trace: Trace): Float64Array {
  const { parent, service } = trace.columns;
  const ofService = serviceShifts(trace);
  const shifts = new Float64Array(parent.length);
  for (let index = 0; index < parent.length; index += 1) {
    const above = parent[index]!;
    const inherited = above === -1 ? 0 : shifts[above]!;
    shifts[index] = service[index] === 0 ? inherited : (ofService.get(service[index]!) ?? 0);
  }
  return shifts;
}

/**
 * One shift per service, in the order in which the trace meets them; the first is the measure. Each is chosen so that
 * its calls to and from all services before it fit, and as these moved if that fits. Where they do not agree, the
 * service is left alone.
 */
function serviceShifts(trace: Trace): ReadonlyMap<number, Nanos> {
  const ranges = clockRanges(trace);
  const first = firstUses(trace.columns.service);
  const ofService = new Map<number, ClockRange[]>();
  for (const range of ranges) {
    for (const service of [range.a, range.b]) {
      const known = ofService.get(service);
      if (known) known.push(range);
      else ofService.set(service, [range]);
    }
  }
  const services = [...ofService.keys()].sort((x, y) => first[x]! - first[y]!);
  const shifts = new Map<number, Nanos>();
  for (const service of services) {
    let [low, high] = [-Infinity, Infinity];
    let along: Nanos | null = null;
    for (const range of ofService.get(service)!) {
      const shiftOfOther = shifts.get(range.a === service ? range.b : range.a);
      if (shiftOfOther === undefined) continue;
      along ??= shiftOfOther;
      // Work that began when its caller was over says nothing of clocks.
      if (!areSkewed(range) && (range.low > 0 || range.high < 0)) continue;
      low = Math.max(low, shiftOfOther + (range.b === service ? range.low : -range.high));
      high = Math.min(high, shiftOfOther + (range.b === service ? range.high : -range.low));
    }
    shifts.set(service, low > high ? 0 : insideOf(low, high, along ?? 0));
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

function withMovedEvents(content: ContentSource, shift: Nanos): ContentSource {
  const moveEvents = (decoded: SpanContent): SpanContent => ({
    ...decoded,
    // What is too far from the trace to be exact is not moved: it came from no clock that could be corrected.
    events: decoded.events.map((event) =>
      event.timeUnixNano === undefined ? { ...event, time: event.time + shift } : event,
    ),
  });
  return {
    hash: () => content.hash(),
    ...(content.scopeName ? { scopeName: () => content.scopeName!() } : {}),
    decode(origin, key) {
      const decoded = content.decode(origin, key);
      return decoded instanceof Promise ? decoded.then(moveEvents) : moveEvents(decoded);
    },
  };
}
