'use client';
import { useStore } from 'zustand';
import type { TraceActions } from '../store/createTraceStore.ts';
import type { TraceState } from '../store/types.ts';
import { useTraceContext } from './context/TraceContext.ts';

/** A piece of the viewer's state; the component renders again when that piece changes. */
export function useTraceStore<Piece>(select: (state: TraceState) => Piece): Piece {
  return useStore(useTraceContext().store, select);
}

/** What can be done to the view. The same object for the life of the provider. */
export const useTraceActions = (): TraceActions => useTraceContext().store.actions;
