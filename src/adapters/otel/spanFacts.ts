import { optional, type Fields } from '../../conventions/json.ts';
import { amount } from '../../model/attributes.ts';
import type { SpanContent } from '../../model/types.ts';

const droppedCount = (record: Fields, camel: string, snake: string): number =>
  Math.max(0, amount(record[camel] ?? record[snake]) ?? 0);

/** How many attributes an event or link has lost on its way; left out where none. */
export function droppedAttributes(record: Fields): { readonly droppedAttributes?: number } {
  const count = droppedCount(record, 'droppedAttributesCount', 'dropped_attributes_count');
  return count > 0 ? { droppedAttributes: count } : {};
}

/**
 * What OTLP records of a span beside attributes, events and links (opentelemetry-proto trace.proto; SpanFlags: bit 8
 * says that bit 9 is known).
 */
export function spanFacts(source: object): Pick<SpanContent, 'dropped' | 'flags' | 'remoteParent' | 'traceState'> {
  const span = source as Fields;
  const dropped = {
    attributes: droppedCount(span, 'droppedAttributesCount', 'dropped_attributes_count'),
    events: droppedCount(span, 'droppedEventsCount', 'dropped_events_count'),
    links: droppedCount(span, 'droppedLinksCount', 'dropped_links_count'),
  };
  const flags = amount(span['flags']);
  return {
    ...(dropped.attributes + dropped.events + dropped.links > 0 ? { dropped } : {}),
    ...(flags === null ? {} : { flags, ...((flags & 0x100) === 0 ? {} : { remoteParent: (flags & 0x200) !== 0 }) }),
    ...optional('traceState', span['traceState'] ?? span['trace_state']),
  };
}
