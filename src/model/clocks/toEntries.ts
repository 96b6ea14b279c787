import { OTEL_KINDS, SPAN_FLAGS, SPAN_STATUSES } from '../codes.ts';
import type { SpanEntry } from '../entry.ts';
import { instantOf, type Instant } from '../time.ts';
import type { ColumnTrace } from '../trace.ts';
import type { Nanos, TraceColumns } from '../types.ts';

/** Marks that reading a record has set; all others come again when a trace is built. */
const OF_READING =
  SPAN_FLAGS['bad-timestamp'] |
  SPAN_FLAGS['unit-guessed'] |
  SPAN_FLAGS['bad-id'] |
  SPAN_FLAGS['missing-span-id'] |
  SPAN_FLAGS['duplicate-span-id'] |
  SPAN_FLAGS['clock-corrected'];

/** A moment of a trace, `nanos` from its origin. */
export function instantAt({ parts: { origin } }: ColumnTrace, nanos: Nanos): Instant {
  const sum = origin.nanos + (nanos % 1e9);
  const carry = Math.floor(sum / 1e9);
  return instantOf(origin.seconds + Math.trunc(nanos / 1e9) + carry, sum - carry * 1e9, false);
}

/**
 * What a trace was built from, so that it can be built again with something changed. Times are those that it shows;
 * `recorded` keeps others.
 */
export function toEntries(trace: ColumnTrace): readonly SpanEntry[] {
  const { columns, parts } = trace;
  const text = (column: Uint32Array, index: number): string | null => columns.strings[column[index]!] || null;
  return Array.from({ length: trace.spanCount }, (_, index): SpanEntry => {
    const flags = columns.flags[index]!;
    const recorded = parts.exactTimes.get(index);
    const scores = parts.scores.get(index);
    const lies = (flags & SPAN_FLAGS['end-before-start']) !== 0 && recorded !== undefined;
    const shownEnd = Number.isNaN(columns.end[index]) ? null : instantAt(trace, columns.end[index]!);
    return {
      spanId: parts.spanIds.at(index),
      parentSpanId: trace.span(index).parentSpanId,
      name: text(columns.name, index) ?? '',
      start: (flags & SPAN_FLAGS['missing-start']) !== 0 ? null : instantAt(trace, columns.start[index]!),
      end: lies && shownEnd ? recorded.end : shownEnd,
      kind: columns.kinds[columns.kind[index]!]!,
      rawKind: text(columns.rawKind, index),
      otelKind: OTEL_KINDS[columns.otelKind[index]!] ?? null,
      status: SPAN_STATUSES[columns.status[index]!]!,
      ...(parts.statusOrigins.has(index) ? { statusOrigin: parts.statusOrigins.get(index)! } : {}),
      statusMessage: parts.statusMessages.get(index) ?? null,
      service: text(columns.service, index),
      model: text(columns.model, index),
      provider: text(columns.provider, index),
      amounts: parts.amounts[columns.amounts[index]!] ?? null,
      flags: flags & OF_READING,
      content: parts.content.at(index)!,
      ...graphNodeOf(columns, index),
      // Siblings that start together stay in the order they have.
      ...(Number.isNaN(columns.graphStep?.[index] ?? Number.NaN) ? {} : { graphStep: columns.graphStep![index]! }),
      dottedOrder: String(index).padStart(10, '0'),
      ...(recorded && !lies ? { recorded } : {}),
      ...(scores ? { scores } : {}),
    };
  });
}

function graphNodeOf({ graphNode, graphName, graphParent, strings }: TraceColumns, index: number): Partial<SpanEntry> {
  const id = strings[graphNode?.[index] ?? 0]!;
  if (id === '') return {};
  const text = (column: Uint32Array | undefined): string | null => strings[column?.[index] ?? 0] || null;
  return { graphNode: { id, name: text(graphName), before: text(graphParent) } };
}
