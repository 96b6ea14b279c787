'use client';
import type { ReactNode } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { DiffSide } from '../../layout/diff/placedTimes.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import { Sign } from '../parts/icons.tsx';
import { useCopy } from '../parts/useCopy.ts';
import { recordedText } from '../text/recordedText.tsx';
import { beganWords } from '../text/timeWords.ts';

interface DiffHeaderProps {
  readonly merged: MergedTrace;
  onSwap(): void;
  readonly children?: ReactNode;
}

/** Which two traces these are. */
export function DiffHeader({ merged, onSwap, children }: DiffHeaderProps) {
  const { labels, format } = useTraceContext();
  const copy = useCopy();
  const { a, b, diff } = merged;
  const larger = Math.max(a.spanCount, b.spanCount);
  const { pairs, rows, changes, totals, counts, divergence, warnings } = diff;
  return (
    <div className="tv-header tv-diff-header" data-trace-part="header">
      <div className="tv-title">
        <h2>
          <bdi className="tv-title-name">{recordedText(b.trace.name) || '—'}</bdi>
        </h2>
        <p className="tv-meta">
          <span>{labels.spansMatched(format.count(pairs.length), format.count(larger))}</span>
        </p>
      </div>
      <div className="tv-diff-sides">
        <Side side={a} sign="A" />
        <span className="tv-faint" aria-hidden="true">
          →
        </span>
        <Side side={b} sign="B" />
      </div>
      <button type="button" className="tv-button tv-line" title={labels.swapSidesHint} onClick={onSwap}>
        {labels.swapSides}
      </button>
      <span className="tv-spring" />
      <button
        type="button"
        className="tv-button tv-line tv-optional"
        onClick={() =>
          void copy(
            JSON.stringify({ totals, counts, changes, divergence, warnings, pairs, rows }, null, 1),
            labels.exportDiffDone,
          )
        }
      >
        <Sign name="copy" size={12} />
        {labels.exportDiff}
      </button>
      {children}
    </div>
  );
}

const shortId = (id: string): string => (id.length > 12 ? `${id.slice(0, 4)}…${id.slice(-4)}` : id);

function Side({ side: { trace }, sign }: { readonly side: DiffSide; readonly sign: 'A' | 'B' }) {
  const { labels, format } = useTraceContext();
  return (
    <div className="tv-diff-side" data-side={sign}>
      <span className="tv-diff-tag" aria-hidden="true">
        {sign}
      </span>
      <div>
        <b suppressHydrationWarning>{beganWords(trace, format, labels)}</b>
        <span className="tv-faint">
          {sign === 'A' ? labels.sideBefore : labels.sideAfter} · <code>{shortId(trace.traceId)}</code>
        </span>
      </div>
    </div>
  );
}
