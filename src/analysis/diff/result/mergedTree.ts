import type { Alignment } from '../match/alignment.ts';

/**
 * Both sides as one tree: that of b, and in it what only a has, each behind the sibling it came after. Member m below
 * `b.size` is the node m of b; `b.size + n` is the node n of a, which has no partner.
 */
export interface MergedTree {
  /** In display order, parents before their children; the node above the roots is left out. */
  readonly members: Int32Array;
  readonly depth: Int32Array;
  /** Row of the parent by row; -1 = root. */
  readonly above: Int32Array;
}

export function mergeTrees({ a, b, mateA }: Alignment): MergedTree {
  const all = b.size + a.size;
  const first = new Int32Array(all).fill(-1);
  const next = new Int32Array(all).fill(-1);
  const parent = new Int32Array(all).fill(-1);
  const last = new Int32Array(b.size).fill(-1);
  for (let node = 1; node < b.size; node += 1) {
    const above = b.parent[node]!;
    parent[node] = above;
    if (last[above] === -1) first[above] = node;
    else next[last[above]!] = node;
    last[above] = node;
  }
  const memberOf = (node: number): number => (mateA[node] === -1 ? b.size + node : mateA[node]!);
  // By node of a: the last of its children that is shown below it.
  const anchor = new Int32Array(a.size).fill(-1);
  for (let node = 1; node < a.size; node += 1) {
    const member = memberOf(node);
    const under = a.parent[node]!;
    const above = memberOf(under);
    if (mateA[node] === -1) {
      const before = anchor[under]!;
      parent[member] = above;
      next[member] = before === -1 ? first[above]! : next[before]!;
      if (before === -1) first[above] = member;
      else next[before] = member;
    }
    if (parent[member] === above) anchor[under] = member;
  }
  return inOrder(first, next);
}

function inOrder(first: Int32Array, next: Int32Array): MergedTree {
  const members: number[] = [];
  const depth: number[] = [];
  const above: number[] = [];
  const open: { member: number; row: number; depth: number }[] = [{ member: first[0]!, row: -1, depth: 0 }];
  for (let top = open.pop(); top; top = open.pop()) {
    if (top.member === -1) continue;
    const { member } = top;
    open.push({ member: next[member]!, row: top.row, depth: top.depth });
    const row = members.push(member) - 1;
    depth.push(top.depth);
    above.push(top.row);
    if (first[member] !== -1) open.push({ member: first[member]!, row, depth: top.depth + 1 });
  }
  return { members: Int32Array.from(members), depth: Int32Array.from(depth), above: Int32Array.from(above) };
}
