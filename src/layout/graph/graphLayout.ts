import { orderColumns, type Cell, type Columns } from './columns.ts';
import { layersOf } from './layers.ts';
import { spread } from './spread.ts';
import type { Bend, DrawnGraph, GraphLayout, GraphSizes, PlacedEdge, PlacedNode } from './types.ts';

const SIZES: Omit<GraphSizes, 'gapX'> = { nodeWidth: 164, nodeHeight: 48, gapY: 24 };
/** Between few columns, and between many. */
const [WIDE, CLOSE] = [112, 60];
const FEW = 5;
/** Room for an edge that passes a column. */
const PASSING = 16;
/** Room above a node for an edge from it to itself. */
const SELF = 26;
/** Around all. */
const MARGIN = 24;
const ROUNDS = 8;
/** Between the ends of edges at one side of a node, at most. */
const PORT = 14;

/**
 * Where a graph is drawn: in columns, each node behind those that lead to it, what leads back to an earlier column drawn
 * as such. Deterministic, and linear but for the order within columns. Left to right; mirror it for other scripts.
 */
export function graphLayout(graph: DrawnGraph, sizes: Partial<GraphSizes> = {}): GraphLayout {
  const layers = layersOf(graph);
  const columns = orderColumns(graph, layers);
  const size = { ...SIZES, gapX: columns.columns.length > FEW ? CLOSE : WIDE, ...sizes };
  const loops = new Set(graph.edges.filter(({ from, to }) => from === to).map(({ from }) => from));
  const middle = middles(columns, size, loops);
  const columnX = (layer: number): number => MARGIN + layer * (size.nodeWidth + size.gapX);
  const nodes = graph.nodes.map((node, at): PlacedNode => ({
    ...node,
    x: columnX(layers.layer[at]!),
    y: middle[at]! - size.nodeHeight / 2,
    width: size.nodeWidth,
    height: size.nodeHeight,
    layer: layers.layer[at]!,
  }));
  const ports = portsOf(graph, columns, middle, size);
  const degrees = { out: graph.nodes.map(() => 0), in: graph.nodes.map(() => 0) };
  for (const { from, to } of graph.edges) {
    degrees.out[from]! += 1;
    degrees.in[to]! += 1;
  }
  const words = new Labels();
  const edges = graph.edges.map((edge, at): PlacedEdge => {
    if (edge.from === edge.to) return selfEdge(edge, nodes[edge.from]!);
    const way = columns.ways[at]!;
    const points = way.flatMap((cell, step): readonly (readonly [number, number])[] => {
      const x = columnX(columns.cells[cell]!.layer);
      if (step === 0) return [[x + size.nodeWidth, middle[cell]! + ports[at]!.left]];
      if (step === way.length - 1) return [[x, middle[cell]! + ports[at]!.right]];
      return [
        [x, middle[cell]!],
        [x + size.nodeWidth, middle[cell]!],
      ];
    });
    const isBack = layers.isBack[at]!;
    if (isBack) points.reverse();
    const bends = points.slice(1).map((point, step) => bend(points[step]!, point));
    // Where many begin or end at one place, words stand at the other end.
    const [begin, end] = [degrees.out[edge.from]!, degrees.in[edge.to]!];
    const nearEnd = begin > end;
    const segment = nearEnd ? bends.length - 1 : 0;
    const shares = begin === end ? EVENLY : nearEnd ? NEAR_END : NEAR_START;
    const places = [
      ...shares.map((share) => pointAt(points[segment]!, bends[segment]!, share)),
      // Where it passes other columns there is room.
      ...bends.map((each, step) => pointAt(points[step]!, each, 0.5)),
    ];
    return { ...edge, start: points[0]!, bends, label: words.free(places), way: isBack ? 'back' : 'on' };
  });
  return {
    width: columnX(columns.columns.length - 1) + size.nodeWidth + MARGIN,
    height: Math.max(0, ...columns.columns.map((column) => bottomOf(column, columns.cells, middle, size))) + MARGIN,
    nodes,
    edges,
  };
}

const bottomOf = (
  column: readonly number[],
  cells: readonly Cell[],
  middle: readonly number[],
  { nodeHeight }: GraphSizes,
): number => middle[column.at(-1)!]! + (cells[column.at(-1)!]!.node === -1 ? PASSING : nodeHeight) / 2;

