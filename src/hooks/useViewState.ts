'use client';
import { useState } from 'react';
import { sameEntries } from '../store/sameValue.ts';
import type { ViewPieces } from '../store/viewPieces.ts';
import { viewStateOf, type ViewState } from '../store/viewState.ts';
import { useTraceStore } from './useTraceStore.ts';

/**
 * The view as one value that `encodeViewState` makes a short text of. The same object until a piece of it changes; a
 * gesture counts when it ends.
 */
export function useViewState(): ViewState {
  const [view] = useState(createView);
  return useTraceStore(view);
}

/** The view that pieces make; the same object for the same pieces. */
function createView(): (pieces: ViewPieces) => ViewState {
  let last: ViewState | null = null;
  return (pieces) => {
    const next = viewStateOf(pieces);
    last = last && sameEntries(last, next) ? last : next;
    return last;
  };
}
