'use client';
import { createContext, useContext } from 'react';
import type { Format } from '../format.ts';
import type { Labels } from '../labels.ts';
import type { TraceStore } from '../store/createTraceStore.ts';

/** What a provider gives to the parts below it. */
export interface TraceContextValue {
  readonly store: TraceStore;
  readonly format: Format;
  readonly labels: Labels;
}

export const TraceContext = createContext<TraceContextValue | null>(null);

/** The nearest provider's store, words and number formats. Throws outside a `TraceProvider`: that is a mistake of the page, not of the data. */
export function useTraceContext(): TraceContextValue {
  const value = useContext(TraceContext);
  if (!value) throw new Error('spanwise: this part has to stand inside a <TraceProvider> or <TraceViewer>.');
  return value;
}
