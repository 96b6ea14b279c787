import { fill, readContainer } from './container.ts';

/**
 * What stands for an object of a host's own class, as JSON would write it: what its `toJSON` gives, the value of a
 * boxed one, the message of an error, its enumerable properties, or failing all of these its text. What hides nothing
 * (plain data, `Map`, `Set`, dates) is itself. Null where it throws.
 */
export function plainOf(value: object): unknown {
  try {
    if (Array.isArray(value) || value instanceof Map || value instanceof Set || value instanceof Date) return value;
    const written = toJsonOf(value);
    if (written) return written.call(value, '');
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === null || Object.getPrototypeOf(prototype) === null)
      return Reflect.ownKeys(value).length === Object.keys(value).length ? value : copyOf(value);
    for (const boxed of BOXES)
      if (value instanceof boxed) return (boxed.prototype as { valueOf(): unknown }).valueOf.call(value);
    if (value instanceof Error) return { name: value.name, message: value.message, ...copyOf(value) };
    if (Object.keys(value).length > 0) return copyOf(value);
    const text = String(value);
    return text.startsWith('[object ') ? {} : text;
  } catch {
    return null;
  }
}

const BOXES = [String, Number, Boolean, BigInt, Symbol] as const;

function toJsonOf(value: object): ((key: string) => unknown) | null {
  try {
    const { toJSON } = value as { toJSON?: unknown };
    return typeof toJSON === 'function' ? (toJSON as (key: string) => unknown) : null;
  } catch {
    // A property that throws is dealt with when the properties are read.
    return null;
  }
}

function copyOf(value: object): object {
  const container = readContainer(value);
  const copy = {};
  if (container) fill(copy, container);
  return copy;
}
