import type { AttributeValue } from './types.ts';
import { setOwn } from './ownValue.ts';
import { withoutHoles } from './holes.ts';

/**
 * Attributes come as OTLP's list of `{ key, value: AnyValue }` (opentelemetry-proto common.proto), as an object of such
 * values, or as a `Map` of plain values, in which an object that looks like an AnyValue is what it looks like. All are
 * read here, in place: nothing is copied until a value is asked for, and the host's data is never written to. The
 * fields of AnyValue are known under their snake_case names too; keys are data and never touched.
 */

/**
 * Calls `visit` with each key and its value as recorded; `valueReader` gives what decodes the latter. `bad` hears of
 * what is no attribute.
 */
export function eachAttribute(
  attributes: unknown,
  visit: (key: string, recorded: unknown) => void,
  bad?: (path: string) => void,
): void {
  if (attributes instanceof Map) {
    for (const [key, value] of attributes) visit(key as string, value);
  } else if (Array.isArray(attributes)) {
    eachEntry(attributes, visit, bad);
  } else if (attributes !== null && typeof attributes === 'object') {
    for (const key of Object.keys(attributes)) visit(key, (attributes as Record<string, unknown>)[key]);
  } else if (attributes !== null && attributes !== undefined) {
    bad?.('');
  }
}

/** Holes are looked for where something is missing: to ask of each place whether it is one takes long. */
function eachEntry(
  list: readonly unknown[],
  visit: (key: string, recorded: unknown) => void,
  bad: ((path: string) => void) | undefined,
): void {
  let entries = list;
  let mayHaveHoles = true;
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at] as { key?: unknown; value?: unknown } | null | undefined;
    if (entry === undefined && mayHaveHoles) {
      mayHaveHoles = false;
      entries = withoutHoles(list);
      at -= 1;
    } else if (typeof entry === 'object' && entry !== null && typeof entry.key === 'string') {
      visit(entry.key, entry.value);
    } else {
      bad?.(`[${at}]`);
    }
  }
}

/** How the values of these attributes are written: as AnyValue or plainly, or, in a `Map`, plainly. */
export const valueReader = (attributes: unknown): ((recorded: unknown) => AttributeValue) =>
  attributes instanceof Map ? asItIs : attributeValue;

const asItIs = (value: unknown): AttributeValue => (value ?? null) as AttributeValue;

/**
 * Called for each attribute that is not what its format asks for: `path` is its key, or its place in the list where it
 * has none.
 */
export type AttributeProblem = (code: 'bad-attribute' | 'bad-number' | 'bad-timestamp', path: string) => void;

/**
 * All attributes, decoded. Keys are data: a Map keeps `__proto__` an ordinary key. The last of several equal keys wins.
 */
export function attributeMap(attributes: unknown, problem?: AttributeProblem): ReadonlyMap<string, AttributeValue> {
  const map = new Map<string, AttributeValue>();
  try {
    if (attributes instanceof Map) return withoutUndefined(attributes as Map<string, AttributeValue | undefined>);
    eachAttribute(
      attributes,
      (key, recorded) => {
        const value = attributeValue(recorded);
        if (problem && map.has(key)) problem('bad-attribute', key);
        if (problem && typeof value === 'string' && isWrongNumber(recorded)) problem('bad-number', key);
        map.set(key, value);
      },
      (path) => problem?.('bad-attribute', path),
    );
  } catch {
    // A host object that throws when looked at: what came before it stands.
    problem?.('bad-attribute', '');
  }
  return map;
}

/** The map itself, but where adapters leave fields of a record open. */
function withoutUndefined(
  attributes: ReadonlyMap<string, AttributeValue | undefined>,
): ReadonlyMap<string, AttributeValue> {
  for (const value of attributes.values())
    if (value === undefined)
      return new Map(
        Array.from(attributes).filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined),
      );
  return attributes as ReadonlyMap<string, AttributeValue>;
}

/** Says it is a number, and is none. */
const isWrongNumber = (recorded: unknown): boolean => {
  const { intValue, int_value: int, doubleValue, double_value: double } = recorded as Readonly<Record<string, unknown>>;
  return (intValue ?? int ?? doubleValue ?? double) !== undefined;
};

/**
 * An AnyValue as plain data; what is not an AnyValue is taken as it is. Integers beyond 2^53 become bigint, so none is
 * rounded.
 */
export function attributeValue(recorded: unknown): AttributeValue {
  if (recorded === null || recorded === undefined) return null;
  if (typeof recorded !== 'object') return plainValue(recorded);
  const any = recorded as Record<string, unknown>;
  // The first test answers nearly all: most values of real traces are text.
  if (typeof any['stringValue'] === 'string') return any['stringValue'];
  const scalar = scalarValue(any);
  return scalar === undefined ? decodeTree(recorded) : scalar;
}

