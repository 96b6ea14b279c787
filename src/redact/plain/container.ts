import { setOwn } from '../../model/ownValue.ts';

/** An object that holds others, as it was read once: nothing of it is looked at again. */
export interface Container {
  readonly kind: 'list' | 'map' | 'set' | 'object';
  /** In the order of `values`; null for lists and sets. */
  readonly keys: unknown[] | null;
  readonly values: unknown[];
  /**
   * Keys of a `Map` that are no text stand behind its values, to be looked at like these: their places among the keys.
   */
  readonly keysBehind?: readonly number[];
  /** Something in it threw when it was looked at, and is null here. */
  readonly broken: boolean;
}

/** Bytes are one value, and what is no object holds nothing. */
export const isContainer = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer);

/**
 * Reads a list, a `Map`, a `Set`, or the enumerable properties of any other object; null where not even those can be
 * told.
 */
export function readContainer(source: object): Container | null {
  try {
    if (Array.isArray(source)) return readProperties(source, 'list', null, source.length);
    if (source instanceof Map) return readMap(source);
    if (source instanceof Set) return { kind: 'set', keys: null, values: Array.from(source), broken: false };
    const keys = Object.keys(source);
    return readProperties(source, 'object', keys, keys.length);
  } catch {
    return null;
  }
}

function readMap(source: ReadonlyMap<unknown, unknown>): Container {
  const keys = Array.from(source.keys());
  const values = Array.from(source.values());
  const keysBehind = keys.flatMap((key, at) => (typeof key === 'string' ? [] : [at]));
  for (const at of keysBehind) values.push(keys[at]);
  return { kind: 'map', keys, values, keysBehind, broken: false };
}

function readProperties(source: object, kind: Container['kind'], keys: string[] | null, size: number): Container {
  const values: unknown[] = [];
  let broken = false;
  for (let at = 0; at < size; at += 1) {
    try {
      values.push((source as Record<string | number, unknown>)[keys ? keys[at]! : at]);
    } catch {
      values.push(null);
      broken = true;
    }
  }
  return { kind, keys, values, broken };
}

/** An empty object of the same kind: without a prototype where the source has none, else a plain one. */
export function emptyLike(source: object, kind: Container['kind']): object {
  if (kind === 'list') return [];
  if (kind === 'map') return new Map();
  if (kind === 'set') return new Set();
  return isBare(source) ? (Object.create(null) as object) : {};
}

const isBare = (source: object): boolean => {
  try {
    return Object.getPrototypeOf(source) === null;
  } catch {
    return false;
  }
};

/** Fills what `emptyLike` made. Keys are data: `__proto__` is one like any other. */
export function fill(target: object, { kind, keys, values, keysBehind = [] }: Container): void {
  keysBehind.forEach((at, place) => {
    keys![at] = values[keys!.length + place];
  });
  (keys && values.length > keys.length ? values.slice(0, keys.length) : values).forEach((value, at) => {
    if (kind === 'list') (target as unknown[]).push(value);
    else if (kind === 'set') (target as Set<unknown>).add(value);
    else if (kind === 'map') (target as Map<unknown, unknown>).set(keys![at], value);
    else setOwn(target as Record<string, unknown>, keys![at] as string, value);
  });
}
