import { isObject } from '../../conventions/json.ts';
import { attributeMap } from '../../model/attributes.ts';
import type { SpanLink } from '../../model/types.ts';
import { otelId } from '../otel/otelId.ts';
import type { SpanRecord } from '../types.ts';
import { withoutHoles } from '../../model/holes.ts';

/** A link that a span carries, on its way to the span it names. */
export interface RecordedLink {
  readonly from: { readonly traceId: string; readonly spanId: string };
  readonly to: { readonly traceId: string; readonly spanId: string };
  readonly attributes: unknown;
}

const NO_LINKS: readonly RecordedLink[] = [];

/** The span that a link leads to. */
export const linkTarget = (link: Readonly<Record<string, unknown>>): Pick<SpanLink, 'traceId' | 'spanId'> => ({
  traceId: otelId(link['traceId'] ?? link['trace_id'], 32).id ?? '',
  spanId: otelId(link['spanId'] ?? link['span_id'], 16).id ?? '',
});

/** The links that a record holds; those that cannot be read are reported when its content is opened. */
export function recordedLinks({ links }: SpanRecord, traceId: string, spanId: string): readonly RecordedLink[] {
  try {
    if (!Array.isArray(links) || links.length === 0) return NO_LINKS;
    const from = { traceId, spanId };
    return withoutHoles(links)
      .filter(isObject)
      .map((link) => ({ from, to: linkTarget(link), attributes: link['attributes'] }));
  } catch {
    return NO_LINKS;
  }
}

/**
 * Links by the span they lead to: trace by `keyOf`, then span id. Copies of one link count once; the order is that of
 * their origins.
 */
export function linksByTarget(
  links: readonly RecordedLink[],
  keyOf: (traceId: string) => string,
): ReadonlyMap<string, ReadonlyMap<string, readonly SpanLink[]>> {
  const byTrace = new Map<string, Map<string, Map<string, SpanLink>>>();
  for (const { from, to, attributes } of links) {
    const bySpan = entryOf(byTrace, keyOf(to.traceId), () => new Map<string, Map<string, SpanLink>>());
    entryOf(bySpan, to.spanId, () => new Map<string, SpanLink>()).set(`${from.traceId}/${from.spanId}`, {
      ...from,
      direction: 'in',
      attributes: attributeMap(attributes),
    });
  }
  return new Map(
    Array.from(byTrace, ([trace, bySpan]) => [
      trace,
      new Map(Array.from(bySpan, ([span, found]) => [span, sorted(found)])),
    ]),
  );
}

const sorted = (links: ReadonlyMap<string, SpanLink>): readonly SpanLink[] =>
  Array.from(links)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, link]) => link);

function entryOf<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
