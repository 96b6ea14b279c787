'use client';
import { answeredAfter, traceFacts } from '../../analysis/traces/traceFacts.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { axisLabels, isShortened, type TimeAxis } from '../../layout/time/timeAxis.ts';
import type { TimeWindow } from '../../layout/time/timeScale.ts';
import type { Trace } from '../../model/types.ts';

const percent = (part: number, whole: number): string => `${whole > 0 ? (part / whole) * 100 : 0}%`;

/**
 * Breaks narrower than this share of the axis have no mark of their own: nobody could see it, and there may be
 * thousands.
 */
const SEEN = 1 / 250;

/**
 * The head of the timeline: how long after the session's start work began and went on. Words that do not fit are not
 * there; how long a pause was stands in the row after it.
 */
export function SessionScale({ axis }: { readonly axis: TimeAxis }) {
  const { format, labels } = useTraceContext();
  return (
    <>
      <span className="tv-visually-hidden">{labels.timeline}</span>
      <span className="tv-session-scale" aria-hidden="true">
        {axisLabels(axis).map(({ idle, at, width, length }) => (
          <span
            key={at}
            data-idle={idle || undefined}
            style={{ left: percent(at, axis.width), width: percent(width, axis.width) }}
          >
            <i />
            {idle ? null : (
              <b>
                {length === 0 ? '' : '+'}
                {format.duration(length)}
              </b>
            )}
          </span>
        ))}
      </span>
    </>
  );
}

/** Where time is shortened, through all rows. */
export function SessionBreaks({ axis }: { readonly axis: TimeAxis }) {
  return (
    <div className="tv-session-breaks" aria-hidden="true">
      {axis.stretches
        .filter((stretch) => isShortened(stretch) && stretch.width >= axis.width * SEEN)
        .map(({ at, width }) => (
          <i key={at} style={{ left: percent(at, axis.width), width: percent(width, axis.width) }} />
        ))}
    </div>
  );
}

interface TurnBarProps {
  readonly trace: Trace;
  readonly axis: TimeAxis;
  readonly window: TimeWindow;
  readonly pause: number;
}

/** One turn on the axis of all. Its words say when it began and how long nobody did anything before. */
export function TurnBar({ trace, axis, window, pause }: TurnBarProps) {
  const { format, labels } = useTraceContext();
  const [from, to] = window;
  const { failures } = traceFacts(trace);
  // Of unknown length: the end of its window is the last instant known.
  const answered = answeredAfter(trace) || to - from;
  const place = (start: number, end: number) => ({
    left: percent(axis.toAxis(start), axis.width),
    width: percent(axis.toAxis(end) - axis.toAxis(start), axis.width),
  });
  return (
    <>
      <span className="tv-session-bar" aria-hidden="true">
        {pause > axis.longest ? (
          <b style={{ width: percent(axis.toAxis(from), axis.width) }}>{labels.idle(format.duration(pause))}</b>
        ) : null}
        {answered < trace.end ? <i data-mark="tail" style={place(from, to)} /> : null}
        <i style={place(from, from + answered)} />
        {failures.map(([start, end]) => (
          <i key={start} data-mark="error" style={place(from + start, from + end)} />
        ))}
      </span>
      <span className="tv-visually-hidden">
        {pause > 0 ? `${labels.afterPause(format.duration(pause))}, ` : ''}
        {labels.startsAt(format.duration(from), format.duration(to - from))}
      </span>
    </>
  );
}
