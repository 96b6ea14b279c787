import * as d3 from 'd3-hierarchy';

/**
 * The one place where d3-hierarchy is imported. It is compiled into the library as a module of its own, which is loaded
 * with the flame graph, so its types are not ours: hosts have no d3.
 */
export interface TreeNode {
  /** Number of the node in its forest. */
  readonly data: number;
  parent: TreeNode | null;
  depth: number;
  children?: TreeNode[];
  value: number;
  /** The left edge, once it is laid out. */
  readonly x0: number;
  /** Calls for each node, those on it after it, from left to right. Without recursion. */
  eachBefore(visit: (node: TreeNode) => void): this;
}

/**
 * A node that is given its parent and children by who knows them: `hierarchy()` measures the height of each node by going
 * down from it, which takes the square of the length of a chain.
 */
export const TreeNode = (d3 as unknown as { readonly Node: new (data: number) => TreeNode }).Node;

/** Places what stands on a node side by side on it from its left edge on, as wide as their values are. */
export const layOut = (root: TreeNode): TreeNode =>
  (d3.partition().size([root.value, 1]) as unknown as (root: TreeNode) => TreeNode)(root);
