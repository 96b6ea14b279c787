'use client';
import { useMemo } from 'react';
import type { Span, SpanKey } from '../model/types.ts';
import { useTrace } from './useTrace.ts';

/** The span of a key in the shown trace; null where there is none. */
export function useSpan(key: SpanKey | null): Span | null {
  const trace = useTrace();
  return useMemo(() => (key === null ? null : (trace?.find(key) ?? null)), [trace, key]);
}
