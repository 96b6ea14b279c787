'use client';
import { useImperativeHandle, useMemo, useState, type CSSProperties } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { FlameMeasure } from '../../layout/flame/types.ts';
import { part } from '../parts/part.tsx';
import { LaterView } from '../views/LaterView.tsx';
import { MAIN_VIEWS } from '../views/views.ts';

export interface TraceFlameGraphProps {
  /** What widths say at first: `time`, `own`, `cost`, `errors`, `tokens`, or a bucket of tokens. @default 'time' */
  readonly defaultMeasure?: FlameMeasure | undefined;
  /** Whether calls on one path are one bar at first. @default true */
  readonly defaultMerged?: boolean | undefined;
  /** Whether it stands upside down at first, with who called a step above it. @default false */
  readonly defaultInverted?: boolean | undefined;
  /** Of the part's element. */
  readonly className?: string;
  /** Of the part's element. */
  readonly style?: CSSProperties;
}

export interface TraceFlameGraphRef {
  /** Puts the keyboard on the bars. */
  focus(): void;
}

/**
 * Where time, tokens, money and failures go, as bars that stand on who called them: merged by call path or as it ran,
 * and upside down. A press on a bar widens it and selects its span. Fills its container. Its words come when it is
 * shown. Stands inside a provider.
 */
export const TraceFlameGraph = part<TraceFlameGraphRef, TraceFlameGraphProps>(function TraceFlameGraph(
  { defaultMeasure, defaultMerged, defaultInverted, className, style },
  ref,
) {
  const { store } = useTraceContext();
  const trace = useTrace();
  useImperativeHandle(ref, () => ({ focus: () => store.actions.focusGrid() }), [store]);
  const [view] = useState(() => MAIN_VIEWS.find(({ id }) => id === 'flame')!);
  const given = useMemo(
    () => ({ defaultMeasure, defaultMerged, defaultInverted }),
    [defaultMeasure, defaultMerged, defaultInverted],
  );
  return (
    <div
      className={className === undefined ? 'tv-view' : `tv-view ${className}`}
      style={style}
      data-trace-part="flame-graph"
      data-state={trace ? 'ready' : 'empty'}
    >
      <LaterView view={view} given={given} />
    </div>
  );
});
