'use client';
import { memo, useId, type CSSProperties } from 'react';
import type { ContextCall, ContextSection } from '../../analysis/contextWindow/types.ts';
import { cacheParts, sizeIn, type ContextUnit } from '../../layout/contextWindow/contextLayout.ts';
import { AreaStack, Bar, curveLinear, type AxisScale } from '../visx.ts';
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

const PARTS = ['read', 'same', 'lost', 'fresh'] as const;

/**
 * A column for each call, its prompt from the beginning, which is on top, to the end: what was read, what was sent
 * before and paid for again, what was new. Above it a mark where the cache was lost.
 */
export const CacheMap = memo(function CacheMap({ calls, band }: CacheMapProps) {
  const gap = band > 12 ? 2 : 1;
  return (
    <g transform={`translate(0 ${AREA + MARKS})`}>
      {calls.map((call, at) => {
        const parts = cacheParts(call);
        const { state, cause } = call.cache;
        let top = 0;
        return (
          <g key={call.key}>
            {parts === null ? (
              <Bar
                className="tv-context-part"
                data-part="unknown"
                x={at * band + gap / 2}
                y={0}
                width={band - gap}
                height={MAP}
              />
            ) : (
              PARTS.map((part) => {
                const from = top;
                top += parts[part] * MAP;
                return parts[part] === 0 ? null : (
                  <Bar
                    key={part}
                    className="tv-context-part"
                    data-part={part}
                    x={at * band + gap / 2}
                    y={from}
                    width={band - gap}
                    height={Math.max(0.5, top - from)}
                  />
                );
              })
            )}
            {cause === null ? null : (
              <g
                className="tv-context-mark"
                data-state={state}
                transform={`translate(${(at + 0.5) * band} ${-MARKS / 2 + 1})`}
              >
                {state === 'missed' ? <circle r="3.5" /> : <path d="M0 4.2 4.6-3.6h-9.2z" />}
              </g>
            )}
          </g>
        );
      })}
    </g>
  );
});
