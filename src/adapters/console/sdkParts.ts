import { isObject, optional, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { OTEL_KINDS } from '../../model/codes.ts';
import type { SpanContent } from '../../model/types.ts';
import { eachObject } from '../tolerant/readEach.ts';
import { otherFields } from '../otel/otherFields.ts';
import { statusWord } from '../otel/otelEnums.ts';
import { idFlags, otelId } from '../otel/otelId.ts';
import { spanFacts } from '../otel/spanFacts.ts';
import type { SpanRecord } from '../types.ts';

/**
 * What each SDK has under names or in forms of its own: ids and status as they were printed, the rest as the sink takes
 * it.
 */
type SdkOwn = Pick<
  SpanRecord,
  | 'traceId'
  | 'spanId'
  | 'parentSpanId'
  | 'start'
  | 'end'
  | 'timeUnit'
  | 'status'
  | 'statusMessage'
  | 'resource'
  | 'scope'
  | 'schemaUrl'
>;

/** A span of either SDK as a record; the fields beyond `read` become attributes. */
export function sdkRecord(
  span: Fields,
  source: object,
  read: Pick<ReadonlySet<string>, 'has'>,
  own: SdkOwn,
): SpanRecord {
  const traceId = otelId(own.traceId, 32);
  const spanId = otelId(own.spanId, 16);
  const parent = otelId(own.parentSpanId, 16);
  return {
    ...own,
    traceId: traceId.id,
    spanId: spanId.id,
    parentSpanId: parent.id,
    idFlags: idFlags(traceId, spanId, parent),
    name: span['name'],
    status: statusWord(own.status),
    otelKind: apiKind(span['kind']),
    source,
    attributes: sdkAttributes(span, read),
    events: span['events'],
    links: sdkLinks(span['links']),
    content: sdkFacts,
  };
}

/**
 * Attributes as the SDKs hold them: an object of scalars and lists of scalars. It is taken as it is, unless the span
 * has fields beyond those of `read`, which join it.
 */
function sdkAttributes(span: Fields, read: Pick<ReadonlySet<string>, 'has'>): unknown {
  const others = new Map<string, unknown>();
  otherFields(span, read, 'console.', others);
  const own = span['attributes'];
  // Asked first: of a proxy that was revoked not even this can be read, and then the span is read without it.
  const plain = isObject(own);
  return others.size === 0 ? own : new Map([...(plain ? Object.entries(own) : []), ...others]);
}

/**
 * The API's numbers are one less than OTLP's (opentelemetry-js, api/src/trace/span_kind.ts); Python says
 * `SpanKind.CLIENT`.
 */
function apiKind(kind: unknown): string | null {
  if (typeof kind === 'number') return kind >= 0 ? (OTEL_KINDS[kind + 1] ?? null) : null;
  const word = (textOf(kind) ?? '').replace(/^(?:SpanKind\.|SPAN_KIND_)/i, '').toLowerCase();
  return (OTEL_KINDS as readonly unknown[]).includes(word) ? word : null;
}

/** Links hold the context of the span that they lead to. */
function sdkLinks(links: unknown): unknown {
  return Array.isArray(links) && links.length === 0
    ? undefined
    : eachObject(links, (link) => {
        const context = isObject(link['context']) ? link['context'] : {};
        return {
          traceId: context['traceId'] ?? context['trace_id'],
          spanId: context['spanId'] ?? context['span_id'],
          attributes: link['attributes'],
          traceState: traceState(context['traceState'] ?? context['trace_state']),
          droppedAttributesCount: link['droppedAttributesCount'],
        };
      });
}

/** Python prints the header as a list, and `[]` where there is none. */
const traceState = (value: unknown): string | undefined => (value === '[]' ? undefined : (textOf(value) ?? undefined));

/** What the SDKs record of a span beside attributes, events and links. */
function sdkFacts(source: object): Pick<SpanContent, 'dropped' | 'flags' | 'remoteParent' | 'traceState'> {
  const span = source as Fields;
  const own = [span['spanContext'], span['_spanContext'], span['context'], span].find(isObject)!;
  const parent = span['parentSpanContext'];
  const remote = isObject(parent) ? parent['isRemote'] : undefined;
  return {
    ...spanFacts(source),
    ...(typeof remote === 'boolean' ? { remoteParent: remote } : {}),
    ...optional('traceState', traceState(own['traceState'] ?? own['trace_state'])),
  };
}
