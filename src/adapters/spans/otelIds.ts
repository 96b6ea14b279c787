import { idFlags, otelId } from '../otel/otelId.ts';
import type { SpanRecord } from '../types.ts';

/** The ids of a row as OpenTelemetry writes them. */
export function otelIds(
  traceId: unknown,
  spanId: unknown,
  parentSpanId: unknown,
): Pick<SpanRecord, 'traceId' | 'spanId' | 'parentSpanId'> & { readonly idFlags: number } {
  const [trace, span, parent] = [otelId(traceId, 32), otelId(spanId, 16), otelId(parentSpanId, 16)];
  return { traceId: trace.id, spanId: span.id, parentSpanId: parent.id, idFlags: idFlags(trace, span, parent) };
}
