import { describe, expect, it } from 'vitest';
import { flameGraph, readTraces, type FlameGraph, type FlameGraphOptions } from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const MS = 1e6;
const trace = drawTrace(`
  agent planner        0------------100
    tool search        10-40
      llm rank         20-30             in=10 cost=0.5
    tool search        10-40
      llm rank         10-20             in=20 cost=0.25
    tool step 1        50-60
    tool step 2 ✗      60-70
`);
const drawn = (options: FlameGraphOptions, unit = 1, of = trace): readonly string[] =>
  flameGraph(of, options).nodes.map(
    ({ depth, name, from, value, own, spans }) =>
      `${'  '.repeat(depth)}${name} ${from / unit}+${value / unit} own ${own / unit} of ${spans}`,
  );

describe('flameGraph', () => {
  it('shares the time that passed among what ran side by side', () => {
    expect(drawn({}, MS)).toEqual([
      'agent planner 0+100 own 50 of 1',
      '  tool search 0+30 own 20 of 2',
      '    llm rank 0+10 own 10 of 2',
      '  tool step 1 30+20 own 20 of 2',
    ]);
  });

  it('adds up time at work', () => {
    expect(drawn({ measure: 'own' }, MS)).toEqual([
      'agent planner 0+130 own 50 of 1',
      '  tool search 0+60 own 40 of 2',
      '    llm rank 0+20 own 20 of 2',
      '  tool step 1 60+20 own 20 of 2',
    ]);
  });

  it('draws each span by itself where it is asked to, and leaves out what has no width', () => {
    expect(drawn({ measure: 'cost', merged: false })).toEqual([
      'agent planner 0+0.75 own 0 of 1',
      '  tool search 0+0.5 own 0 of 1',
      '    llm rank 0+0.5 own 0.5 of 1',
      '  tool search 0.5+0.25 own 0 of 1',
      '    llm rank 0.5+0.25 own 0.25 of 1',
    ]);
  });

  it('says upside down who called what', () => {
    expect(drawn({ measure: 'tokens', inverted: true })).toEqual([
      'llm rank 0+30 own 0 of 2',
      '  tool search 0+30 own 0 of 2',
      '    agent planner 0+30 own 30 of 2',
    ]);
    expect(drawn({ measure: 'errors', inverted: true })).toHaveLength(2);
  });

  it('leaves out the smallest, and the bar below tells how much that was', () => {
    const { nodes, nodeOf } = flameGraph(trace, { measure: 'own', most: 2 });
    expect(nodes.map(({ name, cut }) => [name, cut / MS])).toEqual([
      ['agent planner', 20],
      ['tool search', 20],
    ]);
    expect([...nodeOf]).toEqual([0, 1, 1, 1, 1, 0, 0]);
  });

  it('knows nothing of what nobody reports', () => {
    expect(flameGraph(trace, { measure: 'cacheRead' })).toMatchObject({ total: null, nodes: [] });
  });

  it('draws a chain of 100,000 and as many siblings', () => {
    const spans = (parentOf: (n: number) => number | null): object[] =>
      Array.from({ length: 100_000 }, (_, n) => ({
        spanId: `s${n}`,
        ...(parentOf(n) === null ? {} : { parentSpanId: `s${parentOf(n)}` }),
        name: `n${n % 7}`,
        startUnixNano: String(n),
        endUnixNano: String(1_000_000 + n),
      }));
    const read = (made: object[], options: FlameGraphOptions): FlameGraph =>
      flameGraph(
        readTraces({ format: 'spanwise/1', traces: [{ traceId: 'a'.repeat(32), spans: made }] }).traces[0]!,
        options,
      );
    const chain = spans((n) => (n === 0 ? null : n - 1));
    for (const options of [{ measure: 'own' }, { merged: false }, { inverted: true }] as const)
      expect(read(chain, options).nodes.length).toBeGreaterThan(0);
    expect(read(chain, { merged: false }).nodes.length).toBeLessThanOrEqual(20_000);
    const wide = read(
      spans((n) => (n === 0 ? null : 0)),
      { merged: false },
    );
    expect(wide.nodes).toHaveLength(20_000);
  });
});
