import { isObject } from '../conventions/json.ts';
import { OTEL_KINDS, SPAN_FLAGS } from '../model/codes.ts';
import { otelId } from './otelId.ts';
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
    for (const envelope of Array.isArray(document) ? document : [document]) {
      if (!isObject(envelope)) {
        sink.diagnostic('mixed-format', 'An entry of the list is no OTLP envelope and was left out.');
        continue;
      }
      for (const resourceSpans of objects(envelope['resourceSpans'])) {
        const resource = isObject(resourceSpans['resource']) ? resourceSpans['resource'] : undefined;
        for (const scopeSpans of objects(resourceSpans['scopeSpans'])) {
          const scope = isObject(scopeSpans['scope']) ? scopeSpans['scope'] : undefined;
          for (const span of listOf(scopeSpans['spans'])) readSpan(span, resource, scope, sink);
        }
      }
    }
  },
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objects = (value: unknown): readonly Fields[] => listOf(value).filter(isObject);

function readSpan(span: unknown, resource: Fields | undefined, scope: Fields | undefined, sink: SpanSink): void {
  if (!isObject(span)) {
    sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
    return;
  }
  const spanId = otelId(span['spanId'], 16);
  const traceId = otelId(span['traceId'], 32);
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
  const word = String(code).replace(/^STATUS_CODE_/i, '').toLowerCase();
  return ({ 1: 'ok', 2: 'error' } as Readonly<Record<string, string>>)[word] ?? word;
}

/** 3, "3", "SPAN_KIND_CLIENT" and "client" all mean client. */
function kindWord(kind: unknown): string | null {
  const number = Number(kind);
  if (Number.isInteger(number)) return OTEL_KINDS[number] ?? null;
  const word = String(kind).replace(/^SPAN_KIND_/i, '').toLowerCase();
  return (OTEL_KINDS as readonly (string | null)[]).includes(word) ? word : null;
}
