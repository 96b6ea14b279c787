'use client';
import type { ReactNode } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { SpanKey } from '../../../model/types.ts';
import { useTrace } from '../../../hooks/useTrace.ts';
import { recordedText, plainText } from '../../text/recordedText.tsx';
import { Sign } from '../../parts/icons.tsx';

/** Leads to another span of the trace: its name by default, or other words. Nothing where the span is not there. */
export function Jump({ to, children }: { readonly to: SpanKey; readonly children?: ReactNode }) {
  const { store, labels } = useTraceContext();
  const span = useTrace()?.find(to);
  if (!span) return null;
  return (
    <button
      type="button"
      className="tv-jump"
      title={labels.goTo(plainText(span.name))}
      onClick={() => store.actions.select(to)}
    >
      <bdi>{children ?? recordedText(span.name, true)}</bdi>
      <Sign name="onward" size={10} />
      <span className="tv-visually-hidden">{labels.goTo(plainText(span.name))}</span>
    </button>
  );
}
