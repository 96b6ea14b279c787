import { describe, expect, it } from 'vitest';
import { flameGraph } from '../../../src/core.ts';
import { stretchesOf } from '../../../src/layout/flame/stretches.ts';
import { fitSpan } from '../../../src/layout/time/timeScale.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const MS = 1e6;
const trace = drawTrace(`
  agent planner        0------------100
    tool search        10-30
      llm rank         12-20
    tool search        50-60
`);
const bounds = [0, 101 * MS] as const;

describe('the stretch of a bar', () => {
  it('reaches from the first start of its spans to the last end; that of all is no stretch', () => {
    const graph = flameGraph(trace);
    const { of } = stretchesOf(trace, graph);
    expect(graph.nodes.map(({ name }, place) => [name, of(place)?.map((time) => time / MS) ?? null])).toEqual([
      ['agent planner', null],
      ['tool search', [10, 60]],
      ['llm rank', [12, 20]],
    ]);
  });

  it('is found again in the window that shows it, from its bar or one above it, and in no other window', () => {
    const graph = flameGraph(trace, { merged: false });
    const { of, shownIn } = stretchesOf(trace, graph);
    const place = (name: string): number => graph.nodes.findIndex((node) => node.name.endsWith(name));
    const search = place('search');
    const window = fitSpan(...of(search)!, bounds);
    expect(shownIn(window, search)).toBe(search);
    expect(shownIn(window, place('rank'))).toBe(search);
    expect(shownIn(window, place('planner'))).toBe(-1);
    expect(shownIn(window, -1)).toBe(-1);
    // At the beginning of a trace there is room behind it alone.
    expect(shownIn([window[0] + 0.8 * MS, window[1] + 0.8 * MS], search)).toBe(search);
    expect(shownIn([window[0], window[1] + 5 * MS], search)).toBe(-1);
  });
});
