import type { DrawnGraph } from './types.ts';

export interface Layers {
  /** By node, its column from 0. */
  readonly layer: readonly number[];
  /** By edge, whether it leads back, against the columns. */
  readonly isBack: readonly boolean[];
}

/**
 * Columns for the nodes: each stands behind all that lead to it. Edges that close a circle, seen from where it begins,
 * lead back and are left out of this.
 */
export function layersOf({ nodes, edges }: DrawnGraph): Layers {
  const out: number[][] = nodes.map(() => []);
  edges.forEach(({ from, to }, edge) => {
    if (from !== to) out[from]!.push(edge);
  });
  const isBack = edges.map(() => false);
  const UNSEEN = 0;
  const OPEN = 1;
  const DONE = 2;
  const state = nodes.map(() => UNSEEN);
  /** Nodes behind all that they lead to, so from the end on in order of the columns. */
  const finished: number[] = [];
  nodes.forEach((_, root) => {
    if (state[root] !== UNSEEN) return;
    const path = [{ node: root, next: 0 }];
    state[root] = OPEN;
    while (path.length > 0) {
      const at = path.at(-1)!;
      const edge = out[at.node]![at.next];
      if (edge === undefined) {
        state[at.node] = DONE;
        finished.push(at.node);
        path.pop();
        continue;
      }
      at.next += 1;
      const { to } = edges[edge]!;
      if (state[to] === OPEN) isBack[edge] = true;
      else if (state[to] === UNSEEN) {
        state[to] = OPEN;
        path.push({ node: to, next: 0 });
      }
    }
  });
  const layer = nodes.map(() => 0);
  for (let at = finished.length - 1; at >= 0; at -= 1) {
    const node = finished[at]!;
    for (const edge of out[node]!)
      if (!isBack[edge]) layer[edges[edge]!.to] = Math.max(layer[edges[edge]!.to]!, layer[node]! + 1);
  }
  return { layer, isBack };
}
