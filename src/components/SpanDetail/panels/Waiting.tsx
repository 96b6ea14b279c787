'use client';
import { slackInSteps } from '../../../analysis/agents/slack.ts';
import { whatIf } from '../../../analysis/agents/whatIf.ts';
import { soon, type Steps } from '../../../analysis/steps.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useSoon } from '../../../hooks/useSoon.ts';
import { useTrace } from '../../../hooks/useTrace.ts';
import type { Span, Trace } from '../../../model/types.ts';
import { fanOutWords } from '../../text/fanOutWords.ts';
import { useLaterLabels } from '../../TraceFindings/useLaterLabels.ts';

/** What waited for a span: how much longer it could take, what half of it would save, and how its branches ran. */
export function Waiting({ span }: { readonly span: Span }) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const trace = useTrace();
  const found = useSoon(
    (signal) => (trace ? soon(slackNow(trace), { signal }) : null),
    [trace],
    trace?.live ? trace.key : undefined,
  );
  // Of a trace that grows it may be of its last state.
  const index = found?.of.find(span.key)?.index;
  if (!trace || !found || index === undefined || span.parent === null) return null;
  const slack = found.free[index]!;
  const branches = fanOutWords(trace, index, labels, format);
  const saved =
    slack === 0 && span.duration > 0
      ? whatIf(trace, { key: span.key, duration: Math.round(span.duration / 2) }).saved
      : 0;
  if (slack === Infinity && branches === null) return null;
  return (
    <dl className="tv-waiting">
      {branches === null ? null : (
        <>
          <dt>{labels.fanOutLabel}</dt>
          <dd>{branches}</dd>
        </>
      )}
      {slack === Infinity ? null : (
        <>
          <dt>{labels.slackLabel}</dt>
          <dd>{slack === 0 ? labels.noSlack : labels.slack(format.duration(slack))}</dd>
        </>
      )}
      {saved > 0 ? (
        <>
          <dt>{labels.ifHalf}</dt>
          <dd>
            <button type="button" onClick={() => store.actions.showFindings('speedups')}>
              {labels.endsSooner(format.duration(saved))}
            </button>
          </dd>
        </>
      ) : null}
    </dl>
  );
}

/** Of which state of a trace it is. */
function* slackNow(of: Trace): Steps<{ readonly of: Trace; readonly free: Float64Array }> {
  return { of, free: yield* slackInSteps(of) };
}
