'use client';
import type { CSSProperties, RefObject } from 'react';
import { useTraceContext } from '../../hooks/TraceContext.ts';
import type { Column } from '../types.ts';

interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly timeline: boolean;
  readonly axis: RefObject<HTMLDivElement | null>;
  readonly chip: RefObject<HTMLDivElement | null>;
  readonly crosshair: RefObject<HTMLDivElement | null>;
}

/** Column names and the time axis. The axis is filled by the painter. */
export function GridHead({ columns, timeline, axis, chip, crosshair }: GridHeadProps) {
  const { labels } = useTraceContext();
  return (
    <div role="rowgroup" className="tv-head">
      <div role="row" className="tv-head-row" aria-rowindex={1}>
        <div role="columnheader" className="tv-cell tv-name-cell">{labels.span}</div>
        {columns.map(({ id, header, width, align }) => (
          <div key={id} role="columnheader" className="tv-cell tv-value" data-column={id} data-align={align ?? 'start'} style={{ '--tv-column': `${width ?? 72}px` } as CSSProperties}>{header}</div>
        ))}
        {timeline ? (
          <div role="columnheader" className="tv-cell tv-gantt tv-axis">
            <span className="tv-visually-hidden">{labels.timeline}</span>
            <div ref={axis} className="tv-axis-scale" aria-hidden="true"><div ref={chip} className="tv-chip" hidden /><div ref={crosshair} className="tv-crosshair" hidden /></div>
          </div>
        ) : null}
      </div>
    </div>
  );
}
