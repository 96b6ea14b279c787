'use client';
import { forwardRef, type ReactNode } from 'react';
import type { Trace } from '../model/types.ts';
import { TraceRoot } from './TraceRoot.tsx';
import type { TraceViewProps } from './types.ts';

export interface TraceProviderProps extends TraceViewProps {
  /** What the parts show; null while there is none. @default that of the `store` */
  readonly trace?: Trace | null;
  /** The parts, and whatever else stands around them. */
  readonly children?: ReactNode;
}

/**
 * Holds one trace and its view for the parts inside it: the grid, the detail, a host's own. Renders the root element,
 * which `theme`, `density`, `className` and `style` are for; it fills its container.
 */
export const TraceProvider = forwardRef<HTMLDivElement, TraceProviderProps>(function TraceProvider(props, ref) {
  return <TraceRoot {...props} ref={ref} trace={props.trace} part="provider" />;
});
