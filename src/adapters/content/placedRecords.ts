import { textOf } from '../../model/attributes.ts';
import type { SpanEntry } from '../../model/entry.ts';
import { SpanRows } from '../../model/build/spanRows.ts';
import type { HeldBytes } from './heldBytes.ts';
import type { Pieces } from './pieces.ts';
import { SlicedContent } from './recordedContent.ts';
import { Slice, Slices, type SliceTable } from './slices.ts';
import type { SpanRecord } from '../types.ts';
import type { Gathered } from '../collect/collectSpans.ts';

/**
 * Records of which nothing is held but where they stand. Such as may come again are read at once all the same: those
 * that did come again are read a second time at the end, when all of them are known.
 */
export interface PlacedRecords {
  /** How many of those that may come again were read. */
  readonly count: number;
  /** A record with its place, where it has one among these. */
  place(record: SpanRecord, pieces: Pieces): SpanRecord;
  /** Whether nothing else of a record need be held until all are known. */
  holds(record: SpanRecord): boolean;
  /** Takes those records out of a trace that are not the only ones of their span, `held` included. */
  takeRepeats(found: Gathered, held: readonly SpanRecord[]): readonly SpanRecord[];
}

type Again = NonNullable<SpanRecord['again']>;

export function createPlacedRecords(): PlacedRecords {
  const tables = new Map<Pieces, Map<Again, PlacedSlices>>();
  const known = new WeakSet<SliceTable>();
  let count = 0;
  let heldIds: ReadonlySet<string | null> | undefined;
  const tableOf = (pieces: Pieces, again: Again): PlacedSlices => {
    let ofPieces = tables.get(pieces);
    if (!ofPieces) tables.set(pieces, (ofPieces = new Map()));
    let table = ofPieces.get(again);
    if (!table) {
      ofPieces.set(again, (table = new PlacedSlices(pieces.held, again)));
      known.add(table);
    }
    return table;
  };
  return {
    get count() {
      return count;
    },
    place(record, pieces) {
      const number = record.again ? pieces.numberOf(record.source) : -1;
      if (number === -1) return record;
      const [start, end] = pieces.place(number);
      const table = tableOf(pieces, record.again!);
      table.add(start, end);
      pieces.take(number);
      return { ...record, slice: new Slice(table, table.count - 1), isWhole: true };
    },
    holds(record) {
      const isHeld = record.slice !== undefined && known.has(record.slice.slices);
      if (isHeld) count += 1;
      return isHeld;
    },
    takeRepeats(found, held) {
      const { spans, about } = found;
      heldIds ??= new Set(held.map(({ spanId }) => textOf(spanId)));
      const once = new Set<string>();
      const repeated = new Set<string>();
      for (let row = 0; row < spans.length; row += 1) {
        const id = spans.spanId(row);
        if (once.has(id) || heldIds.has(id)) repeated.add(id);
        else once.add(id);
      }
      if (repeated.size === 0) return [];
      const records: SpanRecord[] = [];
      const isTaken = (entry: SpanEntry | null): boolean =>
        entry !== null && repeated.has(entry.spanId) && recordAgain(entry) !== null;
      const recordAgain = ({ content }: SpanEntry): SpanRecord | null =>
        content instanceof SlicedContent && content.slice.slices instanceof PlacedSlices
          ? content.slice.slices.record(content.slice.number)
          : null;
      found.spans = new SpanRows();
      for (const entry of spans.list()) {
        const record = repeated.has(entry.spanId) ? recordAgain(entry) : null;
        if (record) records.push(record);
        else found.spans.add(entry);
      }
      let kept = 0;
      for (const each of about) if (!isTaken(each.by)) about[kept++] = each;
      about.length = kept;
      return records;
    },
  };
}

/** Records that a format can read again from where they stand. */
class PlacedSlices extends Slices {
  readonly #again: Again;

  constructor(held: HeldBytes, again: Again) {
    super(held, (source) => partsOf(again(source)));
    this.#again = again;
  }

  record(number: number): SpanRecord | null {
    return this.#again(this.source(number));
  }
}

const partsOf = (record: SpanRecord | null): Pick<SpanRecord, 'attributes' | 'events' | 'links'> => ({
  attributes: record?.attributes,
  events: record?.events,
  links: record?.links,
});
