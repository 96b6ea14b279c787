import type { Steps } from '../steps.ts';
import { JSON_TYPES, jsonType } from './jsonTree.ts';
import { readJsonTree } from './readJsonTree.ts';
import type { JsonTree } from './types.ts';

const [OBJECT, LIST, JSON_TEXT] = (['object', 'list', 'json'] as const).map((type) => JSON_TYPES.indexOf(type)) as [
  number,
  number,
  number,
];

/**
 * Whether the string of a node looks like an object or a list in JSON: by its first and last letter, so that rows cost
 * nothing. Whether it is one shows when it is opened.
 */
export function holdsJson(tree: JsonTree, node: number): boolean {
  if (jsonType(tree, node) !== 'string') return false;
  const text = tree.texts[node]!;
  const first = /^\s*([[{])/.exec(text.slice(0, 64))?.[1];
  return first !== undefined && (first === '{' ? /\}\s*$/ : /\]\s*$/).test(text.slice(-64));
}

/**
 * The tree with the JSON in the string of a node opened below it; the same tree where there is none. Nodes behind it
 * have other places then, paths stay.
 */
export function* openNestedJson(tree: JsonTree, node: number): Steps<JsonTree> {
  if (!holdsJson(tree, node)) return tree;
  const inner = yield* readJsonTree(tree.texts[node]!);
  if (!inner || (inner.type[0] !== OBJECT && inner.type[0] !== LIST)) return tree;
  const after = node + 1;
  const size = tree.size + inner.size;
  const parent = new Int32Array(size);
  const end = new Uint32Array(size);
  const depth = new Uint32Array(size);
  const type = new Uint8Array(size);
  const entries = new Uint32Array(size);
  for (const [to, from, more] of [
    [depth, tree.depth, inner.depth],
    [type, tree.type, inner.type],
    [entries, tree.entries, inner.entries],
    [parent, tree.parent, inner.parent],
    [end, tree.end, inner.end],
  ] as const) {
    to.set(from.subarray(0, after));
    to.set(more, after);
    to.set(from.subarray(after), after + inner.size);
    yield;
  }
  // What stands around the node ends later; what is inside or behind it has moved.
  for (let at = 0; at < after; at += 1) if (end[at]! > node) end[at]! += inner.size;
  for (let at = after; at < after + inner.size; at += 1) {
    parent[at] = at === after ? node : parent[at]! + after;
    end[at]! += after;
    depth[at]! += depth[node]! + 1;
  }
  for (let at = after + inner.size; at < size; at += 1) {
    end[at]! += inner.size;
    if (parent[at]! > node) parent[at]! += inner.size;
  }
  type[node] = JSON_TEXT;
  entries[node] = inner.entries[0]!;
  return {
    size,
    parent,
    end,
    depth,
    type,
    entries,
    keys: tree.keys.slice(0, after).concat(inner.keys, tree.keys.slice(after)),
    texts: tree.texts.slice(0, after).concat(inner.texts, tree.texts.slice(after)),
  };
}
