'use client';
import { forwardRef } from 'react';
import { TraceGrid, type TraceGridProps, type TraceGridRef } from './TraceGrid.tsx';

export type TraceTreeProps = Omit<TraceGridProps, 'timeline'>;

/** The grid as a tree with numbers, without a timeline. Stands inside a `TraceProvider`. */
export const TraceTree = forwardRef<TraceGridRef, TraceTreeProps>(function TraceTree(props, ref) {
  return <TraceGrid ref={ref} {...props} timeline={false} />;
});
