'use client';
import { sessionTotals } from '../../analysis/traces/sessions.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { TimeAxis } from '../../layout/time/timeAxis.ts';
import type { Trace } from '../../model/types.ts';
import { recordedText } from '../text/recordedText.tsx';
import { Stat } from '../parts/Stat.tsx';

interface SessionHeadProps {
  readonly session: string;
  readonly turns: readonly Trace[];
  /** When the first turn began. */
  readonly origin: bigint;
  readonly axis: TimeAxis;
}

/** Which session this is, and what all its turns come to. */
export function SessionHead({ session, turns, origin, axis }: SessionHeadProps) {
  const { format, labels } = useTraceContext();
  const { errors, repeated, tokens, cost, currency, calls, callsWithUsage, callsWithCost } = sessionTotals(turns);
  const users = Array.from(new Set(turns.flatMap(({ userId }) => userId ?? [])));
  return (
    <header className="tv-session-head">
      <div className="tv-title">
        <h3 className="tv-title-name">
          {labels.sessionColumn} <bdi>{recordedText(session)}</bdi>
        </h3>
        <p className="tv-meta">
          {/* The server's time zone need not be the reader's. */}
          <span suppressHydrationWarning>{axis.stretches.length === 0 ? labels.noTimes : format.dateTime(origin)}</span>
          <span>{labels.turns(turns.length, format.count(turns.length))}</span>
          {errors > 0 ? (
            <span className="tv-list-errors">{labels.errorCount(errors, format.count(errors))}</span>
          ) : null}
          {users.length === 0 ? null : (
            <span>
              {labels.user} <bdi>{recordedText(users.slice(0, 3).join(', '))}</bdi>
            </span>
          )}
        </p>
      </div>
      <dl className="tv-stats">
        {axis.busy === 0 ? null : <Stat label={labels.busyTime}>{format.duration(axis.busy)}</Stat>}
        {axis.idle === 0 ? null : (
          <Stat label={labels.idleTime} note={axis.longest === Infinity ? undefined : labels.shortened}>
            {format.duration(axis.idle)}
          </Stat>
        )}
        {tokens === null ? null : (
          <Stat
            label={labels.tokens}
            note={repeated === 0 ? undefined : labels.turnsCountedOnce(repeated, format.count(repeated))}
            gap={callsWithUsage < calls ? labels.counted(callsWithUsage, calls) : undefined}
          >
            {format.tokens(tokens)}
          </Stat>
        )}
        {cost === null || currency === null ? null : (
          <Stat label={labels.cost} gap={callsWithCost < calls ? labels.priced(callsWithCost, calls) : undefined}>
            {format.money(cost, currency)}
          </Stat>
        )}
      </dl>
    </header>
  );
}
