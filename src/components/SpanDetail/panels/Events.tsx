'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Span, SpanContent } from '../../../model/types.ts';
import { recordedText } from '../../text/recordedText.tsx';
import { AttributeTable } from './AttributeTable.tsx';

/** What happened during the span, with the time from its start. */
export function Events({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { format } = useTraceContext();
  return (
    <ol className="tv-events">
      {content.events.map((event, place) => (
        <li key={place}>
          <header>
            <b>
              <bdi>{recordedText(event.name) || '—'}</bdi>
            </b>
            <span className="tv-aside">
              {Number.isNaN(event.time)
                ? '?'
                : `${event.time < span.start ? '−' : '+'}${format.duration(Math.abs(event.time - span.start))}`}
            </span>
          </header>
          <AttributeTable title="" attributes={event.attributes} />
        </li>
      ))}
    </ol>
  );
}
