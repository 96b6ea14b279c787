import { OTEL_KINDS, SPAN_FLAGS } from '../codes.ts';
import { inOneGo, isStep } from '../build/steps.ts';
import type { Nanos, SpanKey, Trace, TraceColumns } from '../types.ts';

/** Two services whose clocks cannot both be right, as spans of one called by the other show. */
export interface ClockSkew {
  /** The service of the parents, whose clock is the measure, and that of the children. */
  readonly from: string;
  readonly to: string;
  /**
   * Nanoseconds to add to times of `to` so that all its spans lie where their parents allow; null where no single
   * number does that.
   */
  readonly shift: Nanos | null;
  /** Spans that lie where they cannot have been, of how many that `from` and `to` called of each other. */
  readonly keys: readonly SpanKey[];
  readonly calls: number;
}

/**
 * A child may begin this much before its parent, in nanoseconds: clocks that are kept in step by NTP still differ by
 * that.
 */
const TOLERANCE = 1e6;
const MESSAGING: ReadonlySet<number> = new Set([OTEL_KINDS.indexOf('producer'), OTEL_KINDS.indexOf('consumer')]);

type Placed = Pick<TraceColumns, 'start' | 'end' | 'flags' | 'service' | 'otelKind'>;

/**
 * Whether a span stands where its parent does not allow: it shares no instant with it, or belongs to another service
 * and begins before it. A parent whose own times are in doubt proves nothing, and a message may be taken up at any time
 * after it was sent.
 */
export function isMisplaced(
  start: Nanos,
  end: Nanos,
  parent: number,
  index: number,
  { start: starts, end: ends, flags, service, otelKind }: Placed,
): boolean {
  if ((flags[parent]! & (SPAN_FLAGS['missing-start'] | SPAN_FLAGS['end-before-start'])) !== 0) return false;
  if (start > ends[parent]!) return !MESSAGING.has(otelKind[parent]!) && !MESSAGING.has(otelKind[index]!);
  if (end < starts[parent]!) return true;
  return (
    service[index] !== service[parent] &&
    service[index] !== 0 &&
    service[parent] !== 0 &&
    start < starts[parent]! - TOLERANCE
  );
}

/**
 * What the calls between two services say of their clocks: by how much that of `b` may be moved for every call to lie
 * inside its caller.
 */
export interface ClockRange {
  readonly a: number;
  readonly b: number;
  low: number;
  high: number;
  calls: number;
  early: number;
  late: number;
  readonly keys: SpanKey[];
}

const UNSURE =
  SPAN_FLAGS['missing-start'] |
  SPAN_FLAGS['missing-end'] |
  SPAN_FLAGS['end-before-start'] |
  SPAN_FLAGS['bad-timestamp'];

/**
 * For every pair of services that call each other, the range of shifts that all calls allow. A call that lasts longer
 * than its caller, and a message, only tell that they did not begin before it.
 */
export const clockRanges = (trace: Trace): readonly ClockRange[] => inOneGo(rangesInSteps(trace));

function* rangesInSteps(trace: Trace): Generator<void, readonly ClockRange[]> {
  const { parent, start, end, service, otelKind, flags } = trace.columns;
  const pairs = new Map<string, ClockRange>();
  for (let index = 0; index < parent.length; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    if (above === -1 || service[index] === 0 || service[above] === 0 || service[index] === service[above]) continue;
    if (((flags[index]! | flags[above]!) & UNSURE) !== 0) continue;
    const [a, b] = [Math.min(service[index]!, service[above]!), Math.max(service[index]!, service[above]!)];
    const id = `${a} ${b}`;
    let pair = pairs.get(id);
    if (!pair) pairs.set(id, (pair = { a, b, low: -Infinity, high: Infinity, calls: 0, early: 0, late: 0, keys: [] }));
    const low = start[above]! - start[index]!;
    const mayOutlive =
      MESSAGING.has(otelKind[index]!) ||
      MESSAGING.has(otelKind[above]!) ||
      !(end[index]! - start[index]! <= end[above]! - start[above]!);
    const high = mayOutlive ? Infinity : end[above]! - end[index]!;
    // All ranges are given for the second service of the pair.
    const called = service[index] === b;
    pair.low = Math.max(pair.low, called ? low : -high);
    pair.high = Math.min(pair.high, called ? high : -low);
    pair.calls += 1;
    if ((flags[index]! & SPAN_FLAGS['clock-skew']) === 0) continue;
    if (start[index]! < start[above]!) pair.early += 1;
    else pair.late += 1;
    pair.keys.push(trace.span(index).key);
  }
  return [...pairs.values()];
}

/**
 * Every pair of services whose clocks differ: some call begins before its caller, or all lie behind theirs (a single
 * one that does may be work that began when its caller was over). Each call allows a range of shifts for the clock of
 * the called service: those that bring it inside its caller (Cristian 1989: a reply tells the time to within its round
 * trip). One clock has one error, so the shift lies where the ranges of all calls meet, and in the middle of that.
 */
export const clockSkews = (trace: Trace): readonly ClockSkew[] => inOneGo(clockSkewsInSteps(trace));

/** The same in slices. */
export function* clockSkewsInSteps(trace: Trace): Generator<void, readonly ClockSkew[]> {
  const skewed = (yield* rangesInSteps(trace)).filter(areSkewed);
  if (skewed.length === 0) return [];
  const { service, strings } = trace.columns;
  const first = firstUses(service);
  return skewed.map(({ a, b, low, high, calls, keys }) => {
    const shift = low > high ? null : insideOf(low, high, 0);
    // The service that the trace meets first is the measure.
    return first[a]! <= first[b]!
      ? { from: strings[a]!, to: strings[b]!, shift, calls, keys }
      : { from: strings[b]!, to: strings[a]!, shift: shift === null ? null : -shift, calls, keys };
  });
}

export const areSkewed = ({ keys, calls, early, late }: ClockRange): boolean =>
  keys.length > 0 && (early > 0 || late === calls);

/** `wanted` where the range holds it, else the middle of the range, or its only end. */
export function insideOf(low: number, high: number, wanted: number): number {
  if (low <= wanted && wanted <= high) return wanted;
  if (Number.isFinite(low) && Number.isFinite(high)) return Math.round((low + high) / 2);
  return Number.isFinite(low) ? low : high;
}

/** By service, the first span that belongs to it. */
export function firstUses(service: Uint32Array): Readonly<Record<number, number>> {
  const first: Record<number, number> = {};
  for (let index = service.length - 1; index >= 0; index -= 1) first[service[index]!] = index;
  return first;
}
