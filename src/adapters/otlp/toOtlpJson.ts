import { isObject } from '../../conventions/json.ts';
import { readEnvelope } from '../../conventions/readEnvelope.ts';
import { toJson } from '../../conventions/toJson.ts';
import { OTEL_KINDS } from '../../model/codes.ts';
import { eventUnixNano } from '../../model/eventTime.ts';
import type { Span, SpanContent, SpanEvent, SpanLink, Trace, TraceSet } from '../../model/types.ts';
import { contentHere, tracesOf } from '../native/toNativeJson.ts';
import { keyValues } from './anyValue.ts';
import {
  noteRecorded,
  noRecordedFacts,
  exportedAttributes,
  traceAttributes,
  exportedScores,
} from './exportedAttributes.ts';
import { writtenId } from './exportedId.ts';

/**
 * A set or a trace as OTLP JSON, `{ resourceSpans: [...] }`, for `JSON.stringify`: what other programs read. Attributes
 * stay as they are; what they do not say yet (kind, model, tokens, cost, input and output, scores, session) is added in
 * the words of OpenInference and OpenTelemetry. OTLP has no words for other currencies than dollars, for computed costs
 * and for free token counts: these stay behind. Ids of other forms become hexadecimal (`writtenId`) and stay known in
 * `spanwise.trace_id` and `spanwise.span_id`. Throws TypeError where content is remote, that is, a promise.
 */
export function toOtlpJson(set: TraceSet | Trace): { readonly resourceSpans: readonly unknown[] } {
  const groups: OtlpGroups = new Map();
  for (const trace of tracesOf(set)) {
    const writer = otlpWriter(trace, groups);
    for (let index = 0; index < trace.spanCount; index += 1) writer.add(trace.span(index), contentHere(trace, index));
    writer.finish();
  }
  return otlpDocument(groups);
}

/** Resources, and below them scopes, that spans were written under so far. */
export type OtlpGroups = Map<string, ResourceGroup>;

export const otlpDocument = (groups: OtlpGroups): { readonly resourceSpans: readonly unknown[] } => ({
  resourceSpans: Array.from(groups.values(), ({ resource, scopes }) => ({
    resource,
    scopeSpans: Array.from(scopes.values(), ({ scope, spans, schemaUrl }) => ({
      ...(scope ? { scope } : {}),
      spans,
      ...(schemaUrl === undefined ? {} : { schemaUrl }),
    })),
  })),
});

/**
 * Writes spans of a trace one by one, for those who wait for contents or write only some. The first one carries what
 * is known of the trace, once all are there.
 */
export function otlpWriter(
  trace: Trace,
  groups: OtlpGroups,
): { add(span: Span, content: SpanContent): void; finish(): void } {
  const recorded = noRecordedFacts();
  /** Spans to which something is added once all were seen: the first and those with scores. */
  const waiting: Waiting[] = [];
  let first: Span | null = null;
  return {
    add(span, content) {
      first ??= span;
      const envelope = readEnvelope(
        content.attributes,
        { name: span.name, ...(content.scope ? { scope: content.scope } : {}) },
        () => content.events,
      );
      noteRecorded(recorded, envelope, content, span.parentSpanId === null);
      const attributes = new Map([
        ...content.attributes,
        ...exportedAttributes(span, content, envelope),
        ...otherIds(span),
      ]);
      const written = otlpSpan(span, content, attributes, trace);
      if (span === first || span.scores.length > 0) waiting.push({ written, attributes, span });
      groupOf(groups, span, content).spans.push(written);
    },
    finish() {
      for (const { written, attributes, span } of waiting) {
        const added = [
          ...exportedScores(span.scores, recorded, attributes),
          ...(span === first ? traceAttributes(trace, recorded, attributes) : []),
        ];
        if (added.length > 0) written['attributes'] = keyValues(new Map([...attributes, ...added]));
      }
    },
  };
}

type Attributes = SpanContent['attributes'];

interface Waiting {
  readonly written: Record<string, unknown>;
  readonly attributes: Attributes;
  readonly span: Span;
}

interface ScopeGroup {
  readonly scope: object | null;
  readonly schemaUrl: string | undefined;
  readonly spans: unknown[];
}
interface ResourceGroup {
  readonly resource: object;
  readonly scopes: Map<string, ScopeGroup>;
}

function groupOf(
  groups: Map<string, ResourceGroup>,
  span: Span,
  { resource, scope, schemaUrl }: SpanContent,
): ScopeGroup {
  const known =
    resource.has('service.name') || span.service === null
      ? resource
      : new Map([['service.name', span.service], ...resource]);
  const resourceJson = { attributes: keyValues(known) };
  const resourceId = toJson(resourceJson);
  let group = groups.get(resourceId);
  if (!group) groups.set(resourceId, (group = { resource: resourceJson, scopes: new Map() }));
  const scopeJson = scope && {
    name: scope.name,
    ...(scope.version === undefined ? {} : { version: scope.version }),
    ...(scope.attributes.size > 0 ? { attributes: keyValues(scope.attributes) } : {}),
  };
  const scopeId = toJson([scopeJson, schemaUrl]);
  let found = group.scopes.get(scopeId);
  if (!found) group.scopes.set(scopeId, (found = { scope: scopeJson, schemaUrl, spans: [] }));
  return found;
}

