'use client';
import { memo, useRef } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useRowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { Span, Trace } from '../../../model/types.ts';
import type { KindInk } from '../../parts/icons.tsx';
import type { Painter } from './painter.ts';
import { placeInWords } from './placeInWords.ts';

interface GanttCellProps {
  readonly trace: Trace;
  readonly index: number;
  readonly open: boolean;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly painter: Painter;
  readonly ink: KindInk;
}

/**
 * A row's timeline. Its inside belongs to the painter; its name says the same in words: first what the span itself is,
 * in time what it is among others.
 */
export const GanttCell = memo(function GanttCell({ trace, index, open, top, painter, ink }: GanttCellProps) {
  const { format, labels } = useTraceContext();
  const drawing = useRowDrawing();
  const marks = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  // What was said of another span must not be said of this one until it has its own.
  useBrowserLayoutEffect(() => {
    if (words.current!.firstChild) words.current!.textContent = '';
  }, [trace, index]);
  useBrowserLayoutEffect(
    () =>
      painter.row({
        element: marks.current!,
        words: words.current!,
        trace,
        index,
        open,
        top,
        describe: () => (drawing ? '' : placeInWords(trace, index, open, format, labels)),
      }),
    [painter, trace, index, open, top, format, labels, drawing],
  );
  return (
    <>
      <span className="tv-visually-hidden">
        {drawing ? drawing.timeInWords(trace, index) : inWords(trace.span(index), format, labels)}
        <span ref={words} />
      </span>
      <div ref={marks} className="tv-marks" aria-hidden="true" {...ink} />
    </>
  );
});

function inWords({ start, duration, firstToken, status }: Span, format: Format, labels: Labels): string {
  const begins = format.duration(start);
  return [
    Number.isNaN(duration) ? labels.startsAtOpen(begins) : labels.startsAt(begins, format.duration(duration)),
    ...(Number.isNaN(firstToken) ? [] : [labels.firstTokenAfter(format.duration(firstToken))]),
    ...(status === 'error' ? [labels.hasFailed] : []),
  ].join(', ');
}
