import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { statusWord } from '../otel/otelEnums.ts';
import type { SpanRecord } from '../types.ts';

/**
 * What a span without an envelope says of itself: what stands around it elsewhere, and, in rows that were written by
 * hand, times and status as OpenTelemetry's API calls them.
 */
export const flatFields = (span: Fields): Partial<SpanRecord> => ({
  ...('parent_id' in span ? { parentSpanId: span['parent_id'] } : {}),
  ...ownAround(span),
  ...flatTimes(span),
  ...flatStatus(span),
  ...(typeof span['attributes'] === 'string'
    ? { attributes: jsonObject(span['attributes']) ?? span['attributes'] }
    : {}),
});

/** Times as ISO text, or as numbers whose size says what they count. */
function flatTimes(span: Fields): Partial<SpanRecord> {
  if ('startTimeUnixNano' in span || 'start_time_unix_nano' in span) return {};
  const start = span['start_time'] ?? span['startTime'];
  return {
    start,
    end: span['end_time'] ?? span['endTime'],
    ...(typeof start === 'string' && !/^\d+(?:\.\d+)?$/.test(start) ? { timeUnit: 'iso' } : {}),
  };
}

function ownAround(span: Fields): Partial<SpanRecord> {
  const { resource } = span;
  const schemaUrl = span['schemaUrl'] ?? span['schema_url'] ?? (isObject(resource) ? resource['schemaUrl'] : undefined);
  return {
    resource: resourceOf(resource ?? span['resourceAttributes'] ?? span['resource_attributes']),
    scope: [span['scope'], span['instrumentationScope'], span['instrumentation_scope']].find(isObject),
    service: span['serviceName'] ?? span['service_name'],
    ...(schemaUrl === undefined ? {} : { schemaUrl }),
  };
}

/** A resource, of which some write the attributes alone, or as JSON text. */
function resourceOf(resource: unknown): object | undefined {
  if (Array.isArray(resource)) return { attributes: resource };
  const fields = isObject(resource) ? resource : jsonObject(resource);
  if (!fields) return undefined;
  return 'attributes' in fields || Object.keys(fields).length === 0 ? fields : { attributes: fields };
}

/** The status of a row, in one field or in several. */
function flatStatus(span: Fields): Partial<SpanRecord> {
  const { status } = span;
  const [code, message] = isObject(status)
    ? [
        status['code'] ?? status['status_code'] ?? status['statusCode'],
        status['message'] ?? status['description'] ?? status['status_message'],
      ]
    : [status ?? span['status_code'] ?? span['statusCode'], span['status_message'] ?? span['statusMessage']];
  return { ...(code === undefined ? {} : { status: statusWord(code) }), statusMessage: message };
}
