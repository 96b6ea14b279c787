import type { Layers } from './layers.ts';
import type { DrawnGraph } from './types.ts';

/** A place in a column: a node, or where an edge passes on its way to a further column. */
export interface Cell {
  /** Place of the node; -1 = an edge passes. */
  readonly node: number;
  readonly layer: number;
  readonly before: number[];
  readonly behind: number[];
}

export interface Columns {
  readonly cells: readonly Cell[];
  /** Per column its cells from top to bottom. */
  readonly columns: readonly (readonly number[])[];
  /** By edge, the cells that it goes through from the earlier column to the later one, ends included. */
  readonly ways: readonly (readonly number[])[];
}

/** Times that the columns are gone through, there and back. */
const SWEEPS = 6;

/** Puts the cells of each column into an order in which few edges cross: each at the mean place of those it is tied to. */
export function orderColumns({ nodes, edges }: DrawnGraph, { layer, isBack }: Layers): Columns {
  const cells: Cell[] = nodes.map((_, node) => ({ node, layer: layer[node]!, before: [], behind: [] }));
  const tie = (left: number, right: number): void => {
    cells[left]!.behind.push(right);
    cells[right]!.before.push(left);
  };
  const ways = edges.map(({ from, to }, edge) => {
    if (from === to) return [];
    const [left, right] = isBack[edge] ? [to, from] : [from, to];
    const way = [left];
    for (let at = layer[left]! + 1; at < layer[right]!; at += 1)
      way.push(cells.push({ node: -1, layer: at, before: [], behind: [] }) - 1);
    way.push(right);
    for (let at = 1; at < way.length; at += 1) tie(way[at - 1]!, way[at]!);
    return way;
  });
  const columns: number[][] = [];
  cells.forEach((cell, at) => (columns[cell.layer] ??= []).push(at));
  const place = new Float64Array(cells.length);
  const number = (column: readonly number[]): void => column.forEach((cell, at) => (place[cell] = at));
  columns.forEach(number);
  const sort = (column: number[], ties: 'before' | 'behind'): void => {
    const means = new Map(
      column.map((cell) => {
        const tied = cells[cell]![ties];
        return [
          cell,
          tied.length === 0 ? place[cell]! : tied.reduce((sum, each) => sum + place[each]!, 0) / tied.length,
        ];
      }),
    );
    column.sort((a, b) => means.get(a)! - means.get(b)! || place[a]! - place[b]!);
    number(column);
  };
  let best = columns.map((column) => column.slice());
  let fewest = crossings(cells, best);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    for (let at = 1; at < columns.length; at += 1) sort(columns[at]!, 'before');
    for (let at = columns.length - 2; at >= 0; at -= 1) sort(columns[at]!, 'behind');
    const found = crossings(cells, columns);
    if (found >= fewest) continue;
    fewest = found;
    best = columns.map((column) => column.slice());
  }
  return { cells, columns: best, ways };
}

/** How many edges cross between neighbouring columns. */
function crossings(cells: readonly Cell[], columns: readonly (readonly number[])[]): number {
  let sum = 0;
  const place = new Map<number, number>();
  for (const column of columns) column.forEach((cell, at) => place.set(cell, at));
  for (const [at, column] of columns.entries()) {
    const size = columns[at + 1]?.length ?? 0;
    /** A Fenwick tree of the ends so far. */
    const ends = new Uint32Array(size + 1);
    let all = 0;
    for (const cell of column) {
      const places = cells[cell]!.behind.map((each) => place.get(each)!);
      for (const end of places) {
        let upTo = 0;
        for (let node = end + 1; node > 0; node -= node & -node) upTo += ends[node]!;
        sum += all - upTo;
      }
      for (const end of places) {
        for (let node = end + 1; node <= size; node += node & -node) ends[node]! += 1;
        all += 1;
      }
    }
  }
  return sum;
}
