'use client';
import type { Trace } from '../model/types.ts';
import { useTraceStore } from './useTraceStore.ts';

/** The trace that the provider shows; null while there is none. */
export const useTrace = (): Trace | null => useTraceStore((state) => state.trace);
