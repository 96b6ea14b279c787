import { describe, expect, it } from 'vitest';
import { newestRow } from '../../src/components/live/newestRow.ts';
import { createRowKeys } from '../../src/components/TraceGrid/rowKeys.ts';
import { createGanttLayout } from '../../src/layout/gantt/ganttMarks.ts';
import { ALL_CLOSED, ALL_OPEN } from '../../src/layout/rows/expansion.ts';
import { visibleRows } from '../../src/layout/rows/visibleRows.ts';
import { liveEnd } from '../../src/layout/time/liveEnd.ts';
import { timeScale } from '../../src/layout/time/timeScale.ts';
import { drawTrace } from '../model/drawTrace.ts';
import { asLive } from '../store/asLive.ts';

const early = asLive(
  drawTrace(`
    agent       0--------100   id=r1
      write        50---90      id=w1
      check           80-90     id=c1
  `),
  1,
);
const late = asLive(
  drawTrace(`
    agent       0--------100   id=r1
      plan       10-20          id=p1
      write        50---90      id=w1
      check           80-90     id=c1
  `),
  2,
);

describe('the timeline of a trace that goes on', () => {
  it('has room for what comes, in steps of a quarter', () => {
    expect(liveEnd(0)).toBe(1e9);
    expect(liveEnd(1e9)).toBe(1e9);
    expect(liveEnd(1e9 + 1)).toBe(1.25e9);
    for (const reached of [3e9, 61e9, 86_400e9]) {
      expect(liveEnd(reached)).toBeGreaterThanOrEqual(reached);
      expect(liveEnd(reached)).toBeLessThan(reached * 1.2501);
    }
    expect(liveEnd(Number.NaN)).toBe(1e9);
  });

  it('draws what has no end up to now, and everything else as it is', () => {
    const trace = drawTrace(`
      agent     0----------
        done     10-20
    `);
    const { marks } = createGanttLayout(trace);
    const scale = timeScale([0, 100e6], 1000);
    expect(marks(0, true, scale, 60e6)).toMatchObject([{ type: 'open', x: 0, width: 600 }]);
    expect(marks(0, true, scale)).toMatchObject([{ type: 'open', x: 0, width: 200 }]);
    // A clock that is behind what was recorded takes nothing back.
    expect(marks(0, true, scale, 5e6)).toMatchObject([{ type: 'open', width: 200 }]);
    expect(marks(1, true, scale, 60e6)).toEqual(marks(1, true, scale));
  });
});

describe('rows of a trace that grows', () => {
  it('keep their elements, though their spans are counted anew', () => {
    const elements = createRowKeys();
    const before = elements.draft([0, 1, 2], -1, early);
    elements.placed(before);
    const [agent, plan, write, check] = elements.draft([0, 1, 2, 3], -1, late).keys;
    expect([agent, write, check]).toEqual(before.keys);
    expect(before.keys).not.toContain(plan);
  });

  it('have a newest one, or the closed one that it is in', () => {
    expect(newestRow(late, visibleRows(late, { expansion: ALL_OPEN }))).toBe(3);
    expect(newestRow(late, visibleRows(late, { expansion: ALL_CLOSED }))).toBe(0);
    expect(newestRow(late, visibleRows(late, { expansion: ALL_OPEN, kept: new Uint8Array(4) }))).toBe(-1);
  });
});
