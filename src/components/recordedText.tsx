'use client';
import { useState, type ReactNode } from 'react';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { useTraceStore } from '../hooks/useTraceStore.ts';
import type { SpanKey, Trace } from '../model/types.ts';
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

/** The same as plain text, for names that are only heard, and where no chip can stand: a mark is the word for what it hides. */
export const spokenText = (text: string): string => splitMasked(text).map((piece) => (typeof piece === 'string' ? visibleControls(piece) : piece.rule)).join('');

/** What the host showed, and for whom it was asked: it is nothing for any other value, span or trace. */
interface Shown { readonly text: string; readonly id: string; readonly trace: Trace | null; readonly spanKey: SpanKey | null }

/** A masked value. Where the host can show it, a press asks the host, and the answer stands in this chip alone until it is pressed again. */
function Masked({ rule, id, still }: { readonly rule: string; readonly id: string; readonly still: boolean }) {
  const { labels, onReveal, store } = useTraceContext();
  const trace = useTraceStore((state) => state.trace);
  const spanKey = useTraceStore((state) => state.selectedSpan);
  const [answer, setAnswer] = useState<Shown | null>(null);
  const [asking, setAsking] = useState(false);
  const name = labels.masked(rule);
  if (still || !onReveal) return <span className="tv-masked" title={name}>{rule}</span>;
  const shown = answer && answer.id === id && answer.trace === trace && answer.spanKey === spanKey ? answer.text : null;
  const ask = async (): Promise<void> => {
    const { trace: ofTrace, selectedSpan } = store.getState();
    setAsking(true);
    try {
      const text: unknown = await onReveal({ id, rule, spanKey: selectedSpan });
      setAnswer(typeof text === 'string' ? { text, id, trace: ofTrace, spanKey: selectedSpan } : null);
    } catch {
      // The host refuses, or failed: the value stays masked.
      setAnswer(null);
    } finally {
      setAsking(false);
    }
  };
  return (
    <button
      type="button" className="tv-masked" data-state={shown === null ? undefined : 'shown'} title={shown === null ? labels.reveal(rule) : name}
      aria-label={shown === null ? labels.reveal(rule) : undefined} aria-pressed={shown !== null} aria-busy={asking || undefined}
      onClick={() => { if (shown === null) void ask(); else setAnswer(null); }}
    >
      {shown === null ? <>{rule}<Sign name="right" size={7} /></> : <bdi>{visibleControls(shown)}</bdi>}
    </button>
  );
}
