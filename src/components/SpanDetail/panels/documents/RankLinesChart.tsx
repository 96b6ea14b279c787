'use client';
import type { RankLine } from '../../../../analysis/documents/types.ts';
import { LinkHorizontal, type Point } from '../../../visx.ts';

/** Height of a row of the list beside it, and width of the drawing; the stylesheet says the same. */
export const RANK_ROW = 24;
export const RANK_WIDTH = 72;
const NUMBERS = 20;

interface RankLinesChartProps {
  readonly lines: readonly RankLine[];
  /** How many there were before, as far as they are drawn. */
  readonly before: number;
  readonly height: number;
  format(rank: number): string;
}

/** Lines from the place before to the place after; rising ones stand out. */
export default function RankLinesChart({ lines, before, height, format }: RankLinesChartProps) {
  const step = before > 1 ? Math.min(RANK_ROW, (height - RANK_ROW) / (before - 1)) : 0;
  const yBefore = (place: number): number => RANK_ROW / 2 + place * step;
  const x = ({ x: at }: Point): number => at;
  const y = ({ y: at }: Point): number => at;
  const drawn = lines.filter(
    (line): line is RankLine & { before: number; after: number } =>
      line.before !== null && line.after !== null && line.before < before,
  );
  return (
    <svg className="tv-rank-lines" width={RANK_WIDTH} height={height} aria-hidden="true">
      {drawn.map((line) => (
        <g key={line.after}>
          <LinkHorizontal
            data={{
              source: { x: NUMBERS, y: yBefore(line.before) },
              target: { x: RANK_WIDTH - 4, y: RANK_ROW / 2 + line.after * RANK_ROW },
            }}
            x={x}
            y={y}
            className="tv-rank-line"
            data-rise={line.before > line.after ? 'up' : line.before < line.after ? 'down' : 'same'}
          />
          <text x={NUMBERS - 6} y={yBefore(line.before)} textAnchor="end" dominantBaseline="central">
            {format(line.before + 1)}
          </text>
        </g>
      ))}
    </svg>
  );
}
