'use client';
import { lazy, Suspense, useEffect, useRef, useState, type ComponentProps, type ReactNode } from 'react';
import type { TraceSide } from '../../analysis/diff/types.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { Sign } from '../parts/icons.tsx';
import { Slot } from '../parts/Slot.tsx';
import type { TraceViewerProps } from '../types.ts';

interface ComparisonProps {
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
 * comparison, which is fetched when it is first asked for.
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
        <Slot
          renderFailed={(again) => (
            <div className="tv-part-failed">
              <span className="tv-slot-failed" role="note">
                {labels.slotFailed}
              </span>
              <button type="button" className="tv-button tv-line" onClick={again}>
                {labels.tryAgain}
              </button>
            </div>
          )}
          render={() => (
            <Fetched
              {...{ a, b, kinds, panels, renderers, labels: words, onReveal, locale, timeZone, density, theme }}
              headerEnd={headerEnd}
            />
          )}
        />
      </div>
    </div>
  );
}

type Diff = typeof import('../TraceDiff/TraceDiff.tsx').TraceDiff;

/** The state stands above what waits: who tries again fetches again. */
function Fetched(props: ComponentProps<Diff>) {
  const { labels } = useTraceContext();
  const [TraceDiff] = useState(() =>
    lazy(async () => ({ default: (await import('../TraceDiff/TraceDiff.tsx')).TraceDiff })),
  );
  return (
    <Suspense fallback={<p className="tv-part-failed tv-faint">{labels.preparing}</p>}>
      <TraceDiff {...props} />
    </Suspense>
  );
}
