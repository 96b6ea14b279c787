import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { agentTurns } from '../../src/analysis/amounts/agentTurns.ts';
import { ledger } from '../../src/analysis/amounts/ledger.ts';
import { onCriticalPath } from '../../src/analysis/criticalPath/criticalPath.ts';
import { ownTimeByKind } from '../../src/analysis/time/ownTimeByKind.ts';
import { traceDiagnostics } from '../../src/analysis/traces/traceDiagnostics.ts';
import { readTraces, TraceViewer } from '../../src/index.ts';
import { createGanttLayout, lastInstants } from '../../src/layout/gantt/ganttMarks.ts';
import { minimap, minimapInSteps } from '../../src/layout/minimap/minimap.ts';
import { ALL_OPEN } from '../../src/layout/rows/expansion.ts';
import { visibleRows } from '../../src/layout/rows/visibleRows.ts';
import { LINEAR, timeScale } from '../../src/layout/time/timeScale.ts';
import { wholeTrace, wholeTraceInSteps } from '../../src/layout/wholeTrace.ts';
import type { Trace } from '../../src/model/types.ts';
import { generateDocument } from '../bench/generate.mjs';
import { countReads } from '../model/countReads.ts';
import { drawTrace } from '../model/drawTrace.ts';

const generated = (spans: number): Trace => readTraces(generateDocument(spans)).traces[0]!;
const [small, large] = [generated(3000), generated(20_000)];

const ANSWERS = [ledger, agentTurns, onCriticalPath, ownTimeByKind, traceDiagnostics, lastInstants];

describe('the first picture', () => {
  it('takes no look at all spans, but for the end of the trace and the services that are named', () => {
    const readsOf = (of: Trace): number => {
      const { trace, reads } = countReads(of);
      expect(renderToString(createElement(TraceViewer, { trace }))).toContain('role="row"');
      for (const { known } of ANSWERS) expect(known(trace)).toBeUndefined();
      return reads();
    };
    // Three numbers of a span: its start, its end and its service.
    expect(readsOf(large) - readsOf(small)).toBeLessThan(3.1 * (large.spanCount - small.spanCount));
  });

  it('says of sums that they are not known yet, and never that they are 0', () => {
    const html = renderToString(createElement(TraceViewer, { trace: large }));
    expect(html).toMatch(/<dt[^>]*>Tokens<\/dt><dd[^>]*>(?:<[^>]*>)*…/);
    expect(html).toMatch(/<dt[^>]*>Cost<\/dt><dd[^>]*>(?:<[^>]*>)*…/);
  });

  it('draws rows without a look at all spans; what much is below gets its tail afterwards', async () => {
    const { trace, reads } = countReads(large);
    const scale = timeScale([0, large.end], 800, LINEAR);
    const { marks } = createGanttLayout(trace);
    for (let index = 0; index < 30; index += 1) marks(index, true, scale, Number.NaN, true);
    expect(reads()).toBeLessThan(large.spanCount);
    await wholeTrace(trace);
    const before = reads();
    const early = marks(0, true, scale, Number.NaN, true);
    expect(reads() - before).toBeLessThan(100);
    expect(early).toEqual(createGanttLayout(large).marks(0, true, scale));
  });

  it('counts siblings of few rows by going from one to the next, of many once for all', () => {
    const { trace, reads } = countReads(large);
    const rows = visibleRows(trace, { expansion: ALL_OPEN });
    for (let index = 0; index < 30; index += 1) rows.placeOf(index);
    expect(reads()).toBeLessThan(2000);
    for (let index = 0; index < large.spanCount; index += 1) rows.placeOf(index);
    expect(reads()).toBeLessThan(8 * large.spanCount);
  });
});

describe('siblings', () => {
  it('are counted alike, whichever way', () => {
    const trace = drawTrace('a 0-9\n  b 1-2\n    c 1-2\n  d 3-4\n  e 5-6\nf 10-11');
    const { placeOf, childrenOf } = visibleRows(trace, { expansion: ALL_OPEN });
    const seen = () => Array.from({ length: 6 }, (_, index) => [placeOf(index), childrenOf(index)]);
    const one = seen();
    expect(one).toEqual([
      [1, 3],
      [1, 1],
      [1, 0],
      [2, 0],
      [3, 0],
      [2, 0],
    ]);
    expect(childrenOf(-1)).toBe(2);
    for (let turn = 0; turn < 1000; turn += 1) seen();
    expect(seen()).toEqual(one);
    expect(childrenOf(-1)).toBe(2);
  });
});

describe('what walks a whole trace', () => {
  it('rests after some thousand spans', () => {
    const { trace, reads } = countReads(large);
    let most = 0;
    let before = 0;
    const steps = wholeTraceInSteps(trace);
    while (!steps.next().done) {
      most = Math.max(most, reads() - before);
      before = reads();
    }
    expect(before).toBeGreaterThan(10 * large.spanCount);
    // A step of the longest loop body, and never a whole pass with more than three reads per span.
    expect(most).toBeLessThan(16 * 4096);
  });

  it('is known behind it, and the same as asked at once', async () => {
    const again = countReads(small).trace;
    await wholeTrace(again);
    for (const answer of ANSWERS) {
      const known = answer.known(again);
      expect(known).toBeDefined();
      expect(JSON.stringify(known)).toBe(JSON.stringify(answer(small)));
    }
  });

  it('is one work for all who wait', () => {
    const { trace } = countReads(small);
    expect(wholeTrace(trace)).toBe(wholeTrace(trace));
  });

  it('draws the same minimap in slices', () => {
    const steps = minimapInSteps(large, 700, 20);
    let rests = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) rests += 1;
    expect(rests).toBeGreaterThan(5);
    expect(step.value).toEqual(minimap(large, 700, 20));
  });
});
