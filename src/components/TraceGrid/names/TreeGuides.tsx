'use client';
import type { CSSProperties } from 'react';
import { useInPage } from '../../parts/useInPage.ts';
import { useVisibleRows } from '../../../hooks/useVisibleRows.ts';
import type { Trace } from '../../../model/types.ts';

/** Beyond this depth only the last levels are drawn; the number of those left out stands before them. */
const LEVELS = 12;

/** The lines that lead from a row to its ancestors. Decoration: the level is in `aria-level`. */
export function TreeGuides({ trace, index }: { readonly trace: Trace; readonly index: number }) {
  const { parent, depth } = trace.columns;
  const rows = useVisibleRows();
  const inPage = useInPage();
  /** From the row's own level up, how far down its line goes; null = none. */
  const lines: ('100%' | '50%' | null)[] = [];
  for (let at = index; parent[at]! !== -1 && lines.length < LEVELS; at = parent[at]!) {
    // Of those that are shown, in the order in which they are.
    const isLast = rows.placeOf(at) === rows.childrenOf(parent[at]!);
    const lastLine = at === index ? '50%' : null;
    lines.push(isLast ? lastLine : '100%');
  }
  const hidden = depth[index]! - lines.length;
  const own = lines.length - 1;
  // One background for all of them: rows come and go by the hundred, and each line an element would double their cost.
  const drawn = lines.flatMap((length, up) => (length === null ? [] : [line(own - up, '0', `1px ${length}`)]));
  if (own >= 0) drawn.push(line(own, '50%', 'var(--tv-branch) 1px'));
  return (
    <>
      {hidden > 0 ? (
        <span className="tv-deeper" aria-hidden="true">
          {hidden}
        </span>
      ) : null}
      <span
        className="tv-guides"
        aria-hidden="true"
        style={inPage ? ({ '--tv-levels': lines.length, '--tv-lines': drawn.join() } as CSSProperties) : undefined}
      />
    </>
  );
}

const line = (level: number, top: string, size: string): string =>
  `linear-gradient(var(--tv-line-guide) 0 0) calc(var(--tv-indent) * ${level} + 12px) ${top} / ${size} no-repeat`;
