import { isObject, type Fields } from '../../conventions/json.ts';
import { endAfter } from '../otel/endAfter.ts';
import type { SpanRecord } from '../types.ts';
import { sdkRecord } from './sdkParts.ts';
import { withoutHoles } from '../../model/holes.ts';

type Times = Required<Pick<SpanRecord, 'start' | 'end' | 'timeUnit'>>;

/**
 * What JavaScript's ConsoleSpanExporter writes, as JSON: `timestamp` and `duration` are microseconds, the id of the
 * span is `id`.
 */
export function printedSpan(span: Fields, source: object): SpanRecord {
  const start = span['timestamp'];
  return jsSpan(
    span,
    source,
    { traceId: span['traceId'], spanId: span['id'] },
    { start, end: endAfter(start, span['duration'], 'us'), timeUnit: 'us' },
  );
}

/**
 * A ReadableSpan: times are `[seconds, nanos]`, an open end is `[0, 0]`. Numbers that others put there are
 * milliseconds, as in the API's TimeInput.
 */
export function readableSpan(span: Fields, source: object): SpanRecord {
  const ids = [span['spanContext'], span['_spanContext']].find(isObject) ?? span;
  const times: Times = {
    start: pair(span['startTime']),
    end: pair(span['endTime']),
    timeUnit: typeof span['startTime'] === 'string' ? 'iso' : 'ms',
  };
  return jsSpan(span, source, ids, times);
}

/** Two numbers read once, for they may belong to an object of the host. */
const pair = (time: unknown): unknown => (Array.isArray(time) ? [time[0], time[1]] : time);

const READ: ReadonlySet<string> = new Set([
  'type',
  'traceId',
  'spanId',
  'traceFlags',
  'id',
  'spanContext',
  'parentSpanContext',
  'parentSpanId',
  'parentId',
  'name',
  'kind',
  'timestamp',
  'duration',
  'startTime',
  'endTime',
  'ended',
  'status',
  'attributes',
  'events',
  'links',
  'resource',
  'instrumentationScope',
  'instrumentationLibrary',
  'traceState',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
]);
/** Fields that begin like this are the SDK's own business, such as its limits and processors. */
const READ_OR_PRIVATE = { has: (field: string): boolean => field.startsWith('_') || READ.has(field) };

function jsSpan(span: Fields, source: object, ids: Fields, times: Times): SpanRecord {
  const { parentSpanContext: around, status } = span;
  const scope = [span['instrumentationScope'], span['instrumentationLibrary']].find(isObject);
  return sdkRecord(span, source, READ_OR_PRIVATE, {
    traceId: ids['traceId'],
    spanId: ids['spanId'],
    parentSpanId: (isObject(around) ? around['spanId'] : null) ?? span['parentSpanId'] ?? span['parentId'],
    ...times,
    status: isObject(status) ? status['code'] : (status ?? 0),
    statusMessage: isObject(status) ? status['message'] : undefined,
    resource: jsResource(span['resource']),
    scope,
    schemaUrl: scope?.['schemaUrl'],
  });
}

/**
 * What was serialized from within the SDK has its private fields only: `_attributes` (1.x), `_rawAttributes`, a list of
 * pairs (2.x).
 */
function jsResource(resource: unknown): object | undefined {
  if (!isObject(resource) || isObject(resource['attributes'])) return isObject(resource) ? resource : undefined;
  const pairs = resource['_rawAttributes'];
  const attributes = Array.isArray(pairs)
    ? Object.fromEntries(
        withoutHoles(pairs).filter(
          (each): each is [string, unknown] => Array.isArray(each) && typeof each[0] === 'string',
        ),
      )
    : resource['_attributes'];
  return { attributes };
}
