import { readTraces, type AttributeValue, type Span, type SpanContent, type TraceSet } from '../../../src/core.ts';

/** A span as a producer writes it; times are milliseconds. */
export interface Written {
  readonly name: string;
  readonly id?: string;
  readonly parent?: string;
  readonly start?: number;
  readonly end?: number | null;
  readonly status?: number;
  readonly scope?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly events?: readonly {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, AttributeValue>>;
  }[];
}

const AT = 1_795_359_116_000;
const nanos = (millis: number): string => `${AT + millis}000000`;
const keyValues = (attributes: Written['attributes'] = {}) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
const anyValue = (value: AttributeValue): object =>
  typeof value === 'string'
    ? { stringValue: value }
    : typeof value === 'boolean'
      ? { boolValue: value }
      : typeof value === 'number'
        ? { doubleValue: value }
        : { arrayValue: { values: (value as readonly AttributeValue[]).map(anyValue) } };

/** OTLP of one trace, read. */
export function readWritten(...spans: readonly Written[]): TraceSet {
  const scopeSpans = spans.map((span, place) => ({
    scope: { name: span.scope ?? '' },
    spans: [
      {
        traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
        spanId: hex(span.id ?? String(place)),
        parentSpanId: span.parent === undefined ? '' : hex(span.parent),
        name: span.name,
        startTimeUnixNano: nanos(span.start ?? 0),
        ...(span.end === null ? {} : { endTimeUnixNano: nanos(span.end ?? 1000) }),
        status: { code: span.status ?? 0 },
        attributes: keyValues(span.attributes),
        events: (span.events ?? []).map(({ name, attributes }) => ({
          name,
          timeUnixNano: nanos(1),
          attributes: keyValues(attributes),
        })),
      },
    ],
  }));
  return readTraces({ resourceSpans: [{ resource: { attributes: [] }, scopeSpans }] });
}

const hex = (id: string): string =>
  Array.from(id, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padStart(16, '0');

/** The spans in pre-order, and what the first one holds. */
export const spansOf = (...spans: readonly Written[]): readonly Span[] => [...readWritten(...spans).traces[0]!.spans()];
export const contentOf = (span: Written): SpanContent => spansOf(span)[0]!.content() as SpanContent;
