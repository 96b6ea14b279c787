'use client';
import { useMemo } from 'react';
import type { MissingParent } from '../../analysis/missingParents.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { rowTree } from '../../layout/rows/rowTree.ts';
import type { SpanKey } from '../../model/types.ts';

/** The parent with that key which spans of the shown trace name, and which is not there; null where there is none. */
export function useMissingParent(key: SpanKey | null): MissingParent | null {
  const trace = useTrace();
  return useMemo(() => {
    if (!trace || key === null) return null;
    const tree = rowTree(trace);
    return tree.missingAt(tree.indexOf(key)) ?? null;
  }, [trace, key]);
}
