import { isObject, type Fields } from '../../conventions/json.ts';
import { readableEntries } from '../tolerant/readEach.ts';
import type { Pieces } from '../content/pieces.ts';
import type { GatheredDocument, SpanSink } from '../types.ts';

/** One line of a file, and in which input it stands. */
export interface Entry {
  /** With long texts cut where it says where it stands. */
  readonly fields: Fields;
  readonly input: number;
  /** Where it stands, and its number there: it need not be held. */
  readonly pieces?: Pieces;
  readonly number?: number;
}

/** A list of files, of which each may be a list of lists. */
const DEEPEST = 3;

/** The objects that documents are or list; what is none is reported as skipped. */
export const entriesOf = (documents: readonly GatheredDocument[], sink: SpanSink): readonly Entry[] => [
  ...eachEntryOf(documents, sink),
];

/** The same, one by one, and of such as stand among bytes a glimpse. */
export function* eachEntryOf(documents: readonly GatheredDocument[], sink: SpanSink): Generator<Entry, void> {
  const take = function* (value: unknown, around: GatheredDocument, depth: number): Generator<Entry, void> {
    const { input, pieces } = around;
    if (Array.isArray(value) && depth < DEEPEST) {
      for (const entry of readableEntries(value)) yield* take(entry, around, depth + 1);
    } else if (isObject(value)) {
      const number = pieces ? pieces.numberOf(value) : -1;
      yield pieces && number !== -1 ? { fields: value, input, pieces, number } : { fields: value, input };
    } else {
      sink.diagnostic('span-not-object', 'An entry of the list is not an object and was left out.');
    }
  };
  for (const document of documents) {
    const { glimpse, pieces, number, input } = document;
    if (pieces && number !== undefined && isObject(glimpse)) yield { fields: glimpse, pieces, number, input };
    else yield* take(document.document, document, 0);
  }
}

/** A longer word is no type. It is not cut either: of half a secret no rule knows that it is one. */
const LONGEST_SORT = 40;

/** Counts what is passed over, and reports each sort once. */
export function createPassedOver(sink: SpanSink, what: string): { add(sort: string): void; report(): void } {
  const counts = new Map<string, number>();
  return {
    add(given) {
      const sort = given.length > LONGEST_SORT ? '…' : given;
      counts.set(sort, (counts.get(sort) ?? 0) + 1);
    },
    report() {
      for (const [sort, count] of counts)
        sink.diagnostic('mixed-format', `${what} of the type “${sort}” are not read and were left out.`, { count });
    },
  };
}
