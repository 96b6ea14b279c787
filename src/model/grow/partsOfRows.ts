import type { SpanIds } from '../build/spanIds.ts';
import type { ByIndex, SpanAmounts, SpanEntry, TraceParts } from '../entry.ts';
import { nanosBetween, type Instant } from '../time.ts';
import type { TraceColumns } from '../types.ts';

/** What of a trace is not in its columns, looked up in the entries when somebody asks. */
export function partsOfRows(
  entries: readonly SpanEntry[],
  columns: TraceColumns,
  amounts: readonly SpanAmounts[],
  spanIds: SpanIds,
  origin: Instant,
): Omit<TraceParts, 'traceId' | 'about' | 'origin' | 'lastEvent'> {
  return {
    columns,
    amounts,
    spanIds,
    content: { at: (index) => entries[index]?.content },
    // No two spans share an id.
    keySuffixes: new Map(),
    exactTimes: byIndex((index) => {
      const { start, end } = entries[index]!;
      const ends = end ? nanosBetween(origin, end) : Number.NaN;
      const shown = columns.start[index]!;
      return ends < shown || ends > Number.MAX_SAFE_INTEGER || !Number.isSafeInteger(shown)
        ? { start, end }
        : undefined;
    }),
    strayParentIds: byIndex((index) =>
      columns.parent[index] === -1 ? (entries[index]!.parentSpanId ?? undefined) : undefined,
    ),
    statusMessages: byIndex((index) => entries[index]!.statusMessage ?? undefined),
    statusOrigins: byIndex((index) => entries[index]!.statusOrigin ?? undefined),
    scores: byIndex((index) => entries[index]!.scores),
  };
}

const byIndex = <Value>(get: (index: number) => Value | undefined): ByIndex<Value> => ({
  get,
  has: (index) => get(index) !== undefined,
});
