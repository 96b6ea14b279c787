'use client';
import { memo, useId, type CSSProperties } from 'react';
import type { ContextCall, ContextSection } from '../../analysis/contextWindow/types.ts';
import { cachePaths, sizeIn, type ContextUnit } from '../../layout/contextWindow/contextLayout.ts';
import { AreaStack, curveLinear, type AxisScale } from '../visx.ts';
import { SectionPatterns, SECTIONS } from './Swatch.tsx';

/** Heights of the picture: the window, marks of breaks, the map of the cache, numbers of calls. */
export const AREA = 232;
export const MARKS = 18;
export const MAP = 66;
export const CALLS_AXIS = 20;
/** Room for the numbers at the side. */
export const AXIS = 46;

interface AreasProps {
  readonly calls: readonly ContextCall[];
  readonly band: number;
  readonly unit: ContextUnit;
  readonly y: AxisScale;
}

/** A call begins and ends level: nothing lies between two calls. */
interface Corner {
  readonly call: ContextCall;
  readonly x: number;
}

/** What fills the window, section upon section. */
export const Areas = memo(function Areas({ calls, band, unit, y }: AreasProps) {
  const id = useId();
  const corners = calls.flatMap((call, at): readonly Corner[] => [
    { call, x: at * band },
    { call, x: (at + 1) * band },
  ]);
  return (
    <>
      <SectionPatterns id={id} />
      <AreaStack<Corner, ContextSection>
        data={corners}
        keys={SECTIONS}
        value={({ call }, section) => sizeIn(unit, call, section)}
        x={({ data }) => data.x}
        y0={([from]) => y(from)}
        y1={([, to]) => y(to)}
        curve={curveLinear}
      >
        {({ stacks, path }) =>
          stacks.map((stack) => (
            <path
              key={stack.key}
              className="tv-context-area"
              data-section={stack.key}
              d={path(stack) ?? ''}
              style={{ '--tv-context-pattern': `url("#${id}-${stack.key}")` } as CSSProperties}
            />
          ))
        }
      </AreaStack>
    </>
  );
});

interface CacheMapProps {
  readonly calls: readonly ContextCall[];
  readonly band: number;
}

const PARTS = ['read', 'same', 'lost', 'fresh', 'unknown'] as const;

/**
 * A column for each call, its prompt from the beginning, which is on top, to the end: what was read, what was sent
 * before and paid for again, what was new. Above it a mark where the cache was lost. A few paths, however many calls.
 */
export const CacheMap = memo(function CacheMap({ calls, band }: CacheMapProps) {
  const { columns, marks } = cachePaths(calls, { band, gap: band > 12 ? 2 : 1, height: MAP, above: MARKS / 2 - 1 });
  return (
    <g transform={`translate(0 ${AREA + MARKS})`}>
      {PARTS.map((part) =>
        columns[part] === '' ? null : (
          <path key={part} className="tv-context-part" data-part={part} d={columns[part]} />
        ),
      )}
      <path className="tv-context-mark" data-state="broken" d={marks.broken} />
      <path className="tv-context-mark" data-state="missed" d={marks.missed} />
    </g>
  );
});
