import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { endAfter } from '../otel/endAfter.ts';
import { otherFields } from '../otel/otherFields.ts';
import { kindWord, statusWord } from '../otel/otelEnums.ts';
import { idFlags, otelId } from '../otel/otelId.ts';
import type { SpanRecord } from '../types.ts';
import { readLogs } from './logs.ts';
import { readReferences } from './references.ts';
import { tagMap } from './tags.ts';

/** What the spans of one trace share. */
export interface AroundSpans {
  readonly traceId: unknown;
  /** The resource of a process by its name, such as `p1`. */
  readonly resource: (processId: string) => object | undefined;
}

const READ: ReadonlySet<string> = new Set([
  'traceID',
  'spanID',
  'parentSpanID',
  'parentSpanId',
  'operationName',
  'references',
  'startTime',
  'duration',
  'tags',
  'logs',
  'processID',
  'process',
]);

/**
 * A span of Jaeger's UI and query API (jaeger, uimodel Span) as a record: tags are attributes, logs events, other
 * references links. `bad` hears of tags without a key, and of what should be tags or references and is not.
 */
export function jaegerSpan(span: Fields, source: object, around: AroundSpans, bad: () => void): SpanRecord {
  const traceId = otelId(span['traceID'] ?? around.traceId, 32);
  const spanId = otelId(span['spanID'], 16);
  const { parent, links } = readReferences(span, traceId.id, bad);
  const attributes = tagMap(span['tags'], bad);
  const start = span['startTime'];
  const end = endAfter(start, span['duration'], 'us');
  const record: SpanRecord = {
    traceId: traceId.id,
    spanId: spanId.id,
    parentSpanId: parent.id,
    idFlags: idFlags(traceId, spanId, parent),
    name: span['operationName'],
    start,
    end,
    timeUnit: 'us',
    status: status(attributes),
    statusMessage: attributes.get('otel.status_description'),
    otelKind: kindWord(attributes.get('span.kind')),
    source,
    attributes,
    resource: isObject(span['process'])
      ? processResource(span['process'])
      : around.resource(textOf(span['processID']) ?? ''),
    scope: scope(attributes),
    events: readLogs(span['logs']),
    links,
  };
  otherFields(span, READ, 'jaeger.', attributes);
  return record;
}

/**
 * `service.name` and the tags of a process. The process itself stays part of it, so that equal spans of different
 * processes differ.
 */
export function processResource(process: Fields): object {
  const attributes = tagMap(process['tags']);
  const service = textOf(process['serviceName']);
  if (service !== null) attributes.set('service.name', service);
  return { attributes, process };
}

/**
 * OpenTracing's `error` tag, and OpenTelemetry's status as exporters to Jaeger write it (specification,
 * trace/sdk_exporters/jaeger.md).
 */
function status(attributes: ReadonlyMap<string, unknown>): string {
  if (textOf(attributes.get('error'))?.toLowerCase() === 'true') return 'error';
  return statusWord(attributes.get('otel.status_code'));
}

function scope(attributes: ReadonlyMap<string, unknown>): object | undefined {
  const name = textOf(attributes.get('otel.scope.name') ?? attributes.get('otel.library.name'));
  const version = attributes.get('otel.scope.version') ?? attributes.get('otel.library.version');
  return name === null ? undefined : { name, version };
}
