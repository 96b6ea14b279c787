'use client';
import type { SpanKey } from '../model/types.ts';
import { useTraceActions, useTraceStore } from './useTraceStore.ts';

/** The selected span's key, and the way to select another. */
export function useSelection(): { readonly selectedSpan: SpanKey | null; select(key: SpanKey | null): void } {
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const { select } = useTraceActions();
  return { selectedSpan, select };
}
