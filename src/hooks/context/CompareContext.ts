'use client';
import { createContext, useContext } from 'react';
import type { TraceSide } from '../../analysis/diff/types.ts';
import type { Trace } from '../../model/types.ts';

/** The way to a comparison, for parts inside a viewer. */
export interface Compare {
  /** The traces that there are to compare with; the one that is shown is one of them. */
  readonly traces: readonly Trace[];
  /** Shows what changed from one side to the other. */
  start(a: TraceSide, b: TraceSide): void;
}

/** Null where nothing can be compared. */
export const CompareContext = createContext<Compare | null>(null);

export const useCompare = (): Compare | null => useContext(CompareContext);
