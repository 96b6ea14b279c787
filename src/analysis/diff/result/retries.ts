import type { SignedTree } from '../signs/signTree.ts';

/** Siblings looked at behind a failed attempt. */
const NEAR = 32;

/**
 * By node, the attempt that ends a row of attempts: a step that failed is followed by one of the same name with the
 * same input; 0 = no retry. What is between them does not matter as long as it is no other step of that name.
 */
export function lastAttempts({ size, parent, end, label, inKey, failed }: SignedTree): Int32Array {
  const last = new Int32Array(size);
  for (let node = size - 1; node > 0; node -= 1) {
    if (failed[node] === 0) continue;
    const behind = end[parent[node]!]!;
    let next = end[node]!;
    for (let steps = 0; next < behind && label[next] !== label[node] && steps < NEAR; steps += 1) next = end[next]!;
    if (next >= behind || label[next] !== label[node] || inKey[node] !== inKey[next]) continue;
    last[node] = last[next] = last[next] === 0 ? next : last[next]!;
  }
  return last;
}
