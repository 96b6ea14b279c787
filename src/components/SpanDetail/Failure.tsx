'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { textOf } from '../../model/attributes.ts';
import type { Span, SpanContent } from '../../model/types.ts';
import { Sign } from '../parts/icons.tsx';
import { Value } from './values/Value.tsx';
import { Exception } from './panels/record/Exception.tsx';
import { RECORDED } from '../../model/codes.ts';
import { plainText } from '../text/recordedText.tsx';

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
      {exceptions.slice(0, SHOWN).map((event, place) => (
        <Exception key={place} attributes={event.attributes} />
      ))}
      {span.status === 'error' &&
      !messages.has(span.statusMessage) &&
      (span.statusMessage !== null || exceptions.length === 0) ? (
        <>
          <h4>
            <Sign name="error" />
            {labels.error}
          </h4>
          {span.statusMessage === null ? null : <Value value={span.statusMessage} field="exception" />}
        </>
      ) : null}
      {isBySign ? <p className="tv-faint">{labels.statusBySign(plainText(span.statusOrigin ?? ''))}</p> : null}
    </section>
  );
}

/** The tab of events has them all. */
const SHOWN = 5;
