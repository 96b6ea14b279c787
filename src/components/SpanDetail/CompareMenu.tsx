'use client';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { earlierFirst, iterationsOf, sameStep, type StepSide } from '../../analysis/traces/sameStep.ts';
import { useCompare, type Compare } from '../../hooks/context/CompareContext.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { Span, Trace } from '../../model/types.ts';
import { keepInside } from '../menu/keepInside.ts';
import { MenuButton } from '../menu/MenuButton.tsx';
import { Sign } from '../parts/icons.tsx';
import { recordedText } from '../text/recordedText.tsx';
import { beganWords } from '../text/timeWords.ts';

/** So many traces are looked through for the step, and so many steps are offered of either sort. */
const TRACES_AT_MOST = 200;
const OFFERED = 30;

/** Compares the span with another iteration of it, or with the same step in another trace. */
export function CompareMenu({ span }: { readonly span: Span }) {
  const { labels } = useTraceContext();
  const compare = useCompare();
  const trace = useTrace();
  if (!compare || !trace) return null;
  const hasOthers = compare.traces.some(({ key }) => key !== trace.key);
  if (!hasOthers && (span.parent?.childCount ?? 0) < 2) return null;
  return (
    <MenuButton
      className="tv-copy-menu tv-compare-menu"
      renderDialog={(close) => <CompareDialog span={span} trace={trace} compare={compare} onClose={close} />}
    >
      <Sign name="pair" size={12} />
      <span className="tv-visually-hidden">{labels.compareWith}</span>
    </MenuButton>
  );
}

interface CompareDialogProps {
  readonly span: Span;
  readonly trace: Trace;
  readonly compare: Compare;
  onClose(): void;
}

function CompareDialog({ span, trace, compare, onClose }: CompareDialogProps) {
  const { labels, format } = useTraceContext();
  const dialog = useRef<HTMLDivElement>(null);
  const own = useMemo(() => ({ trace, key: span.key }), [trace, span.key]);
  const iterations = useMemo(() => nearest(iterationsOf(own), span), [own, span]);
  const elsewhere = useMemo(() => stepsElsewhere(own, compare.traces), [own, compare.traces]);
  useBrowserLayoutEffect(() => keepInside(dialog.current!), []);
  useEffect(() => dialog.current!.querySelector<HTMLElement>('button, [tabindex]')!.focus({ preventScroll: true }), []);
  const offer = (other: StepSide, words: ReactNode, aside: string): ReactNode => (
    <li key={other.key}>
      <button
        type="button"
        onClick={() => {
          onClose();
          compare.start(...earlierFirst(own, other));
        }}
      >
        <bdi>{words}</bdi>
        <span className="tv-aside">{aside}</span>
      </button>
    </li>
  );
  const lengthOf = ({ duration }: Span): string => format.duration(duration);
  return (
    <div
      ref={dialog}
      role="dialog"
      aria-label={labels.compareWith}
      className="tv-columns tv-copy-dialog tv-compare-dialog"
    >
      {iterations.length === 0 ? null : (
        <>
          <h4>{labels.otherIterations}</h4>
          <ul>
            {iterations.map((each) => offer({ trace, key: each.key }, recordedText(each.name, true), lengthOf(each)))}
          </ul>
        </>
      )}
      {elsewhere.length === 0 ? null : (
        <>
          <h4>{labels.sameStepElsewhere}</h4>
          <ul>
            {elsewhere.map(({ trace: other, span: step }) =>
              offer(
                { trace: other, key: step.key },
                <>
                  {recordedText(other.name, true)} <span className="tv-faint">{beganWords(other, format, labels)}</span>
                </>,
                lengthOf(step),
              ),
            )}
          </ul>
        </>
      )}
      {iterations.length + elsewhere.length === 0 ? (
        <p className="tv-faint" tabIndex={-1}>
          {labels.nothingToCompare}
        </p>
      ) : null}
    </div>
  );
}

/** Of many iterations those around the span. */
function nearest(iterations: readonly Span[], { index }: Span): readonly Span[] {
  const after = iterations.findIndex((each) => each.index > index);
  const middle = after === -1 ? iterations.length : after;
  const from = Math.max(0, Math.min(middle - OFFERED / 2, iterations.length - OFFERED));
  return iterations.slice(from, from + OFFERED);
}

interface Step {
  readonly trace: Trace;
  readonly span: Span;
}

function stepsElsewhere(own: StepSide, traces: readonly Trace[]): readonly Step[] {
  const found: Step[] = [];
  for (const trace of traces.slice(0, TRACES_AT_MOST)) {
    if (trace.key === own.trace.key) continue;
    const span = sameStep(own, trace);
    if (span) found.push({ trace, span });
    if (found.length === OFFERED) break;
  }
  return found;
}
