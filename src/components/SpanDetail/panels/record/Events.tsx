'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Span, SpanContent, SpanEvent } from '../../../../model/types.ts';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { ShownName } from '../ShownName.tsx';
import { AttributeTable } from './AttributeTable.tsx';
import { Exception, SAID_BY_EXCEPTION } from './Exception.tsx';

const ABOUT = { section: 'event' } as const;

/** What happened during the span, with the time from its start. */
export function Events({ span, content: { events } }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  return (
    <WindowedList
      label={labels.events}
      className="tv-events"
      count={events.length}
      estimate={60}
      id="events"
      idOf={(at) => `events[${at}]`}
      renderEntry={(at) => <Event id={`events[${at}]`} event={events[at]!} span={span} />}
    />
  );
}

interface EventProps {
  readonly id: string;
  readonly event: SpanEvent;
  readonly span: Span;
}

function Event({ id, event: { name, time, attributes }, span }: EventProps) {
  const { labels, format } = useTraceContext();
  const isException = name === 'exception' && attributes.size > 0;
  const rest = isException ? new Map([...attributes].filter(([key]) => !SAID_BY_EXCEPTION.has(key))) : attributes;
  return (
    <>
      <header>
        <b>{name === '' ? '—' : <ShownName id={`${id}.name`} text={name} about={ABOUT} />}</b>
        <span className="tv-aside">
          {Number.isNaN(time)
            ? labels.noTime
            : `${time < span.start ? '−' : '+'}${format.duration(Math.abs(time - span.start))}`}
        </span>
      </header>
      {isException ? (
        <div className="tv-failure" data-tone={span.status === 'error' ? 'error' : 'warn'}>
          <Exception attributes={attributes} path={`${id}.attributes`} />
        </div>
      ) : null}
      <AttributeTable attributes={rest} path={`${id}.attributes`} section="event" />
    </>
  );
}
