'use client';
import { useState, type ReactNode } from 'react';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { splitMasked } from '../redact/mark.ts';
import { Sign } from './icons.tsx';
import { visibleControls } from '../visibleControls.ts';

/**
 * Recorded text as it can safely be looked at: hidden characters are written out, and what was masked is a chip that says what kind of
 * value stood there, never how long it was. `still` chips cannot be asked to show it: they stand inside other controls.
 */
export function recordedText(text: string, still = false): ReactNode {
  if (!text.includes('⟦')) return visibleControls(text);
  return splitMasked(text).map((piece, place) => (typeof piece === 'string' ? visibleControls(piece) : <Masked key={place} {...piece} still={still} />));
}

/** A masked value. Where the host can show it, a press asks the host, and the answer stands in this chip alone. */
function Masked({ rule, id, still }: { readonly rule: string; readonly id: string; readonly still: boolean }) {
  const { labels, onReveal, store } = useTraceContext();
  const [shown, setShown] = useState<string | null>(null);
  const name = labels.masked(rule);
  if (shown !== null) return <span className="tv-masked" data-state="shown" title={name}><bdi>{visibleControls(shown)}</bdi></span>;
  if (still || !onReveal) return <span className="tv-masked" title={name}>{rule}</span>;
  const ask = async (): Promise<void> => {
    try {
      setShown(await onReveal({ id, rule, spanKey: store.getState().selectedSpan }));
    } catch {
      // The host refuses, or failed: the value stays masked.
    }
  };
  return <button type="button" className="tv-masked" title={labels.reveal(rule)} onClick={() => { void ask(); }}>{rule}<Sign name="right" size={7} /><span className="tv-visually-hidden">{labels.reveal(rule)}</span></button>;
}
