import { setOwn } from '../../model/ownValue.ts';

/*
 * Engines copy values between threads by recursion, and fail at a few thousand levels; recorded values may have a
 * hundred thousand. Such a value crosses as a list of its nodes.
 */

/** A list, an object or a map: its values by their numbers in the list. */
type Node =
  | { readonly list: readonly number[] }
  | { readonly keys: readonly string[]; readonly values: readonly number[] }
  | { readonly map: readonly (readonly [number, number])[] }
  | { readonly leaf: unknown };

export type FlatValue = readonly Node[];

/** Levels that every engine copies. */
const DEEPEST = 500;

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
const isNode = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || value instanceof Map || isPlain(value));

function childrenOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value instanceof Map ? Array.from(value).flat() : Object.values(value);
}

/** Whether a value has more levels than can be copied for sure. */
export function isDeep(value: unknown): boolean {
  let level: object[] = isNode(value) ? [value] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    const below: object[] = [];
    for (const each of level) for (const child of childrenOf(each)) if (isNode(child)) below.push(child);
    level = below;
  }
  return false;
}

/** The nodes of a value; the first is the value itself. What stands in several places stays one. */
export function flattened(value: unknown): FlatValue {
  const nodes: Node[] = [];
  const numbers = new Map<object, number>();
  const waiting: { readonly value: unknown; readonly number: number }[] = [];
  const numberOf = (each: unknown): number => {
    const known = isNode(each) ? numbers.get(each) : undefined;
    if (known !== undefined) return known;
    const number = nodes.push({ leaf: each }) - 1;
    if (isNode(each)) {
      numbers.set(each, number);
      waiting.push({ value: each, number });
    }
    return number;
  };
  numberOf(value);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const each = next.value as object;
    if (Array.isArray(each)) nodes[next.number] = { list: Array.from(each, numberOf) };
    else if (each instanceof Map)
      nodes[next.number] = { map: Array.from(each, ([key, held]) => [numberOf(key), numberOf(held)] as const) };
    else nodes[next.number] = { keys: Object.keys(each), values: Object.values(each).map(numberOf) };
  }
  return nodes;
}

/** The value again. */
export function unflattened(nodes: FlatValue): unknown {
  const values = nodes.map((node): unknown => {
    if ('leaf' in node) return node.leaf;
    if ('list' in node) return [];
    return 'map' in node ? new Map() : {};
  });
  for (const [number, node] of nodes.entries()) {
    const value = values[number];
    if ('list' in node) for (const each of node.list) (value as unknown[]).push(values[each]);
    else if ('map' in node)
      for (const [key, held] of node.map) (value as Map<unknown, unknown>).set(values[key], values[held]);
    else if ('keys' in node)
      for (const [place, key] of node.keys.entries())
        // A recorded key may be `__proto__`.
        setOwn(value as Record<string, unknown>, key, values[node.values[place]!]);
  }
  return values[0];
}
