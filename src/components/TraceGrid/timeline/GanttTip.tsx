'use client';
import { useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { ledger } from '../../../analysis/amounts/ledger.ts';
import { ownTime } from '../../../analysis/time/ownTime.ts';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useRowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { closedLoops } from '../../../layout/rows/loopRows.ts';
import type { Span, Trace } from '../../../model/types.ts';
import { fanOutWords } from '../../text/fanOutWords.ts';
import { useLaterLabels } from '../../TraceFindings/useLaterLabels.ts';
import { recordedText } from '../../text/recordedText.tsx';
import { stepWords } from '../../text/stepWords.ts';
import { LoopTip } from './LoopTip.tsx';
import { createBarTip } from './barTip.ts';

const none = (): null => null;

/**
 * What a bar is, beside the pointer. One commit per bar. For the eye alone: the row and the details say the same to
 * everybody, so the pointer passes through it and assistive technology does not meet it.
 */
export function GanttTip() {
  const { store } = useTraceContext();
  const drawing = useRowDrawing();
  const trace = useTraceStore((state) => state.trace);
  const [tip] = useState(() => createBarTip(store));
  const index = useSyncExternalStore(tip.subscribe, tip.shown, none);
  const loops = useTraceStore((state) => state.loops);
  const folds = useTraceStore((state) => state.folds);
  const loop = index === null ? undefined : closedLoops(loops, folds).at(index);
  const element = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => tip.watch(element.current!.closest<HTMLElement>('.tv-grid-frame')!), [tip]);
  useBrowserLayoutEffect(() => {
    if (index !== null) tip.place(element.current!);
  }, [tip, index]);
  return (
    <div ref={element} className="tv-tip" aria-hidden="true" hidden={index === null}>
      {trace && index !== null && index < trace.spanCount
        ? (drawing?.tip(trace, index) ??
          (loop?.head === index ? <LoopTip trace={trace} loop={loop} /> : <Facts trace={trace} index={index} />))
        : null}
    </div>
  );
}

function Times({ trace, span }: { readonly trace: Trace; readonly span: Span }) {
  const { format, labels } = useTraceContext();
  const share = trace.end > 0 ? span.duration / trace.end : NaN;
  return (
    <>
      <dt>{labels.duration}</dt>
      <dd>
        {format.duration(span.duration)}
        {share >= 0.01 ? ` · ${format.count(share * 100)} %` : ''}
      </dd>
      {span.descendantCount > 0 ? (
        <>
          <dt>{labels.selfTime}</dt>
          <dd>{format.duration(ownTime(trace)[span.index]!)}</dd>
        </>
      ) : null}
      <dt>{labels.startsLabel}</dt>
      <dd>{format.duration(span.start)}</dd>
    </>
  );
}

function Facts({ trace, index }: { readonly trace: Trace; readonly index: number }) {
  const { format, labels } = useTraceContext();
  const span = trace.span(index);
  const words = useLaterLabels();
  const branches = fanOutWords(trace, index, words, format);
  const { own, subtree } = ledger(trace);
  const { usage, cost } = subtree(index);
  const sigma = (isSum: boolean): ReactNode => (isSum ? <span className="tv-sigma">Σ</span> : null);
  const step = stepWords(trace, index, format, labels);
  return (
    <>
      <b>
        <bdi>{recordedText(span.name, true) || '—'}</bdi>
      </b>
      <dl>
        {step === null ? (
          <Times trace={trace} span={span} />
        ) : (
          <>
            <dt>{labels.stepLabel}</dt>
            <dd>{step}</dd>
          </>
        )}
        {usage.total === null ? null : (
          <>
            <dt>{labels.tokens}</dt>
            <dd>
              {sigma(own(index).usage.total !== usage.total)}
              {format.count(usage.total)}
            </dd>
          </>
        )}
        {cost.total === null ? null : (
          <>
            <dt>{labels.cost}</dt>
            <dd>
              {sigma(own(index).cost.total !== cost.total)}
              {format.money(cost.total, cost.currency)}
            </dd>
          </>
        )}
        {branches === null ? null : (
          <>
            <dt>{words.fanOutLabel}</dt>
            <dd>{branches}</dd>
          </>
        )}
        {span.status === 'unset' ? null : (
          <>
            <dt>{labels.statusLabel}</dt>
            <dd data-tone={span.status === 'error' ? 'error' : undefined}>{labels.status(span.status)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
