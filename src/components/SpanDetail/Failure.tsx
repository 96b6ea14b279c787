'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { textOf } from '../../model/attributes.ts';
import { RECORDED } from '../../model/codes.ts';
import type { Span, SpanContent, SpanEvent } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { recordedText, spokenText } from '../text/recordedText.tsx';
import { LongText } from './panels/LongText.tsx';

/**
 * Why the span failed: its status message and the exceptions it recorded. Shown above every panel; an exception without
 * an error status too.
 */
export function Failure({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  const exceptions = content.events.filter(({ name }) => name === 'exception');
  if (span.status !== 'error' && exceptions.length === 0) return null;
  const isBySign = span.statusOrigin !== null && span.statusOrigin !== RECORDED;
  const messages = new Set(exceptions.map((event) => textOf(event.attributes.get('exception.message'))));
  return (
    <section className="tv-failure" data-tone={span.status === 'error' ? 'error' : 'warn'}>
      {exceptions.map((event, place) => (
        <ExceptionEvent key={place} event={event} />
      ))}
      {span.status === 'error' &&
      !messages.has(span.statusMessage) &&
      (span.statusMessage !== null || exceptions.length === 0) ? (
        <>
          <h4>
            <Sign name="error" />
            {labels.error}
          </h4>
          {span.statusMessage === null ? null : <LongText text={span.statusMessage} />}
        </>
      ) : null}
      {isBySign ? <p className="tv-faint">{labels.statusBySign(spokenText(span.statusOrigin ?? ''))}</p> : null}
    </section>
  );
}

function ExceptionEvent({ event: { attributes } }: { readonly event: SpanEvent }) {
  const { labels } = useTraceContext();
  const stack = textOf(attributes.get('exception.stacktrace'));
  const message = textOf(attributes.get('exception.message'));
  return (
    <>
      <h4>
        <Sign name="error" />
        <bdi>{recordedText(textOf(attributes.get('exception.type')) ?? labels.error)}</bdi>
      </h4>
      {message === null ? null : <LongText text={message} />}
      {stack === null ? null : (
        <details>
          <summary>{labels.stackTrace}</summary>
          <LongText text={stack} mono />
        </details>
      )}
    </>
  );
}
