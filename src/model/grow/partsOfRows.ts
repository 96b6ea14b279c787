import { PackedIds, type SpanIds } from '../build/spanIds.ts';
import type { ByIndex, SpanEntry, TraceParts } from '../entry.ts';
import { nanosBetween, type Instant } from '../time.ts';
import type { Facts } from './columnsOfRows.ts';

/** What of a trace is not in its columns, looked up in the entries when somebody asks. */
export function partsOfRows(
  parent: Int32Array,
  slots: Int32Array,
  entries: readonly SpanEntry[],
  facts: Facts,
  origin: Instant,
): Omit<TraceParts, 'traceId' | 'about' | 'origin' | 'lastEvent' | 'columns' | 'amounts'> {
  const entryAt = (index: number): SpanEntry | undefined => entries[slots[index]!];
  return {
    spanIds: idsOf(slots, entries),
    content: { at: (index) => entryAt(index)?.content },
    // No two spans share an id.
    keySuffixes: new Map(),
    exactTimes: byIndex((index) => {
      const { start, end } = entryAt(index)!;
      const ends = end ? nanosBetween(origin, end) : Number.NaN;
      const shown = facts.start![slots[index]!]!;
      return ends < shown || ends > Number.MAX_SAFE_INTEGER || !Number.isSafeInteger(shown)
        ? { start, end }
        : undefined;
    }),
    strayParentIds: byIndex((index) =>
      parent[index] === -1 ? (entryAt(index)!.parentSpanId ?? undefined) : undefined,
    ),
    statusMessages: byIndex((index) => entryAt(index)!.statusMessage ?? undefined),
    statusOrigins: byIndex((index) => entryAt(index)!.statusOrigin ?? undefined),
    scores: byIndex((index) => entryAt(index)!.scores),
  };
}

const byIndex = <Value>(get: (index: number) => Value | undefined): ByIndex<Value> => ({
  get,
  has: (index) => get(index) !== undefined,
});

function idsOf(slots: Int32Array, entries: readonly SpanEntry[]): SpanIds {
  let packed: SpanIds['packed'] | undefined;
  const at = (index: number): string => entries[slots[index]!]!.spanId;
  return {
    length: slots.length,
    at,
    get packed() {
      if (packed) return packed;
      const ids = new PackedIds(slots.length);
      for (let index = 0; index < slots.length; index += 1) ids.set(index, at(index));
      return (packed = ids.packed);
    },
  };
}
