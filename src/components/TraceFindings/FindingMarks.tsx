'use client';
import type { RefObject } from 'react';
import type { Finding } from '../../analysis/agents/findingWords.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { closedLoops } from '../../layout/rows/loopRows.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Trace } from '../../model/types.ts';
import { plainText } from '../text/recordedText.tsx';
import { aboutOf } from './TraceFindings.tsx';
import { useKnownFindings } from './useFindings.ts';

interface FindingMarksProps {
  readonly scroller: RefObject<HTMLElement | null>;
}

/**
 * Marks the rows that findings are about, in the tree and at their bars: outside React, so that no row is drawn anew. A
 * closed row, of a loop too, stands for all that is inside. The words of a mark are the description of the row.
 */
export function FindingMarks({ scroller }: FindingMarksProps): null {
  const { store } = useTraceContext();
  const found = useKnownFindings();
  const trace = useTrace();
  useBrowserLayoutEffect(() => {
    const grid = scroller.current;
    if (!grid || !trace) return undefined;
    const marks = marksOf(trace, found ?? []);
    /** The index behind the last span that a row stands for. */
    const endOf = (row: HTMLElement, index: number): number => {
      if (row.getAttribute('aria-expanded') !== 'false') return index + 1;
      const { loops, folds } = store.getState();
      const loop = closedLoops(loops, folds).at(index);
      return loop?.head === index ? loop.end : index + trace.span(index).descendantCount + 1;
    };
    const mark = (): void => {
      for (const row of grid.querySelectorAll<HTMLElement>('.tv-row')) {
        const index = Number(row.dataset['index']);
        const finding = index < trace.spanCount ? marks.worst(index, endOf(row, index)) : undefined;
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
    watch.observe(grid, { subtree: true, attributeFilter: ['data-index', 'aria-expanded'] });
    return () => watch.disconnect();
  }, [scroller, store, trace, found]);
  return null;
}

interface Marks {
  /** The first of the findings, which come worst first, that is about any span of a range of the trace. */
  worst(from: number, to: number): Finding | undefined;
}

function marksOf(trace: Trace, found: readonly Finding[]): Marks {
  /** By index, the place of the worst finding about a span. */
  const places = new Map<number, number>();
  found.forEach((finding, place) => {
    for (const key of aboutOf(finding)) {
      const index = trace.find(key)?.index;
      if (index !== undefined && !places.has(index)) places.set(index, place);
    }
  });
  const marked = [...places.keys()].sort((x, y) => x - y);
  return {
    worst(from, to) {
      let least = found.length;
      for (let at = lowerBound(marked, from); at < marked.length && marked[at]! < to; at += 1)
        least = Math.min(least, places.get(marked[at]!)!);
      return found[least];
    },
  };
}
