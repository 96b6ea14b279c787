'use client';
import { type CSSProperties, type ReactNode } from 'react';
import { errors } from '../analysis/errors.ts';
import { firstToken } from '../analysis/time/firstToken.ts';
import { ledger } from '../analysis/amounts/ledger.ts';
import { answeredAfter, reportsAmount, traceFacts } from '../analysis/traces/traceFacts.ts';
import { useTraceContext } from '../hooks/context/TraceContext.ts';
import { useTraceSet } from '../hooks/context/TraceSetContext.ts';
import { useTraceStore } from '../hooks/useTraceStore.ts';
import { useTrace } from '../hooks/useTrace.ts';
import { stepCount } from '../layout/time/stepPlaces.ts';
import { RunningTime } from './live/RunningTime.tsx';
import { useAfterRows } from './TraceGrid/useAfterRows.ts';
import { part } from './parts/part.tsx';
import type { LedgerEntry, Trace } from '../model/types.ts';
import { Sign } from './parts/icons.tsx';
import { inSlot } from './parts/Slot.tsx';
import { Stat } from './parts/Stat.tsx';
import { recordedText, plainText } from './text/recordedText.tsx';
import { beganInZone } from './text/timeWords.ts';
import { scoreText } from './text/scoreText.ts';

export interface TraceHeaderProps {
  /** Stands at the end of the header. */
  readonly children?: ReactNode;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/** What the trace is, how it went, and what it cost. */
export const TraceHeader = part<HTMLDivElement, TraceHeaderProps>(function TraceHeader(
  { children, className, style },
  ref,
) {
  const { store, format, labels } = useTraceContext();
  const trace = useTrace();
  const around = useTraceSet();
  const streamed = useTraceStore((state) => state.streamed);
  const soFar = trace?.live ? labels.soFar : undefined;
  const afterRows = useAfterRows(trace);
  if (!trace) return null;
  const atLeast = around && around.missing(trace).length > 0 ? labels.atLeast : undefined;
  const failed = errors(trace).length;
  const total = afterRows ? ledger(trace).total : null;
  const { services, unfinished } = traceFacts(trace);
  const state = outcomeOf(trace);
  const whole = trace.end;
  const length = answeredAfter(trace);
  const steps = stepCount(trace);
  const firstSeen = afterRows ? firstToken(trace) : Number.NaN;
  /** The root's details tell of the trace: all scores, with what was said about them. */
  const showTrace = (): void => {
    store.actions.showPanel('trace');
    if (trace.spanCount > 0) store.actions.select(trace.span(0).key);
  };
  return (
    <div
      ref={ref}
      className={className === undefined ? 'tv-header' : `tv-header ${className}`}
      style={style}
      data-trace-part="header"
      data-state={state}
    >
      <div className="tv-title">
        <h2>
          <bdi className="tv-title-name">{recordedText(trace.name) || '—'}</bdi>
          {state === 'error' ? (
            <button
              type="button"
              className="tv-pill"
              data-tone="error"
              title={labels.nextError}
              onClick={() => store.actions.stepError(1)}
            >
              <Sign name="error" />
              {labels.errorCount(failed, format.count(failed))}
            </button>
          ) : trace.live && state === 'unfinished' ? null : (
            <Outcome state={state} />
          )}
          {streamed ? (
            <span className="tv-pill tv-live" data-state={trace.live ? 'live' : 'ended'}>
              <i aria-hidden="true" />
              {trace.live ? labels.live : labels.liveEnded}
            </span>
          ) : null}
        </h2>
        <p className="tv-meta">
          <span suppressHydrationWarning>{beganInZone(trace, format, labels)}</span>
          <span className="tv-optional">
            {labels.traceId} <code>{shortId(trace.traceId)}</code>
          </span>
          <bdi className="tv-optional">{recordedText(services.join(', '))}</bdi>
          {trace.sessionId === undefined ? null : (
            <span className="tv-optional">
              {labels.session} <bdi>{recordedText(trace.sessionId)}</bdi>
            </span>
          )}
          {trace.userId === undefined ? null : (
            <span className="tv-optional">
              {labels.user} <bdi>{recordedText(trace.userId)}</bdi>
            </span>
          )}
        </p>
      </div>
      <dl className="tv-stats">
        {Number.isNaN(length) ? null : (
          <Stat
            atLeast={atLeast}
            label={labels.duration}
            note={soFar ?? (whole > length * 1.005 ? labels.inAll(format.duration(whole)) : undefined)}
            next={labels.nextSlowest}
            onNext={() => store.actions.stepSlowest(1)}
          >
            {trace.live && unfinished ? <RunningTime trace={trace} start={0} /> : format.duration(length)}
          </Stat>
        )}
        {Number.isNaN(firstSeen) ? null : <Stat label={labels.firstToken}>{format.duration(firstSeen)}</Stat>}
        <Amounts trace={trace} total={total} atLeast={atLeast} soFar={soFar} />
        {trace.scores.slice(0, SCORES_AT_MOST).map((score, place) => (
          <Stat
            key={place}
            label={plainText(score.name) || labels.score}
            optional
            next={labels.allScores}
            onNext={showTrace}
          >
            {recordedText(scoreText(score, '—'), true)}
          </Stat>
        ))}
        {trace.scores.length > SCORES_AT_MOST ? (
          <Stat label={labels.scores} optional next={labels.allScores} onNext={showTrace}>
            {labels.more(trace.scores.length - SCORES_AT_MOST)}
          </Stat>
        ) : null}
        {steps === null ? null : (
          <Stat atLeast={atLeast} label={labels.stepsLabel}>
            {format.count(steps)}
          </Stat>
        )}
        <Stat atLeast={atLeast} label={labels.spans} note={soFar} optional>
          {format.count(trace.spanCount)}
        </Stat>
      </dl>
      {children === undefined ? null : inSlot(children)}
    </div>
  );
});

/** What the trace came to; where that is not added up yet, in the room that it will have. */
function Amounts({ trace, total, atLeast, soFar }: AmountsProps) {
  const { store, format, labels } = useTraceContext();
  if (!total)
    return (
      <>
        {reportsAmount([trace], 'usage') ? <Stat label={labels.tokens}>…</Stat> : null}
        {reportsAmount([trace], 'cost') ? <Stat label={labels.cost}>…</Stat> : null}
      </>
    );
  const { usage, cost, calls, callsWithUsage, callsWithCost } = total;
  return (
    <>
      {usage.total === null ? null : (
        <Stat
          atLeast={atLeast}
          label={labels.tokens}
          note={soFar}
          gap={callsWithUsage < calls ? labels.counted(callsWithUsage, calls) : undefined}
        >
          {format.tokens(usage.total)}
        </Stat>
      )}
      {cost.total === null ? null : (
        <Stat
          atLeast={atLeast}
          label={labels.cost}
          note={soFar ?? labels.costOrigin(cost.origin)}
          gap={callsWithCost < calls ? labels.priced(callsWithCost, calls) : undefined}
          next={labels.nextCostliest}
          onNext={() => store.actions.stepCostliest(1)}
        >
          {format.money(cost.total, cost.currency)}
        </Stat>
      )}
    </>
  );
}

interface AmountsProps {
  readonly trace: Trace;
  readonly total: LedgerEntry | null;
  readonly atLeast: string | undefined;
  /** More of it may come. */
  readonly soFar: string | undefined;
}

type OutcomeState = 'error' | 'unfinished' | 'ok' | 'unknown';

/** How a trace went. That nothing failed is only known where its roots say how they ended. */
function outcomeOf(trace: Trace): OutcomeState {
  const { errors: failed, unfinished, statusKnown } = traceFacts(trace);
  if (failed > 0) return 'error';
  if (unfinished) return 'unfinished';
  return statusKnown ? 'ok' : 'unknown';
}

/** The outcome of a trace in which nothing failed, in words. */
function Outcome({ state }: { readonly state: Exclude<OutcomeState, 'error'> }) {
  const { labels } = useTraceContext();
  if (state === 'unknown') return <span className="tv-pill">{labels.noErrorsRecorded}</span>;
  return state === 'ok' ? (
    <span className="tv-pill" data-tone="ok">
      <Sign name="check" size={11} />
      {labels.noErrors}
    </span>
  ) : (
    <span className="tv-pill" data-tone="warn">
      <Sign name="clock" size={11} />
      {labels.unfinished}
    </span>
  );
}

/** More would push the numbers out that every trace has. */
const SCORES_AT_MOST = 2;

const shortId = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id);
