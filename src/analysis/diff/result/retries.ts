import type { SignedTree } from '../signs/signTree.ts';

/**
 * By node, the attempt that ends a row of attempts: a step that failed is followed by one of the same name with the
 * same input; 0 = no retry. What is between them does not matter as long as it is no other step of that name.
 */
export function lastAttempts({ size, parent, end, label, inKey, failed }: SignedTree): Int32Array {
  const last = new Int32Array(size);
  const open = new Map<string, number>();
  for (let node = size - 1; node > 0; node -= 1) {
    const place = `${parent[node]} ${label[node]}`;
    const next = open.get(place);
    open.set(place, node);
    if (next === undefined || failed[node] === 0 || inKey[node] !== inKey[next] || end[node]! > next) continue;
    last[node] = last[next] = last[next] === 0 ? next : last[next]!;
  }
  return last;
}
