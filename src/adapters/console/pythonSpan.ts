import { isObject } from '../../conventions/json.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import { statusWord } from '../otlp/otelEnums.ts';
import { otelId } from '../otlp/otelId.ts';
import type { Fields } from '../readEach.ts';
import type { SpanRecord } from '../types.ts';
import { apiKind, sdkAttributes, sdkFacts, sdkLinks } from './sdkParts.ts';

const READ: ReadonlySet<string> = new Set([
  'name', 'context', 'kind', 'parent_id', 'start_time', 'end_time', 'status', 'attributes', 'events', 'links', 'resource', 'instrumentation_scope', 'instrumentation_info',
]);

/** `to_json()` of Python's ReadableSpan (opentelemetry-python, sdk/trace): ids begin with `0x`, times are ISO 8601 with microseconds. */
export function pythonSpan(span: Fields, source: object): SpanRecord {
  const { status, resource, start_time: start } = span;
  const context = isObject(span['context']) ? span['context'] : {};
  const traceId = otelId(context['trace_id'], 32);
  const spanId = otelId(context['span_id'], 16);
  const parent = otelId(span['parent_id'], 16);
  const around = isObject(resource) ? resource : undefined;
  return {
    traceId: traceId.id,
    spanId: spanId.id,
    parentSpanId: parent.id,
    idFlags: traceId.bad || spanId.bad || parent.bad ? SPAN_FLAGS['bad-id'] : 0,
    name: span['name'],
    start,
    end: span['end_time'],
    timeUnit: typeof start === 'number' ? 'ns' : 'iso',
    status: isObject(status) ? statusWord(status['status_code']) : statusWord(status ?? 0),
    statusMessage: isObject(status) ? status['description'] : undefined,
    otelKind: apiKind(span['kind']),
    source,
    attributes: sdkAttributes(span, READ),
    resource: around,
    scope: [span['instrumentation_scope'], span['instrumentation_info']].find(isObject),
    schemaUrl: around?.['schema_url'],
    events: span['events'],
    links: sdkLinks(span['links']),
    content: sdkFacts,
  };
}
