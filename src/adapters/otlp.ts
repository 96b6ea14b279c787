import { isObject } from '../conventions/json.ts';
import { textOf } from '../model/attributes.ts';
import { OTEL_KINDS, SPAN_FLAGS } from '../model/codes.ts';
import { otelId, type OtelId } from './otelId.ts';
import type { SpanSink, TraceAdapter } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * OTLP JSON (opentelemetry-proto, trace.proto in its JSON mapping): `{ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }`,
 * one envelope or a list of them. Kind and status are numbers by specification; the enum names that other printers write are read too.
 */
export const otlp: TraceAdapter = {
  name: 'otlp',
  detect(document) {
    const envelope = Array.isArray(document) ? document[0] : document;
    return isObject(envelope) && Array.isArray(envelope['resourceSpans']) ? { confidence: 1, reason: 'has resourceSpans' } : null;
  },
  read(document, sink) {
    const traceIdOf = createTraceIdReader();
    for (const envelope of Array.isArray(document) ? document : [document]) {
      if (!isObject(envelope)) {
        sink.diagnostic('mixed-format', 'An entry of the list is no OTLP envelope and was left out.');
        continue;
      }
      for (const resourceSpans of objects(envelope['resourceSpans'])) {
        const resource = isObject(resourceSpans['resource']) ? resourceSpans['resource'] : undefined;
        for (const scopeSpans of objects(resourceSpans['scopeSpans'])) {
          const scope = isObject(scopeSpans['scope']) ? scopeSpans['scope'] : undefined;
          for (const span of listOf(scopeSpans['spans'])) {
            if (isObject(span)) readSpan(span, resource, scope, sink, traceIdOf);
            else sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
          }
        }
      }
    }
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): readonly Fields[] => listOf(value).filter(isObject);

/** Neighbours mostly belong to one trace, so its id is looked at once. */
function createTraceIdReader(): (value: unknown) => OtelId {
  let last: unknown;
  let read = otelId(last, 32);
  return (value) => {
    if (value !== last) read = otelId((last = value), 32);
    return read;
  };
}

function readSpan(span: Fields, resource: Fields | undefined, scope: Fields | undefined, sink: SpanSink, traceIdOf: (value: unknown) => OtelId): void {
  const spanId = otelId(span['spanId'], 16);
  const traceId = traceIdOf(span['traceId']);
  const parentSpanId = otelId(span['parentSpanId'], 16);
  const status = isObject(span['status']) ? span['status'] : undefined;
  sink.span({
    traceId: traceId.id,
    spanId: spanId.id,
    parentSpanId: parentSpanId.id,
    idFlags: spanId.bad || traceId.bad || parentSpanId.bad ? SPAN_FLAGS['bad-id'] : 0,
    name: span['name'],
    start: span['startTimeUnixNano'],
    end: span['endTimeUnixNano'],
    status: status && statusWord(status['code']),
    statusMessage: status?.['message'],
    otelKind: kindWord(span['kind']),
    source: span,
    attributes: span['attributes'],
    resource,
    scope,
    events: span['events'],
    links: span['links'],
  });
}

/** 2, "2", "STATUS_CODE_ERROR" and "Error" all mean error. */
function statusWord(code: unknown): string {
  if (code === undefined || code === 0) return 'unset';
  if (code === 2) return 'error';
  if (code === 1) return 'ok';
  const word = (textOf(code) ?? '').replace(/^STATUS_CODE_/i, '').toLowerCase();
  return ({ 1: 'ok', 2: 'error' } as Readonly<Record<string, string>>)[word] ?? word;
}

/** 3, "3", "SPAN_KIND_CLIENT" and "client" all mean client. */
function kindWord(kind: unknown): string | null {
  if (typeof kind === 'number') return OTEL_KINDS[kind] ?? null;
  const word = (textOf(kind) ?? '').replace(/^SPAN_KIND_/i, '').toLowerCase();
  return (OTEL_KINDS as readonly (string | null)[]).includes(word) ? word : OTEL_KINDS[Number(word || 0)] ?? null;
}
