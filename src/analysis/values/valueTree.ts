import type { Steps } from '../steps.ts';
import { JsonTreeBuilder } from './jsonTree.ts';
import type { JsonTree } from './types.ts';

/** Nodes between two rests. */
const AT_ONCE = 500;
/** Of bytes only these many are written out. */
const BYTES_AT_MOST = 4096;

interface Open {
  readonly node: number;
  readonly value: object;
  readonly entries: readonly Entry[] | readonly unknown[];
  readonly keyed: boolean;
  next: number;
}
type Entry = readonly [key: string, value: unknown];

/**
 * A recorded value (plain data, a Map, bytes) as a tree, without recursion and in steps. An object inside itself is
 * `cut`, and so is what lies behind `JSON_NODES_AT_MOST` nodes; what throws when looked at is null.
 */
export function* valueTree(root: unknown): Steps<JsonTree> {
  const build = new JsonTreeBuilder();
  const open: Open[] = [];
  const inside = new Set<object>();
  const visit = (parent: number, key: string | number | null, value: unknown): void => {
    if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Date) {
      addLeaf(build, parent, key, value);
      return;
    }
    const [keyed, entries] = entriesOf(value);
    if (build.isFull || inside.has(value)) {
      build.close(build.add(parent, 'cut', key, ''), entries.length);
      return;
    }
    const node = build.add(parent, keyed ? 'object' : 'list', key, '');
    inside.add(value);
    open.push({ node, value, entries, keyed, next: 0 });
  };
  visit(-1, null, root);
  for (let count = 1, last = open.at(-1); last; count += 1, last = open.at(-1)) {
    if (count % AT_ONCE === 0) yield;
    const { next, entries, keyed } = last;
    if (next === entries.length || (next > 0 && build.isFull)) {
      if (next < entries.length) build.add(last.node, 'cut', null, '');
      build.close(last.node, entries.length);
      inside.delete(last.value);
      open.pop();
      continue;
    }
    last.next += 1;
    if (keyed) visit(last.node, (entries[next] as Entry)[0], (entries[next] as Entry)[1]);
    else visit(last.node, next, itemOf(entries, next));
  }
  return build.finish();
}

function entriesOf(value: object): readonly [keyed: boolean, entries: readonly unknown[]] {
  try {
    if (Array.isArray(value)) return [false, value];
    if (value instanceof Map) return [true, Array.from(value, ([key, item]): Entry => [String(key), item])];
    return [true, Object.keys(value).map((key): Entry => [key, fieldOf(value, key)])];
  } catch {
    return [true, []];
  }
}

function fieldOf(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return null;
  }
}

function itemOf(list: readonly unknown[], at: number): unknown {
  try {
    return list[at];
  } catch {
    return null;
  }
}

function addLeaf(build: JsonTreeBuilder, parent: number, key: string | number | null, value: unknown): void {
  switch (typeof value) {
    case 'string':
      build.add(parent, 'string', key, value);
      return;
    case 'number':
    case 'bigint':
      build.add(parent, 'number', key, String(value));
      return;
    case 'boolean':
      build.add(parent, 'boolean', key, String(value));
      return;
    default:
      if (value instanceof Uint8Array) build.close(build.add(parent, 'bytes', key, hexOf(value)), value.length);
      else if (value instanceof Date)
        build.add(parent, 'string', key, Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
      else if (ArrayBuffer.isView(value)) build.close(build.add(parent, 'cut', key, ''), value.byteLength);
      else build.add(parent, 'null', key, 'null');
  }
}

const hexOf = (bytes: Uint8Array): string =>
  `${Array.from(bytes.subarray(0, BYTES_AT_MOST), (byte) => byte.toString(16).padStart(2, '0')).join(' ')}${bytes.length > BYTES_AT_MOST ? ' …' : ''}`;
