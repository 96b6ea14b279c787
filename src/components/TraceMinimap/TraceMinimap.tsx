'use client';
import { useEffect, useImperativeHandle, useRef, useState, type CSSProperties } from 'react';
import { useKinds } from '../../hooks/context/HostLookContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { stepCount } from '../../layout/time/stepPlaces.ts';
import { later, useParts } from '../later/later.tsx';
import { part } from '../parts/part.tsx';
import { onceDrawn } from '../TraceGrid/useAfterRows.ts';
import type { KindStyle } from '../types.ts';
import { useRaise } from '../parts/useRaise.ts';

const MinimapFindings = later('MinimapFindings', true);

export interface TraceMinimapProps {
  /** Names, colours and glyphs of kinds. @default those of the provider */
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

/**
 * All spans of the trace on one small canvas, and a brush over the stretch of time that is shown: its middle moves, its
 * edges resize, a drag beside it draws a new one, a double-click shows the whole trace. The same with keys, as three
 * sliders.
 */
export const TraceMinimap = part<HTMLDivElement, TraceMinimapProps>(function TraceMinimap(
  { kinds: ownKinds, className, style },
  ref,
) {
  const { store, format, labels } = useTraceContext();
  const kinds = useKinds(ownKinds);
  const trace = useTrace();
  const steps = trace ? stepCount(trace) : null;
  // The rows come first: what draws the trace and moves the brush is fetched behind them.
  const [drawn, setDrawn] = useState(false);
  useEffect(() => onceDrawn(() => setDrawn(true)), []);
  const parts = useParts(drawn, true);
  const raise = useRaise();
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = useRef<HTMLElement>(null);
  const crosshair = useRef<HTMLDivElement>(null);
  const caption = useRef<HTMLSpanElement>(null);
  const start = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const window = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => root.current!, []);
  useBrowserLayoutEffect(
    () =>
      parts?.attachMinimap(
        store,
        {
          root: root.current!,
          canvas: canvas.current!,
          ink: ink.current!,
          crosshair: crosshair.current!,
          caption: caption.current!,
          start: start.current!,
          end: end.current!,
          window: window.current!,
        },
        { kinds, format, labels, steps, raise },
      ),
    [parts, store, kinds, format, labels, steps, raise],
  );
  // The painter writes the sliders' values; React only puts zeros there and, as they stay the same, never again.
  const slider = { role: 'slider', tabIndex: 0, 'aria-valuenow': 0, 'aria-valuemin': 0, 'aria-valuemax': 0 } as const;
  return (
    <div
      ref={root}
      role="group"
      aria-label={labels.minimap}
      className={className === undefined ? 'tv-minimap' : `tv-minimap ${className}`}
      style={style}
      data-trace-part="minimap"
      data-state={trace ? 'ready' : 'empty'}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <i ref={ink} className="tv-minimap-ink" aria-hidden="true" />
      <div className="tv-scrim" data-side="before" />
      <div className="tv-scrim" data-side="after" />
      <span ref={caption} className="tv-minimap-caption" aria-hidden="true" />
      <MinimapFindings otherwise={null} />
      <div ref={crosshair} className="tv-minimap-crosshair" hidden />
      {parts ? (
        <>
          <div ref={start} {...slider} className="tv-brush-edge" data-slider="start" aria-label={labels.windowStart} />
          <div ref={window} {...slider} className="tv-brush" data-slider="window" aria-label={labels.moveWindow} />
          <div ref={end} {...slider} className="tv-brush-edge" data-slider="end" aria-label={labels.windowEnd} />
        </>
      ) : null}
    </div>
  );
});
