import { hasEntries } from './jsonTree.ts';
import { jsonPath, nodeAtPath } from './jsonPath.ts';
import type { JsonExpansion, JsonTree } from './types.ts';

const baseOpen = (base: JsonExpansion['base'], depth: number): boolean =>
  base === 'all' || (base !== 'none' && depth < base);

/** Asks of a node whether it shows its entries. Paths that lead nowhere are passed over. */
export function isJsonOpen(tree: JsonTree, { base, except }: JsonExpansion): (node: number) => boolean {
  const differs = new Set<number>();
  for (const path of except) {
    const node = nodeAtPath(tree, path);
    if (node !== null) differs.add(node);
  }
  const isExcepted = (node: number): boolean => differs.size > 0 && differs.has(node);
  return (node) => hasEntries(tree, node) && baseOpen(base, tree.depth[node]!) !== isExcepted(node);
}

/** The visible nodes in order, for a virtual list. Looks at visible nodes only. */
export function jsonRows(tree: JsonTree, expansion: JsonExpansion): Uint32Array {
  const isOpen = expansion.base === 'all' && expansion.except.length === 0 ? () => true : isJsonOpen(tree, expansion);
  const rows = new Uint32Array(tree.size);
  let count = 0;
  for (let node = 0; node < tree.size; node = isOpen(node) ? node + 1 : tree.end[node]!) rows[count++] = node;
  return rows.subarray(0, count);
}

/** The expansion in which a node is open if it was closed, closed if it was open. */
export function toggleJson(tree: JsonTree, { base, except }: JsonExpansion, node: number): JsonExpansion {
  const path = jsonPath(tree, node);
  return { base, except: except.includes(path) ? except.filter((other) => other !== path) : [...except, path] };
}

/** More levels than that are not opened one by one: each is named by its path, and paths grow with depth. */
const LEVELS_AT_MOST = 200;

/**
 * The expansion in which a node is visible: all around it are open. The same object where they are already; all is open
 * where more than 200 levels were closed.
 */
export function revealJson(tree: JsonTree, expansion: JsonExpansion, node: number): JsonExpansion {
  const isOpen = isJsonOpen(tree, expansion);
  const closed: number[] = [];
  for (let above = tree.parent[node]!; above !== -1; above = tree.parent[above]!)
    if (!isOpen(above)) closed.push(above);
  if (closed.length === 0) return expansion;
  if (closed.length > LEVELS_AT_MOST) return { base: 'all', except: [] };
  const except = new Set(expansion.except);
  for (const above of closed) {
    const path = jsonPath(tree, above);
    if (!except.delete(path)) except.add(path);
  }
  return { base: expansion.base, except: [...except] };
}
