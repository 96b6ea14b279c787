import { isObject } from '../../conventions/json.ts';
import { toJson } from '../../conventions/toJson.ts';
import { attributeMap, textOf } from '../../model/attributes.ts';
import { compareInstants, readInstant, type Instant } from '../../model/time.ts';
import type { AttributeValue } from '../../model/types.ts';
import type { LogRecord, SpanRecord } from '../types.ts';
import { placeLogs, type LoggedTrace } from './placeLogs.ts';

/** An event that was made of a log record. */
interface LogEvent {
  readonly name: string;
  /** `[seconds, nanos]`, which is read in whatever unit the span has. */
  readonly time: readonly [number, number] | undefined;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

interface Logged {
  readonly event: LogEvent;
  readonly source: object;
  readonly time: Instant | null;
  readonly text: string;
}

/** The log records of all spans, by the ids that they name. */
export interface JoinedLogs {
  has(traceId: unknown, spanId: unknown): boolean;
  /** The record with what was logged during its span as further events; itself where nothing was. */
  withLogs(record: SpanRecord): SpanRecord;
  /** Log records that no span took. */
  leftOver(): number;
}

/** What stands twice is taken once, and all is in order of time. */
export function joinLogs(
  recorded: readonly LogRecord[],
  traces: Iterable<LoggedTrace>,
  traceKey: (traceId: string) => string,
): JoinedLogs {
  const logs = placeLogs(recorded, traces);
  const bySpan = new Map<string, Map<string, Logged>>();
  const keyOf = (traceId: unknown, spanId: unknown): string => {
    const [trace, span] = [textOf(traceId), textOf(spanId)];
    return trace === null || span === null ? '' : `${traceKey(trace)}/${span}`;
  };
  let repeats = 0;
  for (const log of logs) {
    const key = keyOf(log.traceId, log.spanId);
    let ofSpan = bySpan.get(key);
    if (!ofSpan) bySpan.set(key, (ofSpan = new Map()));
    const logged = readLog(log);
    if (ofSpan.has(logged.text) && key !== '') repeats += 1;
    ofSpan.set(key === '' ? String(ofSpan.size) : logged.text, logged);
  }
  const taken = new Set<string>();
  return {
    has: (traceId, spanId) => {
      const key = keyOf(traceId, spanId);
      return key !== '' && bySpan.has(key);
    },
    withLogs(record) {
      const key = keyOf(record.traceId, record.spanId);
      const found = key === '' ? undefined : bySpan.get(key);
      if (!found) return record;
      taken.add(key);
      const inOrder = [...found.values()].sort(byTime);
      const own: readonly unknown[] = Array.isArray(record.events) ? record.events : [];
      const events: unknown[] = own.slice();
      const sources: object[] = (record.sources ?? [record.source]).slice();
      for (const { event, source } of inOrder) {
        events.push(event);
        sources.push(source);
      }
      return { ...record, events, sources };
    },
    leftOver() {
      let left = logs.length - repeats;
      for (const key of taken) left -= bySpan.get(key)!.size;
      return left;
    },
  };
}

/** Programs log the messages of a call within one millisecond: what has the same time stays as it was written. */
const byTime = (a: Logged, b: Logged): number =>
  a.time && b.time ? compareInstants(a.time, b.time) : Number(b.time !== null) - Number(a.time !== null);

function readLog({ name, time, timeUnit, body, severity, attributes: recorded, source }: LogRecord): Logged {
  const attributes = new Map(attributeMap(recorded));
  const said = attributeMap([{ key: 'body', value: body }]).get('body');
  const called = textOf(name) ?? textOf(attributes.get('event.name'));
  attributes.delete('event.name');
  if (isObject(said) && !(said instanceof Uint8Array)) {
    for (const [key, value] of Object.entries(said as Readonly<Record<string, AttributeValue>>))
      if (!attributes.has(key)) attributes.set(key, value);
  } else if (said !== undefined && said !== null && !attributes.has('body')) {
    attributes.set('body', said);
  }
  const level = textOf(severity);
  if (level !== null && !attributes.has('severity')) attributes.set('severity', level);
  const read = readInstant(time, timeUnit);
  const instant = typeof read === 'string' ? null : read;
  const event: LogEvent = {
    name: called ?? 'log',
    time: instant ? [instant.seconds, instant.nanos] : undefined,
    attributes,
  };
  return { event, source, time: instant, text: toJson([event.name, event.time, ...attributes]) };
}
