'use client';
import { useEffect, useRef } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { useFindings } from './useFindings.ts';
import { useLaterLabels } from './useLaterLabels.ts';

/**
 * How much there is to know, in the toolbar, where it comes into room that is kept for it; nothing where there is nothing. Opens and
 * closes the list of it, and brings a trace to its first finding where that is wanted.
 */
export function FindingsButton() {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const list = useTraceStore((state) => state.findingsList);
  const found = useFindings();
  const brought = useRef<Trace | null>(null);
  useEffect(() => {
    const { trace, atFinding, selectedSpan, focus } = store.getState();
    if (!found || !trace || brought.current === trace) return;
    brought.current = trace;
    // Who has looked at something already is not led away.
    const key = found[0]?.keys[0];
    if (atFinding && key !== undefined && selectedSpan === null && focus === null) store.actions.select(key);
  }, [store, found]);
  if (!found || found.length === 0) return null;
  return (
    <button
      type="button"
      className="tv-button tv-line tv-findings-button"
      data-severity={found[0]!.severity}
      aria-expanded={list === 'findings'}
      onClick={() => store.actions.showFindings(list === 'findings' ? null : 'findings')}
    >
      <Sign name={found[0]!.severity === 'info' ? 'dot' : 'warning'} size={11} />
      <span>{labels.findingCount(found.length, format.count(found.length))}</span>
      <span className="tv-findings-count" aria-hidden="true">
        {format.count(found.length)}
      </span>
    </button>
  );
}
