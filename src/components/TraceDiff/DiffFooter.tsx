'use client';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { MergedTrace } from '../../layout/diff/mergedTrace.ts';
import type { DiffProgress } from '../../analysis/diff/diffInSteps.ts';
import { DiffSign } from './diffDrawing.tsx';

const STATES = ['added', 'removed', 'changed', 'moved', 'same'] as const;

interface DiffFooterProps {
  readonly merged: MergedTrace;
  /** Null = the whole result is there. */
  readonly progress: DiffProgress | null;
  onKeys(): void;
}

/** Counts, how far the work is, and the first keys. */
export function DiffFooter({ merged, progress, onKeys }: DiffFooterProps) {
  const { labels, format } = useTraceContext();
  return (
    <div className="tv-footer tv-diff-footer" data-trace-part="footer">
      {STATES.map((state) => (
        <span key={state} data-diff={state}>
          <DiffSign state={state} />
          {labels.diffCount(labels.diffState(state), format.count(merged.diff.counts[state]))}
        </span>
      ))}
      {progress === null ? null : (
        <span className="tv-diff-progress">
          {labels.comparing} {format.count(progress.done * 100)} %
        </span>
      )}
      <span className="tv-spring" />
      <span className="tv-keys">
        <kbd>N</kbd>
        <kbd>P</kbd> {labels.changeKeys}
      </span>
      <span className="tv-keys">
        <kbd>X</kbd> {labels.swapKey}
      </span>
      <span className="tv-keys">
        <kbd>/</kbd> {labels.findKey}
      </span>
      <button type="button" className="tv-keys tv-notes" onClick={onKeys}>
        <kbd>?</kbd> {labels.keysHint}
      </button>
    </div>
  );
}
