'use client';
import type { RefObject } from 'react';
import type { Finding } from '../../analysis/agents/findingWords.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import type { Trace } from '../../model/types.ts';
import { plainText } from '../text/recordedText.tsx';
import { aboutOf } from './TraceFindings.tsx';
import { useKnownFindings } from './useFindings.ts';

interface FindingMarksProps {
  readonly scroller: RefObject<HTMLElement | null>;
}

/**
 * Marks the rows that findings are about, in the tree and at their bars: outside React, so that no row is drawn anew.
 * The words of a mark are the description of the row.
 */
export function FindingMarks({ scroller }: FindingMarksProps): null {
  const found = useKnownFindings();
  const trace = useTrace();
  useBrowserLayoutEffect(() => {
    const grid = scroller.current;
    const marks = trace && found ? marksOf(trace, found) : NONE;
    if (!grid) return undefined;
    const mark = (): void => {
      for (const row of grid.querySelectorAll<HTMLElement>('.tv-row')) {
        const finding = marks.get(Number(row.dataset['index']));
        if (row.dataset['finding'] === finding?.severity) continue;
        if (finding) {
          row.dataset['finding'] = finding.severity;
          row.setAttribute('aria-description', plainText(finding.message));
        } else {
          delete row.dataset['finding'];
          row.removeAttribute('aria-description');
        }
      }
    };
    mark();
    const rows = grid.querySelector('.tv-rows');
    // Rows that come, and rows that are given to another span.
    const watch = new MutationObserver(mark);
    if (rows) watch.observe(rows, { childList: true });
    watch.observe(grid, { subtree: true, attributeFilter: ['data-index'] });
    return () => watch.disconnect();
  }, [scroller, trace, found]);
  return null;
}

const NONE: ReadonlyMap<number, Finding> = new Map();

/** By index, the worst finding that is about a span. */
function marksOf(trace: Trace, found: readonly Finding[]): ReadonlyMap<number, Finding> {
  const marks = new Map<number, Finding>();
  for (const finding of found)
    for (const key of aboutOf(finding)) {
      const index = trace.find(key)?.index;
      if (index !== undefined && !marks.has(index)) marks.set(index, finding);
    }
  return marks;
}
