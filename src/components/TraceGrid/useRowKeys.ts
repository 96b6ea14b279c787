'use client';
import { useMemo, useState } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import type { RowList } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';
import { createRowKeys } from './rowKeys.ts';

/** The keys of the rows at these positions, so that the elements of rows that are gone draw those that come. */
export function useRowKeys(
  trace: Trace | null,
  rows: RowList,
  positions: readonly number[],
  kept: number,
): readonly number[] {
  const [elements] = useState(createRowKeys);
  const keyed = useMemo(
    () =>
      elements.draft(
        positions.map((position) => rows.indexAt(position)),
        kept === -1 ? -1 : rows.indexAt(kept),
        trace,
      ),
    [elements, trace, rows, positions, kept],
  );
  useBrowserLayoutEffect(() => elements.placed(keyed), [elements, keyed]);
  return keyed.keys;
}
