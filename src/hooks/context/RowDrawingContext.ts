'use client';
import { createContext, useContext, type ReactNode } from 'react';
import type { GanttLayout } from '../../layout/gantt/ganttMarks.ts';
import type { Nanos, Trace } from '../../model/types.ts';

/** How a grid draws rows that are no recorded spans: what differs from those, by index. */
export interface RowDrawing {
  /** Attributes of the row's element. */
  attributes(trace: Trace, index: number): Readonly<Record<`data-${string}`, string | undefined>>;
  /** Before the tree. */
  lead(trace: Trace, index: number): ReactNode;
  /** In the place of the name; null = the name of the span. */
  name(trace: Trace, index: number): ReactNode;
  /** Behind the name. */
  note(trace: Trace, index: number, open: boolean): ReactNode;
  gantt(trace: Trace): GanttLayout;
  /** What the timeline of a row shows, in words. */
  timeInWords(trace: Trace, index: number): string;
  /** What the tooltip of a bar says. */
  tip(trace: Trace, index: number): ReactNode;
  /** A time of the axis as it is written there. */
  tickTime(time: Nanos): Nanos;
}

/** Null = rows are recorded spans. */
export const RowDrawingContext = createContext<RowDrawing | null>(null);

export const useRowDrawing = (): RowDrawing | null => useContext(RowDrawingContext);
