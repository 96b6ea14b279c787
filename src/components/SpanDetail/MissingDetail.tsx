'use client';
import type { MissingParent } from '../../analysis/missingParents.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { Sign } from '../parts/icons.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { CopyButton } from './panels/CopyButton.tsx';
import { StepList } from './panels/steps/StepList.tsx';
import { Section } from './values/Section.tsx';

/** All there is to say of a step that has not arrived, or never did: its id, and the steps that name it. */
export function MissingDetail({ missing }: { readonly missing: MissingParent }) {
  const { labels, format } = useTraceContext();
  const words = useLaterLabels();
  const trace = useTrace();
  if (!trace) return null;
  const { spanId, children } = missing;
  const count = format.count(children.length);
  return (
    <>
      <div className="tv-summary">
        <div className="tv-summary-head">
          <span className="tv-glyph tv-glyph-big tv-missing-glyph">
            <Sign name={trace.live ? 'clock' : 'warning'} size={14} />
          </span>
          <div>
            <h3>{trace.live ? labels.parentToCome : labels.noParent}</h3>
            <p>{labels.namedBy(children.length, count)}</p>
          </div>
        </div>
        <p className="tv-when">
          <span className="tv-when-id">
            {labels.spanIdTitle} <code>{spanId.length > 16 ? `${spanId.slice(0, 16)}…` : spanId}</code>
            <CopyButton label={labels.copyValueOf(labels.spanIdTitle)} text={() => spanId} />
          </span>
        </p>
      </div>
      <div className="tv-panel">
        <p className="tv-missing-words">
          {trace.live ? words.stepNotArrived(children.length, count) : words.stepMissing(children.length, count)}
        </p>
        <Section title={words.namedByLabel} count={count}>
          <StepList trace={trace} label={words.namedByLabel} steps={children} since={0} />
        </Section>
      </div>
    </>
  );
}
