import type { CSSProperties } from 'react';
import { answeredAfter, traceFacts } from '../../analysis/traces/traceFacts.ts';
import type { Nanos, Trace } from '../../model/types.ts';

const share = (part: Nanos, whole: Nanos): string =>
  `${whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0}%`;

/**
 * A bar as long as the trace, beside the longest of the list; where something failed it is hatched, after the answer it
 * is thin.
 */
export function DurationBar({ trace, longest }: { readonly trace: Trace; readonly longest: Nanos }) {
  const { failures, unfinished } = traceFacts(trace);
  const answered = answeredAfter(trace);
  return (
    <span className="tv-spark" aria-hidden="true" style={{ '--tv-whole': share(trace.end, longest) } as CSSProperties}>
      <span className="tv-spark-whole" data-open={unfinished || undefined}>
        <i style={{ left: 0, width: share(answered, trace.end) }} />
        {failures.map(([from, to]) => (
          <i
            key={from}
            data-mark="error"
            style={{ left: share(from, trace.end), width: share(to - from, trace.end) }}
          />
        ))}
      </span>
    </span>
  );
}
