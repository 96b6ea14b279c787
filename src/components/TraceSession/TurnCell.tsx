'use client';
import { useMemo } from 'react';
import { traceFacts } from '../../analysis/traces/traceFacts.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useSpanContent } from '../../hooks/useSpanContent.ts';
import type { Span, Trace } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { answeredIn, askedIn } from './turnPreview.ts';

/**
 * A turn's number and name, and below them what was asked and what was answered. The content is read when the row comes
 * on screen.
 */
export function TurnCell({ trace, position }: { readonly trace: Trace; readonly position: number }) {
  const { format, labels } = useTraceContext();
  const root = useMemo<Span | null>(() => (trace.spanCount > 0 ? trace.span(0) : null), [trace]);
  const { content } = useSpanContent(root);
  const { errors, failed, unfinished } = traceFacts(trace);
  const asked = content ? askedIn(content) : '';
  const answered = content ? answeredIn(content) : '';
  return (
    <>
      <span className="tv-turn-name">
        <span className="tv-turn-number">{format.count(position + 1)}</span>
        <bdi className="tv-name" data-failed={failed || undefined}>
          {trace.name === '' ? '—' : recordedText(trace.name, true)}
        </bdi>
        {errors > 0 ? (
          <span className="tv-badge" data-tone="error">
            <Sign name="error" size={10} />
            {labels.errorCount(errors, format.count(errors))}
          </span>
        ) : null}
        {unfinished ? (
          <span className="tv-badge" data-tone="warn">
            <Sign name="clock" size={10} />
            {labels.noEnd}
          </span>
        ) : null}
      </span>
      <span className="tv-turn-text">
        {asked === '' || asked === trace.name ? null : (
          <bdi className="tv-turn-asked">
            <span className="tv-visually-hidden">{labels.turnAsked} </span>
            {recordedText(asked, true)}
          </bdi>
        )}
        {answered === '' ? null : (
          <bdi className="tv-turn-answered">
            <span aria-hidden="true">→ </span>
            <span className="tv-visually-hidden">{labels.turnAnswered} </span>
            {recordedText(answered, true)}
          </bdi>
        )}
      </span>
    </>
  );
}
