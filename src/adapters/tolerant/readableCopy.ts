import { setOwn } from '../../model/ownValue.ts';
import { withoutHoles } from '../../model/holes.ts';

type Open = readonly [from: object, to: Record<string, unknown> | unknown[]];

/**
 * A copy of a plain object without what throws when it is looked at. Circles stay circles; what is neither object nor
 * list is taken by reference.
 */
export function readableCopy(root: object): Readonly<Record<string, unknown>> {
  const copies = new Map<object, object>();
  const open: Open[] = [];
  const copyOf = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    const known = copies.get(value);
    if (known) return known;
    const list = Array.isArray(value);
    if (!list && !isPlain(value)) return value;
    const copy: Record<string, unknown> | unknown[] = list ? [] : (Object.create(null) as Record<string, unknown>);
    copies.set(value, copy);
    open.push([value, copy]);
    return copy;
  };
  const copy = copyOf(root) as Record<string, unknown>;
  for (let next = open.pop(); next; next = open.pop()) copyFields(next, copyOf);
  return copy;
}

const isPlain = (value: object): boolean =>
  !(value instanceof Date || value instanceof Map || ArrayBuffer.isView(value));

function copyFields([from, to]: Open, copyOf: (value: unknown) => unknown): void {
  const source = Array.isArray(from) ? withoutHoles(from as readonly unknown[]) : from;
  for (const key of keysOf(source)) {
    try {
      const value = copyOf((source as Record<string, unknown>)[key]);
      if (Array.isArray(to)) to.push(value);
      else setOwn(to, key, value);
    } catch {
      // This field is left out; in a list null stands for it, so that the others keep their places.
      if (Array.isArray(to)) to.push(null);
    }
  }
}

function keysOf(value: object): readonly string[] {
  try {
    return Object.keys(value);
  } catch {
    return [];
  }
}
