'use client';
import { forwardRef } from 'react';
import { TraceGrid, type TraceGridProps, type TraceGridRef } from './TraceGrid.tsx';

/** The grid as a tree with numbers, without a timeline. Stands inside a `TraceProvider`. */
export const TraceTree = forwardRef<TraceGridRef, Omit<TraceGridProps, 'timeline'>>(function TraceTree(props, ref) {
  return <TraceGrid ref={ref} {...props} timeline={false} />;
});
