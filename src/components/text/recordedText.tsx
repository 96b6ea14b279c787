'use client';
import { useContext, useState, type ReactNode } from 'react';
import { StatusContext } from '../../hooks/context/StatusContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { splitMasked } from '../../redact/mark.ts';
import { Sign } from '../parts/icons.tsx';
import { visibleControls } from '../../visibleControls.ts';

/**
 * Recorded text as it can safely be looked at: hidden characters are written out, and what was masked is a chip that
 * names what kind of value stood there, never how long it was. `still` chips cannot be asked to show it: they stand
 * inside other controls.
 */
export function recordedText(text: string, still = false): ReactNode {
  if (!text.includes('⟦')) return visibleControls(text);
  return splitMasked(text).map((piece, place) =>
    typeof piece === 'string' ? visibleControls(piece) : <Masked key={place} {...piece} still={still} />,
  );
}

/**
 * The same as plain text, for names that only screen readers read, and where no chip can stand: a mark is the word for
 * what it hides.
 */
export const plainText = (text: string): string =>
  splitMasked(text)
    .map((piece) => (typeof piece === 'string' ? visibleControls(piece) : piece.rule))
    .join('');

/**
 * What the host answered, null where it showed nothing, and for whom it was asked: it is nothing for any other value,
 * span or trace.
 */
interface Answer {
  readonly text: string | null;
  readonly id: string;
  readonly trace: Trace | null;
  readonly spanKey: SpanKey | null;
}

/**
 * A masked value. Where the host can show it, a press asks the host, and the answer, or that there is none, stands in
 * this chip alone until it is pressed again.
 */
function Masked({ rule, id, still }: { readonly rule: string; readonly id: string; readonly still: boolean }) {
  const { labels, onReveal, store } = useTraceContext();
  const announce = useContext(StatusContext);
  const trace = useTraceStore((state) => state.trace);
  const spanKey = useTraceStore((state) => state.selectedSpan);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [asking, setAsking] = useState(false);
  const name = labels.masked(rule);
  if (still || !onReveal)
    return (
      <span className="tv-masked" title={name}>
        {rule}
      </span>
    );
  const answered = answer && answer.id === id && answer.trace === trace && answer.spanKey === spanKey ? answer : null;
  const shown = answered?.text ?? null;
  const refused = answered && shown === null ? true : undefined;
  const ask = async (): Promise<void> => {
    const { trace: ofTrace, selectedSpan } = store.getState();
    const settle = (text: string | null): void => {
      setAnswer({ text, id, trace: ofTrace, spanKey: selectedSpan });
      if (text === null) announce?.(labels.notRevealed(rule), true);
    };
    setAsking(true);
    try {
      const text: unknown = await onReveal({ id, rule, spanKey: selectedSpan });
      settle(typeof text === 'string' ? text : null);
    } catch {
      // The host refuses, or failed: the value stays masked.
      settle(null);
    } finally {
      setAsking(false);
    }
  };
  return (
    <button
      type="button"
      className="tv-masked"
      data-state={shown === null ? refused && 'refused' : 'shown'}
      title={shown === null ? labels.reveal(rule) : name}
      aria-label={shown === null ? labels.reveal(rule) + (refused ? `, ${labels.notShown}` : '') : undefined}
      aria-pressed={shown !== null}
      aria-busy={asking || undefined}
      onClick={() => {
        if (shown === null) void ask();
        else setAnswer(null);
      }}
    >
      {shown === null ? (
        <>
          {rule}
          {answered ? (
            <>
              {' '}
              <i>{labels.notShown}</i>
            </>
          ) : (
            <Sign name="right" size={7} />
          )}
        </>
      ) : (
        <bdi>{visibleControls(shown)}</bdi>
      )}
    </button>
  );
}
