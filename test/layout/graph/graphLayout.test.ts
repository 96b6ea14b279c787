import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agentGraphInSteps, atOnce, drawnGraph, graphLayout, type DrawnGraph } from '../../../src/core.ts';
import { spread } from '../../../src/layout/graph/spread.ts';
import { drawTrace } from '../../model/drawTrace.ts';

const anyGraph: fc.Arbitrary<DrawnGraph> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 30 }),
    edges: fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 60 }),
  })
  .map(({ nodes, edges }) => ({
    nodes: Array.from({ length: nodes }, (_, at) => ({ id: `n${at}`, places: [at] })),
    edges: edges.map(([from, to], at) => ({
      id: `e${at}`,
      from: from % nodes,
      to: to % nodes,
      type: 'call' as const,
      places: [at],
    })),
  }));

describe('graphLayout', () => {
  it('puts nothing on anything else, and all of it into its size', () =>
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { nodes, edges, width, height } = graphLayout(graph);
        nodes.forEach((a, at) => {
          expect([a.x >= 0, a.y >= 0, a.x + a.width <= width, a.y + a.height <= height]).not.toContain(false);
          for (const b of nodes.slice(at + 1))
            expect(
              a.x + a.width <= b.x ||
                b.x + b.width <= a.x ||
                a.y + a.height <= b.y + 1e-6 ||
                b.y + b.height <= a.y + 1e-6,
            ).toBe(true);
        });
        for (const { start, bends, label } of edges)
          expect([...start, ...bends.flat(), ...label].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 200 },
    ));

  it('leads each line from a side of its first node to a side of its second', () =>
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const { nodes, edges } = graphLayout(graph);
        for (const { from, to, start, bends, way } of edges) {
          const end = bends.at(-1)!.slice(4);
          const touches = ([x, y]: readonly number[], node: (typeof nodes)[number]): boolean =>
            x! >= node.x - 1e-6 &&
            x! <= node.x + node.width + 1e-6 &&
            y! >= node.y - 1e-6 &&
            y! <= node.y + node.height;
          expect([touches(start, nodes[from]!), touches(end, nodes[to]!)]).toEqual([true, true]);
          const step = { self: 0, on: 1, back: -1 }[way];
          expect([Math.sign(nodes[to]!.layer - nodes[from]!.layer), from === to]).toEqual([step, way === 'self']);
        }
      }),
      { numRuns: 200 },
    ));

  it('is the same each time', () =>
    fc.assert(fc.property(anyGraph, (graph) => void expect(graphLayout(graph)).toEqual(graphLayout(graph)))));

  it('puts what is called behind who calls it, and leads back only what closes a circle', () => {
    const trace = drawTrace(`
      agent a      0--------------100
        llm m      0-20               model=m
        tool t        20-40
        llm m            40-60        model=m
    `);
    const { nodes, edges } = graphLayout(drawnGraph(atOnce(agentGraphInSteps(trace, 'run')), 40));
    expect(nodes.map(({ layer }) => layer)).toEqual([0, 1, 2]);
    expect(edges.map(({ way }) => way)).toEqual(['on', 'on', 'back']);
  });

  it('draws a line of many nodes without a limit of depth', () => {
    const nodes = Array.from({ length: 200 }, (_, at) => ({ id: String(at), places: [at] }));
    const edges = nodes
      .slice(1)
      .map((_, at) => ({ id: `e${at}`, from: at, to: at + 1, type: 'next' as const, places: [at] }));
    expect(graphLayout({ nodes, edges }).nodes.at(-1)!.layer).toBe(199);
  });
});

describe('drawnGraph', () => {
  const trace = drawTrace(
    [
      'agent boss 0---1000',
      ...['x', 'y'].flatMap((agent, a) => [
        `  agent ${agent} ${a * 500}---${a * 500 + 490}`,
        ...Array.from(
          { length: 20 },
          (_, at) => `    tool ${agent}${'abcdefghijklmnopqrst'[at]} ${a * 500 + at}---${a * 500 + at + 1 + at}`,
        ),
      ]),
    ].join('\n'),
  );
  const graph = atOnce(agentGraphInSteps(trace));

  it('leaves what is small to one node for each caller, with every edge on exactly one line', () => {
    const drawn = drawnGraph(graph, 10);
    const more = drawn.nodes.filter(({ places }) => places.length > 1);
    expect(more.map(({ id, places }) => [id, places.length])).toEqual([
      ['more › agent agent x', 17],
      ['more › agent agent y', 17],
    ]);
    expect(drawn.nodes.length).toBe(11);
    const all = (lists: readonly { readonly places: readonly number[] }[]): readonly number[] =>
      lists.flatMap(({ places }) => places).sort((a, b) => a - b);
    expect(all(drawn.edges)).toEqual(graph.edges.map((_, at) => at));
    expect(all(drawn.nodes)).toEqual(graph.nodes.map((_, at) => at));
    // The longest stand for themselves.
    expect(drawn.nodes.map(({ id }) => id)).toContain('tool tool xt');
  });

  it('draws all where there is room', () => {
    expect(drawnGraph(graph, 100).nodes.length).toBe(graph.nodes.length);
  });
});

describe('spread', () => {
  it('keeps order and distance, and moves nothing that has room', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: 1, max: 20 })), { minLength: 1 }),
        (cells) => {
          const wishes = cells.map(([wish]) => wish);
          const distances = cells.map(([, distance]) => distance);
          const places = spread(wishes, distances);
          for (let at = 1; at < places.length; at += 1)
            expect(places[at]! - places[at - 1]!).toBeGreaterThanOrEqual(distances[at]! - 1e-6);
          const isFree = wishes.every((wish, at) => at === 0 || wish - wishes[at - 1]! >= distances[at]!);
          expect(isFree ? places.map(Math.round) : wishes).toEqual(wishes);
          // Nothing is won by moving all of them.
          const pull = places.reduce((sum, place, at) => sum + place - wishes[at]!, 0);
          expect(Math.abs(pull)).toBeLessThan(1e-6);
        },
      ),
    ));
});
