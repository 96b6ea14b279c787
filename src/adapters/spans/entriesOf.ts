import { isObject, type Fields } from '../../conventions/json.ts';
import { readableEntries } from '../tolerant/readEach.ts';
import type { GatheredDocument, SpanSink } from '../types.ts';

/** One line of a file, and in which input it stands. */
export interface Entry {
  readonly fields: Fields;
  readonly input: number;
}

/** A list of files, of which each may be a list of lists. */
const DEEPEST = 3;

/** The objects that documents are or list; what is none is reported as skipped. */
export function entriesOf(documents: readonly GatheredDocument[], sink: SpanSink): readonly Entry[] {
  const entries: Entry[] = [];
  const take = (value: unknown, input: number, depth: number): void => {
    if (Array.isArray(value) && depth < DEEPEST)
      for (const entry of readableEntries(value)) take(entry, input, depth + 1);
    else if (isObject(value)) entries.push({ fields: value, input });
    else sink.diagnostic('span-not-object', 'An entry of the list is not an object and was left out.');
  };
  for (const { document, input } of documents) take(document, input, 0);
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