const STATUS_CODES: Readonly<Record<string, number>> = { ok: 1, error: 2 };

function otlpSpan(
  span: Span,
  content: SpanContent,
  attributes: Attributes,
  { originUnixNano }: Trace,
): Record<string, unknown> {
  const parent = span.parent ? idOf(span.parent) : span.parentSpanId;
  const code = STATUS_CODES[span.status];
  const own = content.links.filter(({ direction }) => direction === 'out');
  return {
    ...unknownFields(content.raw),
    traceId: writtenId(span.traceId, 32),
    spanId: writtenId(idOf(span), 16),
    ...(parent === null ? {} : { parentSpanId: writtenId(parent, 16) }),
    name: span.name,
    ...(span.otelKind === null ? {} : { kind: OTEL_KINDS.indexOf(span.otelKind) }),
    startTimeUnixNano: sinceEpoch(span.startUnixNano) ?? '0',
    ...(sinceEpoch(span.endUnixNano) === null ? {} : { endTimeUnixNano: sinceEpoch(span.endUnixNano) }),
    attributes: keyValues(attributes),
    ...(content.events.length > 0 ? { events: content.events.map((event) => otlpEvent(event, originUnixNano)) } : {}),
    ...(own.length > 0 ? { links: own.map(otlpLink) } : {}),
    status: {
      ...(code === undefined ? {} : { code }),
      ...(span.statusMessage === null ? {} : { message: span.statusMessage }),
    },
    ...(content.traceState === undefined ? {} : { traceState: content.traceState }),
    ...(content.flags === undefined ? {} : { flags: content.flags }),
    ...dropped(content),
  };
}

/**
 * Spans that share an id must not, where children have to find their parent: the second and later ones go by their key.
 */
const idOf = (span: Span): string => (span.key.endsWith(`/${span.spanId}`) ? span.spanId : span.key);

/** The ids as they were, where OTLP does not take them. */
const otherIds = ({ traceId, spanId }: Span): readonly (readonly [string, string])[] => [
  ...(writtenId(traceId, 32) === traceId ? [] : [['spanwise.trace_id', traceId] as const]),
  ...(writtenId(spanId, 16) === spanId ? [] : [['spanwise.span_id', spanId] as const]),
];

const IN_CAMEL_CASE = [
  'traceId',
  'spanId',
  'parentSpanId',
  'traceState',
  'flags',
  'name',
  'kind',
  'startTimeUnixNano',
  'endTimeUnixNano',
  'attributes',
  'events',
  'links',
  'status',
  'droppedAttributesCount',
  'droppedEventsCount',
  'droppedLinksCount',
] as const;

/** The fields of a span in OTLP (opentelemetry-proto trace.proto), in both spellings of protobuf's JSON. */
const SPAN_FIELDS: ReadonlySet<string> = new Set([
  ...IN_CAMEL_CASE,
  ...IN_CAMEL_CASE.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)),
]);

/**
 * Fields of an OTLP record that the specification does not know: readers ignore them, and they are not ours to drop.
 */
function unknownFields(raw: readonly unknown[]): object {
  const [record] = raw;
  if (raw.length !== 1 || !isObject(record) || !('startTimeUnixNano' in record || 'start_time_unix_nano' in record))
    return {};
  return Object.fromEntries(Object.entries(record).filter(([field]) => !SPAN_FIELDS.has(field)));
}

/** OTLP counts from the epoch on, and has no word for a moment before. */
const sinceEpoch = (nanos: bigint | null): string | null => (nanos === null || nanos < 0n ? null : nanos.toString());

function otlpEvent(event: SpanEvent, origin: bigint): object {
  const { name, attributes, droppedAttributes } = event;
  const time = sinceEpoch(eventUnixNano(event, origin));
  return {
    name,
    ...(time === null ? {} : { timeUnixNano: time }),
    attributes: keyValues(attributes),
    ...(droppedAttributes === undefined ? {} : { droppedAttributesCount: droppedAttributes }),
  };
}

const otlpLink = ({ traceId, spanId, attributes, traceState, droppedAttributes }: SpanLink): object => ({
  traceId: writtenId(traceId, 32),
  spanId: writtenId(spanId, 16),
  attributes: keyValues(attributes),
  ...(traceState === undefined ? {} : { traceState }),
  ...(droppedAttributes === undefined ? {} : { droppedAttributesCount: droppedAttributes }),
});

const dropped = ({ dropped: counts }: SpanContent): object =>
  counts
    ? { droppedAttributesCount: counts.attributes, droppedEventsCount: counts.events, droppedLinksCount: counts.links }
    : {};
