'use client';
import { useRef } from 'react';
import { stepsAtWorkInSteps } from '../../../analysis/agents/concurrency.ts';
import { soon, type Steps } from '../../../analysis/steps.ts';
import { useRowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useSoon } from '../../../hooks/useSoon.ts';
import { useTrace } from '../../../hooks/useTrace.ts';
import { runningCounts, stripPath, type RunningCounts } from '../../../layout/gantt/concurrencyStrip.ts';
import type { TimeScale } from '../../../layout/time/timeScale.ts';
import type { Trace } from '../../../model/types.ts';
import { useLaterLabels } from '../../TraceFindings/useLaterLabels.ts';
import type { Painter } from './painter.ts';

/** Pixels, as in the stylesheet. */
const HEIGHT = 8;

/**
 * How many steps were at work at once, at the foot of the axis; nothing where they always came one after the other. The
 * painter draws it, and the crosshair says the number at its time.
 */
export function ConcurrencyStrip({ painter }: { readonly painter: Painter }) {
  const { format } = useTraceContext();
  const labels = useLaterLabels();
  const trace = useTrace();
  const drawing = useRowDrawing();
  const found = useSoon(
    (signal) => (trace && !drawing ? soon(countsInSteps(trace), { signal }) : null),
    [trace, drawing],
    trace?.live ? trace.key : undefined,
  );
  const running = found && found.peak > 1 ? found : null;
  const path = useRef<SVGPathElement>(null);
  useBrowserLayoutEffect(() => {
    if (!running || !path.current) return undefined;
    const drawn = path.current;
    let before: TimeScale | null = null;
    const stop = painter.layer(({ scale }) => {
      // The scale stays the same object while nothing but rows moves.
      if (scale === before) return;
      before = scale;
      drawn.setAttribute('d', stripPath(running, scale, HEIGHT));
    });
    painter.note((time) => ` · ${labels.atOnce(format.count(running.at(time)))}`);
    return () => {
      stop();
      painter.note(null);
    };
  }, [painter, running, labels, format]);
  if (!running) return null;
  return (
    <>
      <span className="tv-visually-hidden">{labels.concurrencySummary(format.count(running.peak))}</span>
      <svg className="tv-at-once" aria-hidden="true">
        <path ref={path} />
      </svg>
    </>
  );
}

function* countsInSteps(trace: Trace): Steps<RunningCounts> {
  return yield* runningCounts(yield* stepsAtWorkInSteps(trace));
}
