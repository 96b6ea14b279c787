import { ownValue } from '../../model/ownValue.ts';
import type { FlameNode } from '../../layout/flame/types.ts';

/** Where a key leads from a bar: to that which stands on it, to that on which it stands, to its neighbours; -1 = nowhere. */
export function nextNode(nodes: readonly FlameNode[], place: number, key: string): number | undefined {
  const node = nodes[place];
  if (!node) return undefined;
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => (node.end > place + 1 ? place + 1 : place),
    ArrowUp: () => (node.parent === -1 ? place : node.parent),
    ArrowRight: () => levelStep(nodes, place, 1),
    ArrowLeft: () => levelStep(nodes, place, -1),
    Home: () => 0,
    End: () => widestPath(nodes, place),
  };
  return ownValue(steps, key)?.();
}

/** The next bar of the same level, on whatever it stands. */
function levelStep(nodes: readonly FlameNode[], place: number, by: 1 | -1): number {
  for (let at = place + by; at >= 0 && at < nodes.length; at += by)
    if (nodes[at]!.depth === nodes[place]!.depth) return at;
  return place;
}

/** From bar to the widest on it, to the end. */
function widestPath(nodes: readonly FlameNode[], place: number): number {
  let at = place;
  for (;;) {
    let widest = -1;
    for (let above = at + 1; above < nodes[at]!.end; above = nodes[above]!.end)
      if (widest === -1 || nodes[above]!.value > nodes[widest]!.value) widest = above;
    if (widest === -1) return at;
    at = widest;
  }
}
