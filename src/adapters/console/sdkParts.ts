import { isObject, optional } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { OTEL_KINDS } from '../../model/codes.ts';
import type { SpanContent } from '../../model/types.ts';
import { otherFields } from '../otherFields.ts';
import { spanFacts } from '../otlp/spanFacts.ts';
import type { Fields } from '../readEach.ts';

/** Attributes as the SDKs hold them: an object of scalars and lists of scalars. It is taken as it is, unless the span has fields beyond those of `read`, which join it. */
export function sdkAttributes(span: Fields, read: Pick<ReadonlySet<string>, 'has'>): unknown {
  const others = new Map<string, unknown>();
  otherFields(span, read, 'console.', others);
  const own = span['attributes'];
  // Asked first: of a proxy that was revoked even this cannot be told, and then the span is read without it.
  const plain = isObject(own);
  return others.size === 0 ? own : new Map([...(plain ? Object.entries(own) : []), ...others]);
}

/** The API's numbers are one less than OTLP's (opentelemetry-js, api/src/trace/span_kind.ts); Python says `SpanKind.CLIENT`. */
export function apiKind(kind: unknown): string | null {
  if (typeof kind === 'number') return kind >= 0 ? OTEL_KINDS[kind + 1] ?? null : null;
  const word = (textOf(kind) ?? '').replace(/^(?:SpanKind\.|SPAN_KIND_)/i, '').toLowerCase();
  return (OTEL_KINDS as readonly unknown[]).includes(word) ? word : null;
}

/** Links hold the context of the span that they lead to. */
export function sdkLinks(links: unknown): readonly object[] | undefined {
  if (!Array.isArray(links) || links.length === 0) return undefined;
  return links.filter(isObject).map((link) => {
    const context = isObject(link['context']) ? link['context'] : {};
    return {
      traceId: context['traceId'] ?? context['trace_id'], spanId: context['spanId'] ?? context['span_id'], attributes: link['attributes'],
      traceState: traceState(context['traceState'] ?? context['trace_state']), droppedAttributesCount: link['droppedAttributesCount'],
    };
  });
}

/** Python prints the header as a list, and `[]` where there is none. */
const traceState = (value: unknown): string | undefined => (value === '[]' ? undefined : textOf(value) ?? undefined);

/** What the SDKs say of a span beside attributes, events and links. */
export function sdkFacts(source: object): Pick<SpanContent, 'dropped' | 'flags' | 'remoteParent' | 'traceState'> {
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
