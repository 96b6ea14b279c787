import { canonicalJson } from '../signs/canonicalJson.ts';
import { increasing } from '../match/increasing.ts';
import type { ValueChange } from './types.ts';

/** Differences told at most: who has more compares other things. */
const MOST = 2000;
/** Fields by which the objects of a list are known, the first that all of them have, each another one. */
const IDS = ['id', 'name', 'key', 'uuid', 'tool_call_id', 'title'] as const;

interface Open {
  readonly path: string;
  readonly a: unknown;
  readonly b: unknown;
}
type Fields = Readonly<Record<string, unknown>>;

/**
 * What differs between two values, by path, in order. The order of keys does not matter. Objects of a list belong
 * together by id, name or key; else what is equal does, and the rest by place. Without recursion, and linear: a list of
 * unlike things is told as replaced.
 */
export function compareValues(a: unknown, b: unknown): readonly ValueChange[] {
  const changes: ValueChange[] = [];
  const open: Open[] = [{ path: '', a, b }];
  for (let next = open.pop(); next && changes.length < MOST; next = open.pop()) {
    const inside: Open[] = [];
    if (Array.isArray(next.a) && Array.isArray(next.b)) compareLists(next.path, next.a, next.b, inside, changes);
    else if (isFields(next.a) && isFields(next.b)) compareFields(next.path, next.a, next.b, inside);
    else compareScalars(next, changes);
    for (let at = inside.length - 1; at >= 0; at -= 1) open.push(inside[at]!);
  }
  return changes;
}

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);

function compareScalars({ path, a, b }: Open, changes: ValueChange[]): void {
  if (a === undefined && b === undefined) return;
  if (a === undefined) changes.push({ path, op: 'added', b });
  else if (b === undefined) changes.push({ path, op: 'removed', a });
  else if (
    !Object.is(a, b) &&
    (typeof a !== 'object' || typeof b !== 'object' || canonicalJson(a) !== canonicalJson(b))
  ) {
    changes.push({
      path,
      op: 'changed',
      a,
      b,
      ...(typeof a === 'number' && typeof b === 'number' ? { delta: b - a } : {}),
    });
  }
}

function compareFields(path: string, a: Fields, b: Fields, inside: Open[]): void {
  const own = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
    inside.push({
      path: path === '' ? step(key) : /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}${step(key)}`,
      a: own(a, key),
      b: own(b, key),
    });
}

const step = (key: string): string => (/^[\w.-]+$/.test(key) ? key : `[${JSON.stringify(key)}]`);

function compareLists(
  path: string,
  a: readonly unknown[],
  b: readonly unknown[],
  inside: Open[],
  changes: ValueChange[],
): void {
  const id = IDS.find((field) => isKnownBy(a, field) && isKnownBy(b, field));
  if (id === undefined) {
    compareByPlace(path, a, b, inside);
    return;
  }
  const idOf = (item: unknown): string => String((item as Fields)[id]);
  const inB = new Map(b.map((item, at) => [idOf(item), at]));
  const inA = new Map(a.map((item, at) => [idOf(item), at]));
  const both = a.flatMap((item, at) => (inB.has(idOf(item)) ? [[at, inB.get(idOf(item))!] as const] : []));
  const stay = new Set(increasing(both.map(([, at]) => at)).map((place) => both[place]![0]));
  for (const [at] of both)
    if (!stay.has(at))
      changes.push({ path: `${path}[${id}=${idOf(a[at])}]`, op: 'moved', a: at, b: inB.get(idOf(a[at]))! });
  for (const item of a) inside.push({ path: `${path}[${id}=${idOf(item)}]`, a: item, b: b[inB.get(idOf(item)) ?? -1] });
  for (const item of b)
    if (!inA.has(idOf(item))) inside.push({ path: `${path}[${id}=${idOf(item)}]`, a: undefined, b: item });
}

/** Whether every item is an object with this field, each with another value. */
function isKnownBy(list: readonly unknown[], field: string): boolean {
  const seen = new Set<string>();
  for (const item of list) {
    if (
      !isFields(item) ||
      !Object.hasOwn(item, field) ||
      (typeof item[field] !== 'string' && typeof item[field] !== 'number')
    )
      return false;
    seen.add(String(item[field]));
  }
  return seen.size === list.length && list.length > 0;
}

/** Equal items that occur once in either keep their partner; between those, place by place. */
function compareByPlace(path: string, a: readonly unknown[], b: readonly unknown[], inside: Open[]): void {
  const textsA = a.map(canonicalJson);
  const textsB = b.map(canonicalJson);
  const places = new Map<string, number>();
  textsB.forEach((text, at) => places.set(text, places.has(text) ? -1 : at));
  const seen = new Map<string, number>();
  for (const text of textsA) seen.set(text, (seen.get(text) ?? 0) + 1);
  const pairs = textsA.flatMap((text, at) =>
    seen.get(text) === 1 && (places.get(text) ?? -1) >= 0 ? [[at, places.get(text)!] as const] : [],
  );
  let fromA = 0;
  let fromB = 0;
  for (const [atA, atB] of [
    ...increasing(pairs.map(([, at]) => at)).map((place) => pairs[place]!),
    [a.length, b.length] as const,
  ]) {
    for (let at = 0; fromA + at < atA || fromB + at < atB; at += 1) {
      const left = fromA + at < atA ? a[fromA + at] : undefined;
      const right = fromB + at < atB ? b[fromB + at] : undefined;
      inside.push({ path: `${path}[${fromB + at < atB ? fromB + at : fromA + at}]`, a: left, b: right });
    }
    fromA = atA + 1;
    fromB = atB + 1;
  }
}
