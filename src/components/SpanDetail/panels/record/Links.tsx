'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useTraceSet } from '../../../../hooks/context/TraceSetContext.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { AttributeValue, SpanContent, SpanLink } from '../../../../model/types.ts';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { AttributeTable } from './AttributeTable.tsx';

/**
 * Spans that this one points to, and those that point to it, in this trace and in others of the set. What is there can
 * be gone to.
 */
export function Links({ links }: Pick<SpanContent, 'links'>) {
  const { labels } = useTraceContext();
  return (
    <WindowedList
      label={labels.links}
      className="tv-links"
      count={links.length}
      estimate={70}
      id="links"
      idOf={(at) => `links[${at}]`}
      renderEntry={(at) => <Link id={`links[${at}]`} link={links[at]!} />}
    />
  );
}

function Link({
  id,
  link: { traceId, spanId, direction, traceState, attributes },
}: {
  readonly id: string;
  readonly link: SpanLink;
}) {
  const { labels, store } = useTraceContext();
  const trace = useTrace();
  const set = useTraceSet();
  const span = (trace?.traceId === traceId ? trace.find(spanId) : undefined) ?? set?.find(traceId, spanId);
  const isHere = span !== undefined && span.traceId === trace?.traceId;
  const facts = new Map<string, AttributeValue>([
    ...(span
      ? []
      : ([
          ['traceId', traceId],
          ['spanId', spanId],
        ] as const)),
    ...(traceState === undefined ? [] : [['traceState', traceState] as const]),
    ...attributes,
  ]);
  return (
    <section className="tv-link">
      <header>
        <b>{direction === 'out' ? labels.linkOut : labels.linkIn}</b>{' '}
        <bdi>{span ? recordedText(span.name) : labels.notInInput}</bdi>
        {span && !isHere ? <span className="tv-faint">{labels.otherTrace}</span> : null}
        {span ? (
          <button
            type="button"
            className="tv-button tv-line"
            onClick={() => (isHere ? store.actions.select(span.key) : set?.show(span.key))}
          >
            {labels.showSpan}
          </button>
        ) : null}
      </header>
      <AttributeTable attributes={facts} path={`${id}.attributes`} section="link" />
    </section>
  );
}