/** A scalar AnyValue; undefined for anything else. */
function scalarValue(any: Record<string, unknown>): AttributeValue | undefined {
  const int = any['intValue'] ?? any['int_value'];
  if (int !== undefined) return integer(int);
  const double = any['doubleValue'] ?? any['double_value'];
  if (double !== undefined) return number(double);
  const bool = any['boolValue'] ?? any['bool_value'];
  if (bool !== undefined) return bool === true || bool === 'true';
  const text = any['stringValue'] ?? any['string_value'];
  if (text !== undefined) return plainValue(text);
  const base64 = any['bytesValue'] ?? any['bytes_value'];
  if (base64 !== undefined) return typeof base64 === 'string' ? bytes(base64) : null;
  return undefined;
}

type Slot = { readonly from: unknown; readonly put: (value: AttributeValue) => void } | { readonly leave: object };

/**
 * Lists and maps, without recursion: nesting is as deep as the producer made it. An object inside itself is null there.
 */
function decodeTree(root: unknown): AttributeValue {
  let result: AttributeValue = null;
  const open: Slot[] = [
    {
      from: root,
      put: (value) => {
        result = value;
      },
    },
  ];
  const inside = new Set<object>();
  for (let slot = open.pop(); slot; slot = open.pop()) {
    if ('leave' in slot) {
      inside.delete(slot.leave);
      continue;
    }
    const { from, put } = slot;
    if (from === null || typeof from !== 'object') {
      put(plainValue(from));
      continue;
    }
    if (from instanceof Uint8Array) {
      put(from);
      continue;
    }
    if (inside.has(from)) {
      put(null);
      continue;
    }
    inside.add(from);
    open.push({ leave: from });
    const any = from as Record<string, unknown>;
    const values = Array.isArray(from) ? from : listValues(any['arrayValue'] ?? any['array_value']);
    const list = values && withoutHoles(values);
    const entries = listValues(any['kvlistValue'] ?? any['kvlist_value']);
    const scalar = list || entries ? undefined : scalarValue(any);
    if (list) {
      const items: AttributeValue[] = Array.from({ length: list.length }, () => null);
      put(items);
      for (let i = list.length - 1; i >= 0; i -= 1)
        open.push({
          from: list[i],
          put: (value) => {
            items[i] = value;
          },
        });
    } else if (entries) {
      const map = Object.create(null) as Record<string, AttributeValue>;
      put(map);
      // The last of equal keys wins; the order is that of the first.
      const last = new Map<string, unknown>();
      eachAttribute(entries, (key, value) => last.set(key, value));
      for (const [key, value] of last) fillLater(map, key, value, open);
    } else if (scalar !== undefined) {
      put(scalar);
    } else {
      // Without any field it is the AnyValue that says "no value".
      const keys = Object.keys(any);
      const map = Object.create(null) as Record<string, AttributeValue>;
      put(keys.length === 0 ? null : map);
      for (const key of keys) fillLater(map, key, any[key], open);
    }
  }
  return result;
}

/** Sets the key now, so that keys keep their order, and its value when its turn comes. */
function fillLater(map: Record<string, AttributeValue>, key: string, from: unknown, open: Slot[]): void {
  setOwn(map, key, null);
  open.push({
    from,
    put: (value) => {
      setOwn(map, key, value);
    },
  });
}

/** The values of an ArrayValue or KeyValueList; protobuf printers leave out an empty list. */
function listValues(holder: unknown): readonly unknown[] | undefined {
  if (holder === null || typeof holder !== 'object') return undefined;
  const values = (holder as { values?: unknown }).values;
  if (values === undefined) return [];
  return Array.isArray(values) ? values : undefined;
}

function plainValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    case 'undefined':
      return null;
    // A symbol or a function, or an object where a scalar should be: none has a text that is worth showing.
    default:
      return null;
  }
}

function integer(value: unknown): AttributeValue {
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return plainValue(value);
  const asNumber = Number(value);
  return Number.isSafeInteger(asNumber) ? asNumber : BigInt(value);
}

/** JSON has no NaN or infinities, so OTLP writes these as text. */
function number(value: unknown): AttributeValue {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return plainValue(value);
  if (value === 'NaN') return Number.NaN;
  const asNumber = Number(value);
  return value.trim() !== '' && !Number.isNaN(asNumber) ? asNumber : value;
}

function bytes(base64: string): AttributeValue {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return base64;
  }
}

/**
 * The number an attribute stands for, as number or as text of one; null = not a number. Token counts and costs are read
 * with it.
 */
export function amount(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** The text of an attribute; null for null, '' and what is not a scalar. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : null;
}
