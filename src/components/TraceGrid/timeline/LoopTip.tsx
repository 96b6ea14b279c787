'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { loopFacts } from '../../../layout/rows/loopFacts.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import type { Trace } from '../../../model/types.ts';
import { LoopName } from '../../text/LoopName.tsx';

/** What a closed loop came to, beside the pointer. */
export function LoopTip({ trace, loop }: { readonly trace: Trace; readonly loop: LoopRow }) {
  const { format, labels } = useTraceContext();
  const { start, end, iterations, median, slowest, failed, sum, costShare } = loopFacts(trace, loop);
  const longest = iterations[slowest]!;
  const share = (part: number | null): string =>
    part !== null && part >= 0.01 ? ` · ${format.count(Math.round(part * 100))} %` : '';
  return (
    <>
      <b>
        <bdi>
          <LoopName trace={trace} loop={loop} />
        </bdi>{' '}
        {labels.times(format.count(iterations.length))}
      </b>
      <dl>
        <dt>{labels.totalOfLoop}</dt>
        <dd>
          {format.duration(end - start)}
          {share(trace.end > 0 ? (end - start) / trace.end : null)}
        </dd>
        <dt>{labels.medianIteration}</dt>
        <dd>{format.duration(median)}</dd>
        <dt>{labels.slowestIteration(format.count(slowest + 1))}</dt>
        <dd>{format.duration(longest.end - longest.start)}</dd>
        {sum.usage.total === null ? null : (
          <>
            <dt>{labels.tokens}</dt>
            <dd>
              <span className="tv-sigma">Σ</span>
              {format.count(sum.usage.total)}
            </dd>
          </>
        )}
        {sum.cost.total === null ? null : (
          <>
            <dt>{labels.cost}</dt>
            <dd>
              <span className="tv-sigma">Σ</span>
              {format.money(sum.cost.total, sum.cost.currency)}
              {share(costShare)}
            </dd>
          </>
        )}
        {failed === 0 ? null : (
          <>
            <dt>{labels.errors}</dt>
            <dd data-tone="error">{format.count(failed)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
