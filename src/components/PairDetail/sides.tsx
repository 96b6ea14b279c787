'use client';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { TraceContext, useTraceContext, type TraceContextValue } from '../../hooks/context/TraceContext.ts';
import { TraceSetContext } from '../../hooks/context/TraceSetContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { createTraceStore, type TraceStore } from '../../store/createTraceStore.ts';
import { recordedText } from '../text/recordedText.tsx';

export type SideName = 'a' | 'b';

const SidesContext = createContext<Readonly<Record<SideName, TraceContextValue>> | null>(null);

interface SidesProps {
  readonly a: Trace;
  readonly b: Trace;
  readonly keyA: SpanKey | null;
  readonly keyB: SpanKey | null;
  readonly children: ReactNode;
}

/**
 * Gives either side a store of its own, in which its span is selected: what stands in a `Side` is drawn as in a viewer
 * of that trace, and a masked value is asked for with the span that it is of.
 */
export function Sides({ a, b, keyA, keyB, children }: SidesProps) {
  const around = useTraceContext();
  const storeA = useSideStore(a, keyA);
  const storeB = useSideStore(b, keyB);
  const sides = useMemo(
    () => ({ a: { ...around, store: storeA, refused: null }, b: { ...around, store: storeB, refused: null } }),
    [around, storeA, storeB],
  );
  return <SidesContext.Provider value={sides}>{children}</SidesContext.Provider>;
}

function useSideStore(trace: Trace, key: SpanKey | null): TraceStore {
  const store = useMemo(() => createTraceStore({}, trace), [trace]);
  useBrowserLayoutEffect(() => store.actions.select(key), [store, key]);
  return store;
}

/** What stands inside is of one of the two traces. */
export function Side({ of, children }: { readonly of: SideName; readonly children: ReactNode }) {
  const sides = useContext(SidesContext);
  return sides ? (
    <TraceContext.Provider value={sides[of]}>
      <TraceSetContext.Provider value={null}>{children}</TraceSetContext.Provider>
    </TraceContext.Provider>
  ) : (
    children
  );
}

/** Recorded text of one side. */
export const SideText = ({ of, text }: { readonly of: SideName; readonly text: string }): ReactNode =>
  text.includes('⟦') ? <Side of={of}>{recordedText(text)}</Side> : recordedText(text);

/** The letter of a side in its box. */
export const SideTag = ({ of }: { readonly of: SideName }): ReactNode => (
  <span className="tv-side-tag" data-side={of} aria-hidden="true">
    {of === 'a' ? 'A' : 'B'}
  </span>
);
