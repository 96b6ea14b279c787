'use client';
import { useEffect, useRef, type ReactNode } from 'react';
import type { TraceSide } from '../../analysis/diff/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { TraceDiff } from '../TraceDiff/TraceDiff.tsx';
import type { TraceViewerProps } from '../types.ts';

export interface ComparisonProps {
  readonly a: TraceSide;
  readonly b: TraceSide;
  /** Of the viewer: how it looks, in which words. */
  readonly look: TraceViewerProps;
  /** The host's own controls. */
  readonly headerEnd: ReactNode;
  onBack(): void;
}

/**
 * Two sides compared, over the viewer, which stays as it is below. The way back is there whatever becomes of the
 * comparison. Fetched when it is first asked for.
 */
export function Comparison({ a, b, look, headerEnd, onBack }: ComparisonProps) {
  const { store, labels } = useTraceContext();
  const back = useRef<HTMLButtonElement>(null);
  const { kinds, panels, renderers, labels: words, onReveal, locale, timeZone, density, theme } = look;
  // What had the focus is covered.
  useEffect(() => back.current!.focus({ preventScroll: true }), []);
  return (
    <div className="tv-comparison" data-trace-part="comparison">
      <div className="tv-comparison-top">
        <button
          ref={back}
          type="button"
          className="tv-button"
          onClick={() => {
            onBack();
            store.actions.focusGrid();
          }}
        >
          <Sign name="back" size={10} />
          {labels.backToTrace}
        </button>
      </div>
      <div className="tv-comparison-diff">
        <TraceDiff
          {...{ a, b, kinds, panels, renderers, labels: words, onReveal, locale, timeZone, density, theme }}
          headerEnd={headerEnd}
        />
      </div>
    </div>
  );
}
