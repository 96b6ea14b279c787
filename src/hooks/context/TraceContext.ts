'use client';
import { createContext, useContext } from 'react';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { SpanKey } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';

/**
 * Which masked value a reader asks for: `id` is that of its mark, equal for equal values; `spanKey` the span whose
 * details are open.
 */
export interface RevealRequest {
  readonly id: string;
  readonly rule: string;
  readonly spanKey: SpanKey | null;
}
/**
 * The host's answer: the text, or null to keep it masked. This is the place to check who asks, and to write it down.
 */
export type RevealMasked = (request: RevealRequest) => string | null | Promise<string | null>;

/** What a provider gives to the parts below it. */
export interface TraceContextValue {
  readonly store: TraceStore;
  readonly format: Format;
  readonly labels: Labels;
  readonly onReveal: RevealMasked | undefined;
  /**
   * Where the trace of the provider breaks as soon as it is looked at, and nothing can be shown of it: tries again.
   * Null = all is well.
   */
  readonly refused: (() => void) | null;
}

export const TraceContext = createContext<TraceContextValue | null>(null);

/**
 * The nearest provider's store, words and number formats. Throws outside a `TraceProvider`: that is a mistake of the
 * page, not of the data.
 */
export function useTraceContext(): TraceContextValue {
  const value = useContext(TraceContext);
  if (!value) throw new Error('spanwise: this part has to stand inside a <TraceProvider> or <TraceViewer>.');
  return value;
}
