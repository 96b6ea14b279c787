import { isObject, type Fields } from '../../conventions/json.ts';
import type { SpanRecord } from '../types.ts';
import { sdkRecord } from './sdkParts.ts';

const READ: ReadonlySet<string> = new Set([
  'name',
  'context',
  'kind',
  'parent_id',
  'start_time',
  'end_time',
  'status',
  'attributes',
  'events',
  'links',
  'resource',
  'instrumentation_scope',
  'instrumentation_info',
]);

/**
 * `to_json()` of Python's ReadableSpan (opentelemetry-python, sdk/trace): ids begin with `0x`, times are ISO 8601 with
 * microseconds.
 */
export function pythonSpan(span: Fields, source: object): SpanRecord {
  const { status, resource, start_time: start } = span;
  const context = isObject(span['context']) ? span['context'] : {};
  const around = isObject(resource) ? resource : undefined;
  return sdkRecord(span, source, READ, {
    traceId: context['trace_id'],
    spanId: context['span_id'],
    parentSpanId: span['parent_id'],
    start,
    end: span['end_time'],
    timeUnit: typeof start === 'number' ? 'ns' : 'iso',
    status: isObject(status) ? status['status_code'] : (status ?? 0),
    statusMessage: isObject(status) ? status['description'] : undefined,
    resource: around,
    scope: [span['instrumentation_scope'], span['instrumentation_info']].find(isObject),
    schemaUrl: around?.['schema_url'],
  });
}
