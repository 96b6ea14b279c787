'use client';
import { useState } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Span, SpanContent, SpanEvent } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { AttributeTable } from './AttributeTable.tsx';
import { Exception, SAID_BY_EXCEPTION } from './Exception.tsx';

const PAGE = 100;

/** What happened during the span, with the time from its start. */
export function Events({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const [shown, setShown] = useState(PAGE);
  const { events } = content;
  return (
    <>
      <ol className="tv-events">
        {events.slice(0, shown).map((event, place) => (
          <Event key={place} event={event} span={span} />
        ))}
      </ol>
      {events.length > shown ? (
        <button type="button" className="tv-button tv-line" onClick={() => setShown(shown + PAGE * 2)}>
          {labels.moreEntries(format.count(events.length - shown))}
        </button>
      ) : null}
    </>
  );
}

function Event({ event: { name, time, attributes }, span }: { readonly event: SpanEvent; readonly span: Span }) {
  const { labels, format } = useTraceContext();
  const isException = name === 'exception' && attributes.size > 0;
  const rest = isException ? new Map([...attributes].filter(([key]) => !SAID_BY_EXCEPTION.has(key))) : attributes;
  return (
    <li>
      <header>
        <b>
          <bdi>{recordedText(name) || '—'}</bdi>
        </b>
        <span className="tv-aside">
          {Number.isNaN(time)
            ? labels.noTime
            : `${time < span.start ? '−' : '+'}${format.duration(Math.abs(time - span.start))}`}
        </span>
      </header>
      {isException ? (
        <div className="tv-failure" data-tone={span.status === 'error' ? 'error' : 'warn'}>
          <Exception attributes={attributes} />
        </div>
      ) : null}
      <AttributeTable attributes={rest} />
    </li>
  );
}
