import type { PlacedEdge, PlacedNode } from '../../layout/graph/types.ts';

/** Where the keyboard is: on a node or on an edge, by place. */
export interface Stop {
  readonly type: 'node' | 'edge';
  readonly at: number;
}

/**
 * Where an arrow key leads: along the lines to the right and left, from a node to a line of it and on to its other end;
 * up and down to the next node of the column, or the next line of where the line begins. Null = nowhere.
 */
export function stepInGraph(
  key: string,
  stop: Stop,
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
  shown: readonly number[],
): Stop | null {
  const node = (at: number | undefined): Stop | null => (at === undefined ? null : { type: 'node', at });
  const edge = (at: number | undefined): Stop | null => (at === undefined ? null : { type: 'edge', at });
  const inReading = nodes.map((_, at) => at).sort((a, b) => nodes[a]!.x - nodes[b]!.x || nodes[a]!.y - nodes[b]!.y);
  if (key === 'Home') return node(inReading[0]);
  if (key === 'End') return node(inReading.at(-1));
  const byHeight = shown.toSorted((a, b) => edges[a]!.label[1] - edges[b]!.label[1] || a - b);
  if (stop.type === 'node') {
    const { layer } = nodes[stop.at]!;
    if (key === 'ArrowRight') return edge(byHeight.find((at) => edges[at]!.from === stop.at));
    if (key === 'ArrowLeft') return edge(byHeight.find((at) => edges[at]!.to === stop.at));
    const column = inReading.filter((at) => nodes[at]!.layer === layer);
    return node(column[column.indexOf(stop.at) + (key === 'ArrowDown' ? 1 : -1)]);
  }
  const { from, to } = edges[stop.at]!;
  if (key === 'ArrowRight') return node(to);
  if (key === 'ArrowLeft') return node(from);
  const beside = byHeight.filter((at) => edges[at]!.from === from);
  return edge(beside[beside.indexOf(stop.at) + (key === 'ArrowDown' ? 1 : -1)]);
}
