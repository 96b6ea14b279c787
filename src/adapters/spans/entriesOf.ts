import { isObject, type Fields } from '../../conventions/json.ts';
import { readableEntries } from '../tolerant/readEach.ts';
import type { GatheredDocument, SpanSink } from '../types.ts';

/** One line of a file, and in which input it stands. */
export interface Entry {
  readonly fields: Fields;
  readonly input: number;
}

/** The objects that documents are or list; what is none is reported as skipped. */
export function entriesOf(documents: readonly GatheredDocument[], sink: SpanSink): readonly Entry[] {
  const entries: Entry[] = [];
  for (const { document, input } of documents) {
    for (const entry of Array.isArray(document) ? readableEntries(document) : [document]) {
      // A list of files, each of which is a list.
      for (const fields of Array.isArray(entry) ? readableEntries(entry) : [entry]) {
        if (isObject(fields)) entries.push({ fields, input });
        else sink.diagnostic('span-not-object', 'An entry of the list is not an object and was left out.');
      }
    }
  }
  return entries;
}

/** Counts what is passed over, and reports each sort once. */
export function createPassedOver(sink: SpanSink, what: string): { add(sort: string): void; report(): void } {
  const counts = new Map<string, number>();
  return {
    add(sort) {
      counts.set(sort, (counts.get(sort) ?? 0) + 1);
    },
    report() {
      for (const [sort, count] of counts)
        sink.diagnostic('mixed-format', `${what} of the type “${sort.slice(0, 40)}” are not read and were left out.`, {
          count,
        });
    },
  };
}
