'use client';
import { useCallback, useState } from 'react';
import { continues } from '../../analysis/versions.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { rowNow, rowTree } from '../../layout/rows/rowTree.ts';
import type { RowList } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';

interface Drawn {
  readonly trace: Trace | null;
  readonly rows: RowList;
}

/** What is in sight, by position, and which spans are looked at; -1 = none. */
interface Sight {
  readonly first: number;
  readonly inSight: number;
  readonly lookedAt: readonly number[];
}

/**
 * By how many places the row that the reader looks at has moved since rows were last drawn, because more of the trace
 * has arrived: that with the keyboard or the selected one, if it is in sight, else the first in sight. 0 for any other change of rows.
 */
export function useRowAnchor(
  trace: Trace | null,
  rows: RowList,
  focused: number,
  selected: number,
): (first: number, inSight: number) => number {
  const [rowsOnPage] = useState(createRowsOnPage);
  useBrowserLayoutEffect(() => rowsOnPage.placed({ trace, rows }), [rowsOnPage, trace, rows]);
  return useCallback(
    (first, inSight) => rowsOnPage.movedBy({ trace, rows }, { first, inSight, lookedAt: [focused, selected] }),
    [rowsOnPage, trace, rows, focused, selected],
  );
}

/** Remembers the rows on the page: what is only drafted may never get there. */
function createRowsOnPage() {
  let onPage: Drawn | null = null;
  return {
    placed: (drawn: Drawn): void => {
      onPage = drawn;
    },
    movedBy: (next: Drawn, sight: Sight): number => (onPage ? movedBy(onPage, next, sight) : 0),
  };
}

function movedBy(
  before: Drawn,
  { trace, rows }: Drawn,
  {
    first,
    inSight,
    lookedAt,
  }: { readonly first: number; readonly inSight: number; readonly lookedAt: readonly number[] },
): number {
  if (!before.trace || !trace || !continues(before.trace, trace)) return 0;
  const last = Math.min(first + inSight, before.rows.length);
  /** Where the row of an earlier position is now; -1 where it has none. */
  const positionNow = (position: number): number => {
    const index = rowNow(before.trace!, before.rows.indexAt(position), trace);
    return index === -1 ? -1 : rows.positionOf(index);
  };
  for (const index of lookedAt) {
    const was = index === -1 ? -1 : rowTree(before.trace).indexOf(rowTree(trace).keyOf(index));
    const position = was === -1 ? -1 : before.rows.positionOf(was);
    const now = position >= first && position < last ? rows.positionOf(index) : -1;
    if (now !== -1) return now - position;
  }
  for (let position = first; position < last; position += 1) {
    const now = positionNow(position);
    if (now !== -1) return now - position;
  }
  return 0;
}
