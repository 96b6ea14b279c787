import { stepLabels } from '../../analysis/agents/stepLabels.ts';
import { atOnce, type Steps } from '../../analysis/steps.ts';
import { quantile } from '../../analysis/statistics/quantile.ts';
import { isStep } from '../../model/build/steps.ts';
import { ERROR_STATUS } from '../../model/codes.ts';
import type { Trace } from '../../model/types.ts';
import { emptyForest, type Forest } from './forest.ts';
import { layOut, TreeNode } from './hierarchy.ts';
import { invert } from './invert.ts';
import type { FlameGraph, FlameMeasure, FlameNode } from './types.ts';
import { weights } from './weights.ts';

export interface FlameGraphOptions {
  /** What widths say. @default 'time' */
  readonly measure?: FlameMeasure;
  /**
   * Whether calls on one path are one bar: all iterations of a loop, all calls of a tool by one agent. Counters in names
   * do not matter. Else a bar for each span. @default true
   */
  readonly merged?: boolean;
  /** The steps themselves below, and above each who called it. Always merged. @default false */
  readonly inverted?: boolean;
  /** So many bars at most; the smallest are left out. @default 20000 */
  readonly most?: number;
}

/**
 * A flame graph in plain numbers: which bar stands on which, where it begins and how wide it is. What is on a bar is
 * never wider than it, and the rest of it is its own. All widths together are those of the roots, and these are the
 * total of the ledger, the sum of own times, the number of failures. Linear in the number of spans, without recursion.
 */
export const flameGraph = (trace: Trace, options: FlameGraphOptions = {}): FlameGraph =>
  atOnce(flameGraphInSteps(trace, options));

/** The same in slices: yields after some thousand spans. */
export function* flameGraphInSteps(
  trace: Trace,
  { measure = 'time', merged = true, inverted = false, most = 20_000 }: FlameGraphOptions = {},
): Steps<FlameGraph> {
  const weight = yield* weights(trace, measure);
  if (!weight) return { measure, total: null, nodes: [], depth: 0, nodeOf: new Int32Array(trace.spanCount).fill(-1) };
  yield;
  const { forest, of } = yield* grow(trace, weight, merged || inverted);
  yield;
  const total = forest.value.reduce((all, value, node) => (forest.parent[node] === -1 ? all + value : all), 0);
  const cut = prune(forest, most);
  yield;
  if (!inverted) return { measure, total, ...(yield* arrange(trace, cut, of)) };
  const turned = yield* invert(cut, trace);
  const labels = yield* stepLabels.inSteps(trace);
  const last = prune(turned.forest, most);
  yield;
  const rootOf = of.map((_, index) => turned.rootOf.get(labels[index]!) ?? -1);
  return { measure, total, ...(yield* arrange(trace, last, rootOf)) };
}

/** A node for each path, or for each span; and by index the node of a span. */
function* grow(
  trace: Trace,
  weight: Float64Array,
  merged: boolean,
): Steps<{ readonly forest: Forest; readonly of: Int32Array }> {
  const { parent, status } = trace.columns;
  const labels = merged ? yield* stepLabels.inSteps(trace) : null;
  const known = new Map<number, number>();
  const forest = emptyForest();
  const of = new Int32Array(trace.spanCount);
  /** Labels are smaller than this. */
  const room = 256 * (trace.spanCount + 1);
  for (let index = 0; index < trace.spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index] === -1 ? -1 : of[parent[index]!]!;
    const path = labels ? (above + 1) * room + labels[index]! : -1;
    let node = labels ? known.get(path) : undefined;
    if (node === undefined) {
      node = forest.add(above, index);
      if (labels) known.set(path, node);
    }
    of[index] = node;
    forest.own[node]! += weight[index]!;
    forest.spans[node]! += 1;
    if (status[index] === ERROR_STATUS) forest.failed[node]! += 1;
  }
  forest.sum();
  return { forest, of };
}

/** Which nodes are drawn: the widest, and of those that are as wide as each other the lower ones. */
function prune(forest: Forest, most: number): Forest & { readonly kept: Uint8Array } {
  const { value } = forest;
  const wide = value.filter((each) => each > 0);
  const limit = wide.length <= most ? 0 : quantile(wide, 1 - most / wide.length);
  let room = most - wide.reduce((count, each) => count + Number(each > limit), 0);
  const kept = new Uint8Array(value.length);
  // A node stands before those above it, so none is drawn whose parent is not.
  for (let node = 0; node < value.length; node += 1) {
    if (value[node]! > limit) kept[node] = 1;
    else if (value[node] === limit && limit > 0 && room > 0) {
      room -= 1;
      kept[node] = 1;
    }
  }
  return { ...forest, kept };
}

/** Places: pre-order, siblings from left to right in the order in which they were met. */
function* arrange(
  { columns }: Trace,
  { parent, first, own, value, spans, failed, kept }: Forest & { readonly kept: Uint8Array },
  of: Int32Array,
): Steps<Pick<FlameGraph, 'nodes' | 'depth' | 'nodeOf'>> {
  const ground = new TreeNode(-1);
  ground.value = 0;
  const made: TreeNode[] = [];
  const cut = new Float64Array(value.length);
  for (let node = 0; node < value.length; node += 1) {
    if (isStep(node)) yield;
    const below = parent[node] === -1 ? ground : made[parent[node]!]!;
    if (kept[node] === 1) {
      const bar = new TreeNode(node);
      bar.value = value[node]!;
      bar.parent = below;
      bar.depth = below.depth + 1;
      (below.children ??= []).push(bar);
      made[node] = bar;
      if (below === ground) ground.value += bar.value;
    } else if (parent[node] !== -1) cut[parent[node]!]! += value[node]!;
  }
  const placed = new Int32Array(value.length).fill(-1);
  const nodes: (FlameNode & { end: number })[] = [];
  let deepest = 0;
  layOut(ground);
  yield;
  ground.eachBefore(({ data: node, depth, x0 }) => {
    if (node === -1) return;
    placed[node] = nodes.length;
    deepest = Math.max(deepest, depth);
    nodes.push({
      name: columns.strings[columns.name[first[node]!]!]!,
      kind: columns.kinds[columns.kind[first[node]!]!]!,
      parent: parent[node] === -1 ? -1 : placed[parent[node]!]!,
      end: nodes.length + 1,
      depth: depth - 1,
      from: x0,
      value: value[node]!,
      own: own[node]!,
      cut: cut[node]!,
      spans: spans[node]!,
      failed: failed[node]!,
      first: first[node]!,
    });
  });
  yield;
  for (const { parent: below, end } of nodes.toReversed())
    if (below !== -1) nodes[below]!.end = Math.max(nodes[below]!.end, end);
  // What is too small to be drawn is shown by the nearest bar below it.
  for (let node = 0; node < value.length; node += 1)
    if (placed[node] === -1 && parent[node] !== -1) placed[node] = placed[parent[node]!]!;
  return { nodes, depth: deepest, nodeOf: of.map((node) => (node === -1 ? -1 : placed[node]!)) };
}
