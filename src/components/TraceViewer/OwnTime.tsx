'use client';
import { ownTimeByKind } from '../../analysis/time/ownTimeByKind.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useInPage } from '../../hooks/useInPage.ts';
import { useTrace } from '../../hooks/useTrace.ts';

const NAMED = 5;

/** Where the time went: own time by kind, as shares of one bar. */
export function OwnTime() {
  const { format, labels } = useTraceContext();
  const trace = useTrace();
  const inPage = useInPage();
  const kinds = trace ? ownTimeByKind(trace) : [];
  if (kinds.length === 0) return null;
  return (
    <div className="tv-own-time" data-trace-part="own-time">
      <div className="tv-own-bar" aria-hidden="true">
        {kinds.map(({ kind, time }) => (
          <i key={kind} data-kind={kind} style={inPage ? { flexGrow: time } : undefined} />
        ))}
      </div>
      <dl className="tv-legend">
        <dt className="tv-faint">{labels.ownTime}</dt>
        {kinds.slice(0, NAMED).map(({ kind, time }) => (
          <dd key={kind} data-kind={kind}>
            <i aria-hidden="true" />
            {labels.kind(kind)} <b>{format.duration(time)}</b>
          </dd>
        ))}
        {kinds.length > NAMED ? <dd className="tv-faint">{labels.more(kinds.length - NAMED)}</dd> : null}
      </dl>
    </div>
  );
}
