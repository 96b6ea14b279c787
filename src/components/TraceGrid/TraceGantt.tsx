'use client';
import { forwardRef } from 'react';
import { TraceGrid, type TraceGridProps, type TraceGridRef } from './TraceGrid.tsx';
import type { Column } from '../types.ts';

export type TraceGanttProps = Omit<TraceGridProps, 'timeline' | 'columns'>;

const NO_COLUMNS: readonly Column[] = [];

/** The grid as names and bars, without numbers. Stands inside a `TraceProvider`. */
export const TraceGantt = forwardRef<TraceGridRef, TraceGanttProps>(function TraceGantt(props, ref) {
  return <TraceGrid ref={ref} {...props} columns={NO_COLUMNS} timeline />;
});
