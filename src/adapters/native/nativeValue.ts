import { setOwn } from '../../model/ownValue.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * Values that JSON has no word for, in `spanwise/1`: an object with one of these keys and no other stands for
 *
 *     { "$bigint": "9223372036854775807" }    a whole number that a double would round
 *     { "$number": "NaN" }                    NaN, Infinity, -Infinity, -0
 *     { "$bytes": "aGk=" }                    bytes, in base64
 *     { "$object": { … } }                    an object that would be taken for one of these
 *
 * and, within `raw` alone, the references of `rawReferences.ts`.
 */
const MARKS: ReadonlySet<string> = new Set(['$bigint', '$number', '$bytes', '$object', '$same', '$keyValues']);

type Step = { readonly from: unknown; readonly put: (value: unknown) => void } | { readonly leave: object };

/**
 * Plain data as JSON can hold it, bigint and bytes included. An object inside itself is null there; what JSON does not
 * know (functions, symbols) is null.
 */
export const encodeValue = (root: unknown): unknown =>
  convert(root, encodeScalar, (object) => (isMarked(object) ? (inner) => ({ $object: inner }) : undefined));

/** What `encodeValue` made, as it was. What does not follow its rules is taken as it stands. */
export function decodeValue(root: unknown): unknown {
  return convert(root, (value) => value ?? null, undefined, decodeMark);
}

/** Walks plain data without recursion, and copies it. */
function convert(
  root: unknown,
  scalar: (value: unknown) => unknown,
  wrap?: (object: object) => ((inner: object) => unknown) | undefined,
  mark?: (
    object: Readonly<Record<string, unknown>>,
  ) => { readonly value: unknown } | { readonly inner: object } | undefined,
): unknown {
  let result: unknown = null;
  const steps: Step[] = [
    {
      from: root,
      put: (value) => {
        result = value;
      },
    },
  ];
  const inside = new Set<object>();
  for (let step = steps.pop(); step; step = steps.pop()) {
    if ('leave' in step) {
      inside.delete(step.leave);
      continue;
    }
    let { from } = step;
    const { put } = step;
    if (from === null || typeof from !== 'object' || from instanceof Uint8Array || from instanceof Date) {
      put(scalar(from));
      continue;
    }
    if (inside.has(from)) {
      put(null);
      continue;
    }
    inside.add(from);
    steps.push({ leave: from });
    const meant = mark && isMarked(from) ? mark(from as Readonly<Record<string, unknown>>) : undefined;
    if (meant && 'value' in meant) {
      put(meant.value);
      continue;
    }
    if (meant) from = meant.inner;
    copyInto(from as object, put, wrap?.(from as object), steps);
  }
  return result;
}

function copyInto(
  from: object,
  put: (value: unknown) => void,
  wrap: ((inner: object) => unknown) | undefined,
  steps: Step[],
): void {
  if (Array.isArray(from)) {
    const list = withoutHoles(from as readonly unknown[]);
    const items: unknown[] = Array.from({ length: list.length }, () => null);
    put(items);
    for (let at = list.length - 1; at >= 0; at -= 1)
      steps.push({
        from: readField(list, at),
        put: (value) => {
          items[at] = value;
        },
      });
    return;
  }
  // Keys are data: `__proto__` is a key like any other here. All are set at once, so that their order is that of the
  // source.
  const keys = Object.keys(from);
  const copy = Object.fromEntries(keys.map((key) => [key, null])) as Record<string, unknown>;
  put(wrap ? wrap(copy) : copy);
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    const key = keys[at]!;
    steps.push({
      from: readField(from, key),
      put: (value) => {
        setOwn(copy, key, value);
      },
    });
  }
}

/** A host object that throws when looked at holds nothing there. */
function readField(from: object, key: string | number): unknown {
  try {
    return (from as Record<string | number, unknown>)[key];
  } catch {
    return null;
  }
}

function isMarked(object: object): boolean {
  const keys = Object.keys(object);
  return keys.length === 1 && MARKS.has(keys[0]!);
}

function encodeScalar(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint':
      return { $bigint: value.toString() };
    default:
      if (value instanceof Uint8Array) return { $bytes: base64(value) };
      return value instanceof Date ? dateText(value) : null;
  }
}

const dateText = (date: Date): string | null => (Number.isNaN(date.getTime()) ? null : date.toISOString());

function decodeMark({
  $bigint,
  $number,
  $bytes,
  $object,
}: Readonly<Record<string, unknown>>): { readonly value: unknown } | { readonly inner: object } | undefined {
  if (typeof $bigint === 'string' && /^-?\d+$/.test($bigint)) return { value: BigInt($bigint) };
  if (typeof $number === 'string' && ['NaN', 'Infinity', '-Infinity', '-0'].includes($number))
    return { value: Number($number) };
  if (typeof $bytes === 'string') return bytes($bytes);
  return $object !== null && typeof $object === 'object' && !Array.isArray($object) ? { inner: $object } : undefined;
}

/** In pieces, for a function takes only so many arguments. */
export function base64(data: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < data.length; at += 8192) binary += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(binary);
}

function bytes(text: string): { readonly value: Uint8Array } | undefined {
  try {
    return { value: Uint8Array.from(atob(text), (char) => char.charCodeAt(0)) };
  } catch {
    return undefined;
  }
}
