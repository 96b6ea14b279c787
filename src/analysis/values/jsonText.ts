import type { Steps } from '../steps.ts';
import { jsonType } from './jsonTree.ts';
import type { JsonTree } from './types.ts';

/** Nodes between two rests. */
const AT_ONCE = 500;

/**
 * A node and all in it as JSON text, for copies. `indent` = spaces per level; 0 = in one line. Strings whose JSON was
 * opened are the strings that they were. Numbers are written as they were, bytes and numbers that JSON does not know as
 * text, and what was cut off as null.
 */
export function* jsonText(tree: JsonTree, node = 0, indent = 2): Steps<string> {
  const pieces: string[] = [];
  // Few long pieces are joined faster than a million short ones.
  let piece = '';
  const { parent, end, keys } = tree;
  const top = tree.depth[node]!;
  const line = (depth: number): string =>
    indent === 0 ? '' : `\n${' '.repeat(Math.min((depth - top) * indent, 400))}`;
  /** Objects and lists that are to be closed. */
  const open: number[] = [];
  const isList = (at: number): boolean => jsonType(tree, at) === 'list';
  for (let at = node, count = 0; at < end[node]!; count += 1) {
    if (count % AT_ONCE === AT_ONCE - 1) {
      pieces.push(piece);
      piece = '';
      yield;
    }
    const key = keys[at];
    if (at !== node) piece += line(tree.depth[at]!);
    // What is left of an object that was cut off has no key of its own.
    if (at !== node && !isList(parent[at]!)) piece += `${JSON.stringify(key ?? '…')}${indent === 0 ? ':' : ': '}`;
    const type = jsonType(tree, at);
    if ((type === 'object' || type === 'list') && end[at]! > at + 1) {
      piece += type === 'list' ? '[' : '{';
      open.push(at);
      at += 1;
      continue;
    }
    piece += leafText(tree, at);
    at = end[at]!;
    while (open.length > 0 && end[open.at(-1)!] === at) {
      const closed = open.pop()!;
      piece += line(tree.depth[closed]!) + (isList(closed) ? ']' : '}');
    }
    if (open.length > 0) piece += ',';
  }
  return pieces.join('') + piece;
}

function leafText(tree: JsonTree, node: number): string {
  const text = tree.texts[node]!;
  switch (jsonType(tree, node)) {
    case 'object':
      return '{}';
    case 'list':
      return '[]';
    case 'boolean':
    case 'null':
      return text;
    case 'number':
      return /^-?\d/.test(text) ? text : JSON.stringify(text);
    case 'cut':
      return 'null';
    default:
      return JSON.stringify(text);
  }
}
