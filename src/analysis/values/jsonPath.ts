import type { JsonTree } from './types.ts';

const NAME = /^[A-Za-z_][\w]*$/;
/** Behind a string whose JSON was opened, as in jq: JSONPath has no word for it. */
const OPENED = ' | fromjson | $';
const STEP = /\.([A-Za-z_]\w*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|( \| fromjson \| \$)/sy;

/**
 * The path of a node in JSONPath (RFC 9535), `$.messages[0]['a b']`; through JSON within a string `$.arguments |
 * fromjson | $.city`.
 */
export function jsonPath(tree: JsonTree, node: number): string {
  const steps: string[] = [];
  for (let at = node; tree.parent[at] !== -1; at = tree.parent[at]!) steps.push(stepOf(tree.keys[at]!));
  return `$${steps.reverse().join('')}`;
}

function stepOf(key: string | number | null): string {
  if (key === null) return OPENED;
  if (typeof key === 'number') return `[${key}]`;
  return NAME.test(key)
    ? `.${key}`
    : `['${JSON.stringify(key).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}']`;
}

/** The node at a path; null where there is none. Of several entries with one key it is the first. */
export function nodeAtPath(tree: JsonTree, path: string): number | null {
  if (!path.startsWith('$') || tree.size === 0) return null;
  let node = 0;
  for (let at = 1; at < path.length; at = STEP.lastIndex) {
    STEP.lastIndex = at;
    const [, name, place, quoted, opened] = STEP.exec(path) ?? [];
    const key =
      name ??
      (place === undefined ? undefined : Number(place)) ??
      (quoted === undefined ? undefined : unquoted(quoted)) ??
      (opened === undefined ? undefined : null);
    const found = key === undefined ? null : entryAt(tree, node, key);
    if (found === null) return null;
    node = found;
  }
  return node;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(
      `"${text.replaceAll("\\'", "'").replaceAll(/\\.|"/gs, (sign) => (sign === '"' ? '\\"' : sign))}"`,
    ) as string;
  } catch {
    return undefined;
  }
}

function entryAt({ keys, end }: JsonTree, node: number, key: string | number | null): number | null {
  for (let entry = node + 1; entry < end[node]!; entry = end[entry]!) if (keys[entry] === key) return entry;
  return null;
}
