'use client';
import { errors } from '../analysis/errors.ts';
import { ledger } from '../analysis/ledger.ts';
import { useTraceContext } from '../hooks/TraceContext.ts';
import { useTrace } from '../hooks/useTrace.ts';
import type { Nanos, Trace } from '../model/types.ts';
import { Sign } from './icons.tsx';
import { Stat } from './Stat.tsx';

/** What the trace is, how it went, and what it cost. */
export function TraceHeader({ children }: { readonly children?: React.ReactNode }) {
  const { store, format, labels } = useTraceContext();
  const trace = useTrace();
  if (!trace) return null;
  const failed = errors(trace).length;
  const { usage, cost, calls, callsWithUsage, callsWithCost } = ledger(trace).total;
  const services = servicesOf(trace);
  const firstToken = firstTokenOf(trace);
  return (
    <div className="tv-header" data-trace-part="header">
      <div className="tv-title">
        <h2>
          <bdi className="tv-title-name">{trace.name || '—'}</bdi>
          {failed > 0 ? (
            <button type="button" className="tv-pill" data-tone="error" title={labels.nextError} onClick={() => store.actions.stepError(1)}><Sign name="error" />{labels.errorCount(failed)}</button>
          ) : <span className="tv-pill" data-tone="ok"><Sign name="check" size={11} />{labels.noErrors}</span>}
        </h2>
        <p className="tv-meta">
          <span>{format.dateTime(trace.originUnixNano)}</span>
          <span className="tv-optional">trace <code>{shortId(trace.traceId)}</code></span>
          <bdi className="tv-optional">{services.join(', ')}</bdi>
        </p>
      </div>
      <dl className="tv-stats">
        <Stat label={labels.duration}>{format.duration(trace.end)}</Stat>
        {Number.isNaN(firstToken) ? null : <Stat label={labels.firstToken}>{format.duration(firstToken)}</Stat>}
        {usage.total === null ? null : <Stat label={labels.tokens} note={callsWithUsage < calls ? labels.counted(callsWithUsage, calls) : undefined}>{format.tokens(usage.total)}</Stat>}
        {cost.total === null ? null : <Stat label={labels.cost} note={callsWithCost < calls ? labels.priced(callsWithCost, calls) : undefined}>{format.money(cost.total, cost.currency)}</Stat>}
        <Stat label={labels.spans} optional>{format.count(trace.spanCount)}</Stat>
      </dl>
      {children}
    </div>
  );
}

const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);

function servicesOf({ columns: { service, strings } }: Trace): readonly string[] {
  const seen = new Set<number>();
  for (const id of service) if (id !== 0) seen.add(id);
  return Array.from(seen, (id) => strings[id]!);
}

/** From the start of the trace to the first token of the last model call that streamed: when the reader of the answer saw something. */
function firstTokenOf(trace: Trace): Nanos {
  const { amounts, start } = trace.columns;
  for (let index = trace.spanCount - 1; index >= 0; index -= 1) {
    if (amounts[index] === -1) continue;
    const { firstToken } = trace.span(index);
    if (!Number.isNaN(firstToken)) return start[index]! + firstToken;
  }
  return Number.NaN;
}