/** By cell, the middle of its place from the top: in the order of its column, as near as can be to what it is tied to. */
function middles(
  { cells, columns }: Columns,
  { nodeHeight, gapY }: GraphSizes,
  loops: ReadonlySet<number>,
): readonly number[] {
  const half = (cell: number): number => (cells[cell]!.node === -1 ? PASSING : nodeHeight) / 2;
  const above = (cell: number): number => half(cell) + (loops.has(cells[cell]!.node) ? SELF : 0);
  const gap = (a: number, b: number): number => (cells[a]!.node === -1 && cells[b]!.node === -1 ? 0 : gapY);
  const distances = columns.map((column) =>
    column.map((cell, at) => (at === 0 ? 0 : half(column[at - 1]!) + gap(column[at - 1]!, cell) + above(cell))),
  );
  const middle = cells.map(() => 0);
  columns.forEach((column, layer) => {
    let y = 0;
    column.forEach((cell, at) => (middle[cell] = y += distances[layer]![at]!));
    const shift = y / 2;
    for (const cell of column) middle[cell]! -= shift;
  });
  const settle = (layer: number, ties: readonly ('before' | 'behind')[]): void => {
    const column = columns[layer]!;
    const wishes = column.map((cell) => {
      const tied = ties.flatMap((tie) => cells[cell]![tie]);
      return tied.length === 0 ? middle[cell]! : tied.reduce((sum, each) => sum + middle[each]!, 0) / tied.length;
    });
    spread(wishes, distances[layer]!).forEach((y, at) => (middle[column[at]!] = y));
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let layer = 1; layer < columns.length; layer += 1) settle(layer, ['before']);
    for (let layer = columns.length - 2; layer >= 0; layer -= 1) settle(layer, ['behind']);
  }
  for (let layer = 1; layer < columns.length; layer += 1) settle(layer, ['before', 'behind']);
  let top = Infinity;
  for (const column of columns) if (column.length > 0) top = Math.min(top, middle[column[0]!]! - above(column[0]!));
  return middle.map((y) => y - top + MARGIN);
}

interface Ports {
  /** From the middle of the node in the earlier column, and from that of the one in the later column. */
  left: number;
  right: number;
}

/** Where edges leave and reach their nodes: side by side, in the order of where they come from and go. */
function portsOf(
  { nodes, edges }: DrawnGraph,
  { ways }: Columns,
  middle: readonly number[],
  size: GraphSizes,
): readonly Ports[] {
  const ports: Ports[] = edges.map(() => ({ left: 0, right: 0 }));
  const sides: { readonly edge: number; readonly end: 'left' | 'right'; readonly to: number }[][] = [];
  ways.forEach((way, edge) => {
    if (way.length === 0) return;
    (sides[way[0]! * 2] ??= []).push({ edge, end: 'left', to: middle[way[1]!]! });
    (sides[way.at(-1)! * 2 + 1] ??= []).push({ edge, end: 'right', to: middle[way.at(-2)!]! });
  });
  for (let side = 0; side < nodes.length * 2; side += 1) {
    const list = (sides[side] ?? []).sort((a, b) => a.to - b.to || a.edge - b.edge);
    const step = list.length < 2 ? 0 : Math.min(PORT, (size.nodeHeight - 14) / (list.length - 1));
    list.forEach(({ edge, end }, at) => (ports[edge]![end] = (at - (list.length - 1) / 2) * step));
  }
  return ports;
}

function bend([x0, y0]: readonly [number, number], [x, y]: readonly [number, number]): Bend {
  const half = (x - x0) / 2;
  return [x0 + half, y0, x - half, y, x, y];
}

function selfEdge(edge: DrawnGraph['edges'][number], { x, y, width }: PlacedNode): PlacedEdge {
  const [from, to] = [x + width - 58, x + width - 22];
  return {
    ...edge,
    start: [from, y],
    bends: [[from - 6, y - SELF, to + 6, y - SELF, to, y]],
    label: [(from + to) / 2, y - SELF * 0.75],
    way: 'self',
  };
}

const EVENLY = [0.5, 0.36, 0.64, 0.22, 0.78];
const NEAR_END = [0.66, 0.54, 0.78, 0.42, 0.3, 0.86];
const NEAR_START = [0.34, 0.46, 0.22, 0.58, 0.7, 0.14];

/** Words at edges that do not stand on each other, as far as there is room. */
class Labels {
  readonly #taken: (readonly [x: number, y: number])[] = [];

  free(places: readonly (readonly [number, number])[]): readonly [number, number] {
    const place = places.find(([x, y]) => !this.#taken.some((other) => isClose(other, x, y))) ?? places[0]!;
    this.#taken.push(place);
    return place;
  }
}

const isClose = ([otherX, otherY]: readonly [number, number], x: number, y: number): boolean =>
  Math.abs(otherX - x) < 46 && Math.abs(otherY - y) < 14;

/** A point of a curve, by the share of its way. */
function pointAt(
  [x0, y0]: readonly [number, number],
  [x1, y1, x2, y2, x, y]: Bend,
  t: number,
): readonly [number, number] {
  const s = 1 - t;
  const at = (a: number, b: number, c: number, d: number): number =>
    s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  return [at(x0, x1, x2, x), at(y0, y1, y2, y)];
}
