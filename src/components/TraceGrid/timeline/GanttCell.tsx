'use client';
import { memo, useMemo, useRef } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useRowDrawing } from '../../../hooks/context/RowDrawingContext.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { MissingParent } from '../../../analysis/missingParents.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import type { Trace } from '../../../model/types.ts';
import { loopFacts, type LoopFacts } from '../../../layout/rows/loopFacts.ts';
import type { LoopRow } from '../../../layout/rows/loopRows.ts';
import { stepWords } from '../../text/stepWords.ts';
import type { KindInk } from '../../parts/icons.tsx';
import type { Painter } from './painter.ts';
import { placeInWords } from './placeInWords.ts';

interface GanttCellProps {
  readonly trace: Trace;
  readonly index: number;
  /** What the row stands for, if it is no span. */
  readonly missing: MissingParent | undefined;
  readonly open: boolean;
  /** The closed loop that the row stands for. */
  readonly loop: LoopRow | undefined;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly painter: Painter;
  readonly ink: KindInk;
}

/**
 * A row's timeline. Its inside belongs to the painter; its name says the same in words: first what the span itself is,
 * in time what it is among others.
 */
export const GanttCell = memo(function GanttCell({
  trace,
  index,
  missing,
  open,
  loop,
  top,
  painter,
  ink,
}: GanttCellProps) {
  const { format, labels } = useTraceContext();
  const drawing = useRowDrawing();
  const marks = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  const own = useMemo(
    () =>
      drawing?.timeInWords(trace, index) ??
      (missing ? labels.timeNotKnown : null) ??
      (loop ? loopInWords(loopFacts(trace, loop), format, labels) : inWords(trace, index, format, labels)),
    [drawing, trace, index, missing, loop, format, labels],
  );
  useBrowserLayoutEffect(
    () =>
      painter.row({
        element: marks.current!,
        words: words.current!,
        own,
        trace,
        index,
        missing: missing !== undefined,
        open,
        loop,
        top,
        describe: () => (drawing || loop || missing ? '' : placeInWords(trace, index, open, format, labels)),
      }),
    [painter, trace, index, missing, open, loop, top, own, format, labels, drawing],
  );
  return (
    <>
      <span ref={words} className="tv-visually-hidden">
        {own}
      </span>
      <div ref={marks} className="tv-marks" aria-hidden="true" {...ink} />
    </>
  );
});

function loopInWords({ start, end, iterations, median, slowest }: LoopFacts, format: Format, labels: Labels): string {
  const longest = iterations[slowest]!;
  return [
    labels.startsAt(format.duration(start), format.duration(end - start)),
    labels.iterationLengths(
      format.duration(median),
      format.duration(longest.end - longest.start),
      format.count(slowest + 1),
    ),
  ].join(', ');
}

function inWords(trace: Trace, index: number, format: Format, labels: Labels): string {
  const { start, duration, firstToken, status } = trace.span(index);
  const begins = format.duration(start);
  const times = Number.isNaN(duration)
    ? labels.startsAtOpen(begins)
    : labels.startsAt(begins, format.duration(duration));
  return [
    stepWords(trace, index, format, labels) ?? times,
    ...(Number.isNaN(firstToken) ? [] : [labels.firstTokenAfter(format.duration(firstToken))]),
    ...(status === 'error' ? [labels.hasFailed] : []),
  ].join(', ');
}
