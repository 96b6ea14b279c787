'use client';
import { memo, useRef } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { Span, Trace } from '../../model/types.ts';
import type { Painter } from './painter.ts';

/** A row's timeline. Its inside belongs to the painter; its name says the same in words. */
export const GanttCell = memo(function GanttCell({ trace, index, open, painter }: { readonly trace: Trace; readonly index: number; readonly open: boolean; readonly painter: Painter }) {
  const { format, labels } = useTraceContext();
  const marks = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => painter.row(marks.current!, trace, index, open), [painter, trace, index, open]);
  return (
    <>
      <span className="tv-visually-hidden">{inWords(trace.span(index), format, labels)}</span>
      <div ref={marks} className="tv-marks" aria-hidden="true" />
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
