import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { ownValue } from '../../model/ownValue.ts';

/** Puts texts that a sample keeps apart back into their places. What holds none stays as it is. */
export type Resolve = (value: unknown) => unknown;

const PREFIX = 'attachment://';
/** Deeper than any message is; below it texts stay where they are. */
const DEEPEST = 24;

export function createResolver(attachments: unknown): Resolve {
  if (!isObject(attachments) || Object.keys(attachments).length === 0) return (value) => value;
  const known = new Map<object, unknown>();
  const resolve = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string')
      return value.startsWith(PREFIX) ? (textOf(ownValue(attachments, value.slice(PREFIX.length))) ?? value) : value;
    if (value === null || typeof value !== 'object' || depth > DEEPEST) return value;
    if (known.has(value)) return known.get(value);
    const resolved = Array.isArray(value) ? listOf(value, depth) : objectOf(value as Fields, depth);
    known.set(value, resolved);
    return resolved;
  };
  const listOf = (list: readonly unknown[], depth: number): readonly unknown[] => {
    const found = list.map((each) => resolve(each, depth + 1));
    return found.some((each, at) => each !== list[at]) ? found : list;
  };
  const objectOf = (object: Fields, depth: number): Fields => {
    const entries = Object.entries(object).map(([key, each]) => [key, resolve(each, depth + 1), each] as const);
    return entries.some(([, now, then]) => now !== then)
      ? Object.fromEntries(entries.map(([key, now]) => [key, now]))
      : object;
  };
  return (value) => resolve(value, 0);
}
