'use client';
import { Fragment, useState, type CSSProperties } from 'react';
import type { Finding } from '../../analysis/agents/findingWords.ts';
import type { AssertionRule } from '../../analysis/agents/rules.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { SpanKey } from '../../model/types.ts';
import { part } from '../parts/part.tsx';
import { Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { useFindings } from './useFindings.ts';
import { useLaterLabels } from './useLaterLabels.ts';

export interface TraceFindingsProps {
  /** What is asked of every span. @default the rules of the provider */
  readonly rules?: readonly AssertionRule[] | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * What is to know about a trace before all else, the worst first: a sentence each, and a press leads to the span that it
 * is about; again, to the next one. Of an error that is its cause, and the chain from the top to it stands below. Looked
 * for when the rows are drawn, in slices.
 */
export const TraceFindings = part<HTMLElement, TraceFindingsProps>(function TraceFindings(
  { rules, className, style },
  ref,
) {
  const labels = useLaterLabels();
  const found = useFindings(rules);
  return (
    <section
      ref={ref}
      className={className === undefined ? 'tv-findings' : `tv-findings ${className}`}
      style={style}
      data-trace-part="findings"
      data-state={stateOf(found)}
      aria-label={labels.findings}
    >
      {found && found.length > 0 ? (
        <ul>
          {found.map((finding, place) => (
            <Item key={place} finding={finding} />
          ))}
        </ul>
      ) : (
        <p className="tv-faint">{found ? labels.noFindings : labels.findingsPending}</p>
      )}
    </section>
  );
});

const stateOf = (found: readonly Finding[] | null): string => (found ? (found[0]?.severity ?? 'empty') : 'busy');

function Item({ finding }: { readonly finding: Finding }) {
  const { store, format } = useTraceContext();
  const labels = useLaterLabels();
  const { severity, keys, message } = finding;
  const about = aboutOf(finding);
  const current = useTraceStore(({ selectedSpan }) => (selectedSpan === null ? -1 : about.indexOf(selectedSpan)));
  const [last, setLast] = useState(-1);
  const next = (Math.max(current, last) + 1) % about.length;
  return (
    <li data-severity={severity}>
      <button
        type="button"
        className="tv-finding"
        aria-current={current !== -1 || undefined}
        onClick={() => {
          store.actions.select(about[current === -1 ? 0 : next]!);
          setLast(-1);
        }}
      >
        <Sign name={severity === 'info' ? 'dot' : 'warning'} size={11} />
        <span className="tv-visually-hidden">{labels.findingSeverity(severity)}: </span>
        <span className="tv-finding-words">
          <bdi>{recordedText(labels.findingSentence(finding, format) ?? message, true)}</bdi>
          {about.length < keys.length ? <Chain keys={[...keys.slice(about.length).toReversed(), about[0]!]} /> : null}
        </span>
        {about.length > 1 ? (
          <span className="tv-faint tv-finding-place">
            {current === -1 ? `×${format.count(about.length)}` : labels.findingPlace(current + 1, about.length)}
          </span>
        ) : null}
      </button>
    </li>
  );
}

/** What a press leads to: of an error its causes, not what failed with them. */
export function aboutOf({ code, keys, facts }: Finding): readonly SpanKey[] {
  const causes = code === 'error' || code === 'retries' ? Number(facts['times']) : keys.length;
  return keys.slice(0, Math.max(1, causes));
}

/** From the span that failed at the top down to the cause. */
function Chain({ keys }: { readonly keys: readonly SpanKey[] }) {
  const trace = useTrace();
  return (
    <span className="tv-finding-chain tv-faint">
      {keys.map((key, place) => (
        <Fragment key={key}>
          {place > 0 ? ' › ' : null}
          <bdi>{recordedText(trace?.find(key)?.name ?? '', true)}</bdi>
        </Fragment>
      ))}
    </span>
  );
}
