import { DETAIL_EVENTS, FIRST_TOKEN_EVENTS, KIND_EVENTS, SCORE_EVENTS } from '../../conventions/eventSigns.ts';
import { EXCEPTION } from '../../conventions/failure.ts';
import { isObject, type Fields } from '../../conventions/json.ts';
import { readScores } from '../../conventions/readScores.ts';
import { attributeMap, textOf, type AttributeProblem } from '../../model/attributes.ts';
import type { RecordedScore } from '../../model/entry.ts';
import { compareInstants, nanosBetween, readInstant, unixNano, type Instant, type TimeUnit } from '../../model/time.ts';
import type { AttributeValue, Nanos, SpanEvent, SpanKind } from '../../model/types.ts';
import { droppedAttributes } from '../otel/spanFacts.ts';
import type { SpanRecord } from '../types.ts';
import { withoutHoles } from '../../model/holes.ts';

const eventTime = (event: Fields): unknown =>
  event['timeUnixNano'] ?? event['time_unix_nano'] ?? event['time'] ?? event['timestamp'];

/** An event as it is shown. `problem` is called for each of its attributes that cannot be read. */
export function decodeEvent(event: Fields, origin: Instant, unit: TimeUnit, problem: AttributeProblem): SpanEvent {
  const time = readInstant(eventTime(event), unit);
  const nanos = typeof time === 'string' ? Number.NaN : nanosBetween(origin, time);
  if (time === 'bad') problem('bad-timestamp', 'time');
  const exact = typeof time === 'string' || Number.isSafeInteger(nanos) ? {} : { timeUnixNano: unixNano(time) };
  return {
    name: textOf(event['name']) ?? '',
    time: nanos,
    ...exact,
    attributes: attributeMap(event['attributes'], problem),
    ...droppedAttributes(event),
  };
}

/**
 * Visits the events one by one. What throws when looked at is passed over: opening the content reports it, and the span
 * stands.
 */
function eachEvent(events: unknown, visit: (event: Fields) => void): void {
  try {
    if (!Array.isArray(events)) return;
    const list = withoutHoles(events);
    for (let at = 0; at < list.length; at += 1) visitEvent(list, at, visit);
  } catch {
    // A list that throws as a whole is none.
  }
}

function visitEvent(events: readonly unknown[], at: number, visit: (event: Fields) => void): void {
  try {
    const event = events[at];
    if (isObject(event)) visit(event);
  } catch {
    // This event gives none, the next one may.
  }
}

/** Nanos from the start to the earliest event that marks a first token; NaN where there is none. */
export function firstTokenEvent(events: unknown, start: Instant, unit: TimeUnit): Nanos {
  if (events === undefined) return Number.NaN;
  let earliest = Number.NaN;
  eachEvent(events, (event) => {
    if (!FIRST_TOKEN_EVENTS.has(event['name'])) return;
    const time = readInstant(eventTime(event), unit);
    if (typeof time === 'string') return;
    const nanos = nanosBetween(start, time);
    if (!(nanos >= earliest)) earliest = nanos;
  });
  return earliest;
}

/** The kind that the first event with one gives; null where none does. */
export function kindEvent(events: unknown): SpanKind | null {
  if (events === undefined) return null;
  let kind: SpanKind | null = null;
  eachEvent(events, (event) => {
    kind ??= KIND_EVENTS.get(event['name']) ?? null;
  });
  return kind;
}

/** A list of the host may throw even when it is asked for its length. */
function isEmpty(list: readonly unknown[]): boolean {
  try {
    return list.length === 0;
  } catch {
    return true;
  }
}

const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();
const NO_TIME: Instant = { seconds: 0, nanos: 0, guessed: false };

/** The scores that a record carries; `signs` says that its attributes hold some. Undefined where there are none. */
export function recordedScores(
  { attributes, events }: Pick<SpanRecord, 'attributes' | 'events'>,
  signs: boolean,
): readonly RecordedScore[] | undefined {
  if (!signs && (!Array.isArray(events) || isEmpty(events))) return undefined;
  const results: SpanEvent[] = [];
  eachEvent(events, (event) => {
    if (SCORE_EVENTS.has(event['name'])) results.push(decodeEvent(event, NO_TIME, 'ns', () => {}));
  });
  if (!signs && results.length === 0) return undefined;
  const scores = readScores(signs ? attributeMap(attributes) : NO_ATTRIBUTES, results);
  return scores.length === 0 ? undefined : scores;
}

/** The attributes of events that repeat those of their span. */
export function detailEvents(events: unknown): readonly ReadonlyMap<string, AttributeValue>[] {
  const details: ReadonlyMap<string, AttributeValue>[] = [];
  eachEvent(events, (event) => {
    if (DETAIL_EVENTS.has(event['name'])) details.push(attributeMap(event['attributes']));
  });
  return details;
}

/** The events by name, with their attributes. */
export function namedEvents(events: unknown): readonly Pick<SpanEvent, 'name' | 'attributes'>[] {
  const named: Pick<SpanEvent, 'name' | 'attributes'>[] = [];
  eachEvent(events, (event) => {
    named.push({ name: textOf(event['name']) ?? '', attributes: attributeMap(event['attributes']) });
  });
  return named;
}

/** Whether an exception is among the events. */
export function hasException(events: unknown): boolean {
  if (!Array.isArray(events) || events.length === 0) return false;
  let found = false;
  eachEvent(events, (event) => {
    found ||= event['name'] === EXCEPTION;
  });
  return found;
}

/** The latest time among the events; null where none has one. */
export function lastEventTime(events: unknown, unit: TimeUnit): Instant | null {
  let latest: Instant | null = null;
  eachEvent(events, (event) => {
    const time = readInstant(eventTime(event), unit);
    if (typeof time !== 'string' && (!latest || compareInstants(time, latest) > 0)) latest = time;
  });
  return latest;
}
