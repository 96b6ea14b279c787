'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Span } from '../../../model/types.ts';
import { CopyButton } from './CopyButton.tsx';

/** Where in time a span lies: from the beginning of the trace, and on the clock; and its id. */
export function WhenItWas({ span }: { readonly span: Span }) {
  const { labels, format } = useTraceContext();
  const { start, end, startUnixNano, endUnixNano, spanId } = span;
  const hasEnd = !Number.isNaN(end);
  return (
    <p className="tv-when">
      <span className="tv-when-relative">
        {startUnixNano === null && !hasEnd
          ? labels.noTimes
          : `${startUnixNano === null ? labels.noStart : signed(start, format.duration)} – ${
              hasEnd ? signed(end, format.duration) : labels.noEnd
            }`}
      </span>
      {startUnixNano === null ? null : (
        // The server's time zone need not be the reader's.
        <span suppressHydrationWarning title={endUnixNano === null ? undefined : format.zonedTime(endUnixNano)}>
          {format.zonedTime(startUnixNano)}
          {endUnixNano === null ? null : ` – ${format.clockTime(endUnixNano)}`}
        </span>
      )}
      <span className="tv-when-id">
        {labels.spanIdTitle} <code>{spanId.length > 16 ? `${spanId.slice(0, 16)}…` : spanId}</code>
        <CopyButton label={labels.copyValueOf(labels.spanIdTitle)} text={() => spanId} />
      </span>
    </p>
  );
}

/** From the beginning of the trace; a span may lie before it. */
const signed = (time: number, write: (time: number) => string): string =>
  time < 0 ? `−${write(-time)}` : `+${write(time)}`;
