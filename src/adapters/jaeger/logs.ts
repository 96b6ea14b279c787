import { textOf } from '../../model/attributes.ts';
import { eachObject } from '../tolerant/readEach.ts';
import { tagMap } from './tags.ts';

/** An event as the sink takes it; the time is in microseconds. */
export interface LogEvent {
  readonly name: string;
  readonly time: unknown;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/**
 * OpenTracing's fields of an error, and what OpenTelemetry calls them (specification, compatibility/opentracing.md).
 */
const ERROR_FIELDS: readonly (readonly [from: string, to: string])[] = [
  ['error.kind', 'exception.type'],
  ['message', 'exception.message'],
  ['stack', 'exception.stacktrace'],
];

/**
 * Logs as events: the field `event`, or where there is none `message`, is the name, the other fields are the
 * attributes.
 */
export function readLogs(logs: unknown): unknown {
  return Array.isArray(logs) && logs.length === 0
    ? undefined
    : eachObject(logs, (log) => readLog(log['timestamp'], tagMap(log['fields'])));
}

function readLog(time: unknown, fields: Map<string, unknown>): LogEvent {
  const title = ['event', 'message'].find((field) => typeof fields.get(field) === 'string' && fields.get(field) !== '');
  const word = title === undefined ? 'log' : textOf(fields.get(title))!;
  if (title !== undefined) fields.delete(title);
  if (title !== 'event' || word !== 'error') return { name: word, time, attributes: fields };
  for (const [from, to] of ERROR_FIELDS) if (fields.has(from) && !fields.has(to)) fields.set(to, fields.get(from));
  return { name: 'exception', time, attributes: fields };
}
