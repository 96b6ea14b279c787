import { continues } from '../../analysis/versions.ts';
import { rowNow } from '../../layout/rows/rowTree.ts';
import type { Trace } from '../../model/types.ts';

/** What the rows on the page are drawn with: the key of each element, in the order in which they stand there. */
export interface RowKeys {
  /** Of which trace. */
  readonly of: Trace | null;
  /** As the rows stand on the page. */
  readonly indices: readonly number[];
  readonly keys: readonly number[];
  /** The next key that was never used. */
  readonly next: number;
}

const NO_KEYS: RowKeys = { of: null, indices: [], keys: [], next: 0 };

/** Remembers what stands on the page: what is only drafted may never get there. */
export function createRowKeys() {
  let onPage = NO_KEYS;
  return {
    draft: (indices: readonly number[], kept: number, of: Trace | null = null): RowKeys => ({
      ...rowKeys(numberedAs(of, onPage), indices, kept),
      of,
    }),
    placed: (keys: RowKeys): void => {
      onPage = keys;
    },
  };
}

/** A later state of a trace counts its spans anew. */
function numberedAs(of: Trace | null, before: RowKeys): RowKeys {
  if (!of || !before.of || !continues(before.of, of)) return before;
  const was = before.of;
  return { ...before, indices: before.indices.map((index) => rowNow(was, index, of)) };
}

/**
 * Which element draws which row. A row that was there keeps its element. After a jump, when most rows are others, the
 * elements stay where they stand and are filled anew: making and placing an element costs several times what changing
 * its words costs. `kept`, the row that may hold the keyboard, keeps its element in any case, and no element is moved
 * past it: an element that is moved loses the keyboard.
 */
function rowKeys(before: RowKeys, indices: readonly number[], kept: number): Omit<RowKeys, 'of'> {
  const known = new Map(before.indices.map((index, place) => [index, before.keys[place]!]));
  const staying = indices.reduce((count, index) => count + (known.has(index) ? 1 : 0), 0);
  let { next } = before;
  const fresh = (): number => {
    next += 1;
    return next - 1;
  };
  if (staying * 2 >= indices.length)
    return { indices, keys: indices.map((index) => known.get(index) ?? fresh()), next };

  const [oldPlace, place] = [before.indices.indexOf(kept), indices.indexOf(kept)];
  if (oldPlace === -1 || place === -1)
    return { indices, keys: indices.map((_, at) => before.keys[at] ?? fresh()), next };
  const above = before.keys.slice(0, oldPlace);
  const below = before.keys.slice(oldPlace);
  return {
    indices,
    keys: indices.map((_, at) => (at < place ? above[at] : below[at - place]) ?? fresh()),
    next,
  };
}
