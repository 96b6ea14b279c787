import { emptyLike, fill, isContainer, readContainer, type Container } from './container.ts';
import { PAIR_NAMES, PAIR_VALUES, type KeyContext } from '../keys/keyContext.ts';

/** What becomes of the leaves and keys of plain data. */
export interface LeafVisitor {
  /** `key` is what it stands under; null in lists and alone. */
  leaf(value: unknown, context: KeyContext, key: string | null): unknown;
  /** A key of an object or of a `Map`. */
  key(key: string): string;
  /** What stands for an object: itself, or plain data where it is of a host's own class. The same each time. */
  plain(value: object): unknown;
  /** What the keys above an object say about it, which may stand in several places. */
  context(value: object, context: KeyContext): KeyContext;
}

interface Frame {
  readonly source: object;
  readonly container: Container;
  readonly context: KeyContext;
  readonly pair: Pair;
  readonly copy: object | null;
  /** How many objects of a host's own classes it stands in. */
  readonly hosts: number;
  at: number;
  changed: boolean;
}

/**
 * In `{ key: 'password', value: … }` and in lists of `['password', …]` the text names the value; it is itself no leaf
 * where the value is written as OTLP or Jaeger do.
 */
interface Pair {
  readonly key: string | null;
  readonly typed: boolean;
}

/** Objects may go on giving others when they are asked what they are. */
const MOST_HOSTS = 200;

const CYCLE: unique symbol = Symbol('cycle');

/**
 * Plain data with other leaves: objects, lists, `Map` and `Set`, as deep as they are. What has no leaf that changes is
 * the same object in the result, what is met twice is one object there too, and nothing is written to. What throws when
 * it is looked at becomes null: it could not be checked. Data that holds itself is copied whole if any leaf of it
 * changes. `keyless` is the context of what has no key above it, as `root`.
 */
export function mapLeaves(root: unknown, keyless: KeyContext, visitor: LeafVisitor): unknown {
  const result = mapTree(root, keyless, visitor, false);
  return result === CYCLE ? mapTree(root, keyless, visitor, true) : result;
}

/**
 * One walk, without recursion. Stops with `CYCLE` at what holds itself, unless `cyclic`: then every copy is made before
 * it is filled.
 */
function mapTree(root: unknown, keyless: KeyContext, visitor: LeafVisitor, cyclic: boolean): unknown {
  const results = new Map<KeyContext, Map<object, unknown>>();
  const stack: Frame[] = [];
  let anyChange = false;

  /** The result for a value, or undefined with a frame opened for it. */
  const enter = (
    given: unknown,
    around: KeyContext,
    key: string | null,
  ): { readonly result: unknown; readonly ahead: boolean } | undefined => {
    let value = given;
    const parent = stack.at(-1);
    let hosts = parent?.hosts ?? 0;
    if (isContainer(value)) {
      value = hosts > MOST_HOSTS ? null : visitor.plain(value);
      if (value !== given) {
        anyChange = true;
        hosts += 1;
      }
    }
    if (!isContainer(value)) return { result: visitor.leaf(value, around, key), ahead: false };
    const own = visitor.context(value, around);
    let known = results.get(own);
    if (!known) results.set(own, (known = new Map()));
    if (known.has(value)) return { result: known.get(value), ahead: cyclic };
    const container = readContainer(value);
    if (!container) {
      known.set(value, null);
      return { result: null, ahead: false };
    }
    const copy = cyclic ? emptyLike(value, container.kind) : null;
    known.set(value, copy ?? CYCLE);
    stack.push({
      source: value,
      container,
      context: own,
      pair: pairOf(container, parent?.container.kind === 'list'),
      copy,
      hosts,
      at: 0,
      changed: container.broken,
    });
    return undefined;
  };

  const entered = enter(root, keyless, null);
  if (entered) return entered.result;
  for (let frame = stack.at(-1)!; ;) {
    const { values, keys } = frame.container;
    if (frame.at < values.length) {
      const value = values[frame.at];
      const key = keys && frame.at < keys.length ? keys[frame.at] : null;
      const below = enter(value, contextOf(frame, key, keyless), typeof key === 'string' ? key : null);
      if (!below) {
        frame = stack.at(-1)!;
        continue;
      }
      if (below.result === CYCLE) return CYCLE;
      place(frame, below.result, below.ahead);
      continue;
    }
    if (keys && renamed(keys, visitor)) frame.changed = true;
    anyChange ||= frame.changed;
    let result = frame.source;
    if (frame.copy ?? frame.changed) {
      result = frame.copy ?? emptyLike(frame.source, frame.container.kind);
      fill(result, frame.container);
    }
    results.get(frame.context)!.set(frame.source, result);
    stack.pop();
    const parent = stack.at(-1);
    if (!parent) return anyChange ? result : root;
    place(parent, result, cyclic);
    frame = parent;
  }
}

/** Puts a result in the place of its value. A copy made ahead is no change. */
function place(frame: Frame, result: unknown, ahead: boolean): void {
  const { values } = frame.container;
  if (!ahead && !Object.is(values[frame.at], result)) frame.changed = true;
  values[frame.at] = result;
  frame.at += 1;
}

/** Masks the keys, each still another one: two spellings of one secret get the same mark. */
function renamed(keys: unknown[], visitor: LeafVisitor): boolean {
  let taken: Set<unknown> | null = null;
  const counts = new Map<string, number>();
  keys.forEach((key, at) => {
    if (typeof key !== 'string') return;
    const name = visitor.key(key);
    if (name === key) return;
    taken ??= new Set(keys);
    let free = name;
    for (let count = counts.get(name) ?? 2; taken.has(free); count += 1) {
      free = `${name}#${count}`;
      counts.set(name, count + 1);
    }
    taken.add(free);
    keys[at] = free;
  });
  return taken !== null;
}

function contextOf({ context, pair, container, at }: Frame, key: unknown, keyless: KeyContext): KeyContext {
  if (typeof key !== 'string')
    return container.kind === 'list' && pair.key !== null && at === 1 ? context.under(pair.key) : context;
  if (pair.typed && (key === 'key' || key === 'type')) return keyless;
  const own = container.kind === 'map' ? context.underTail(key) : context.under(key);
  return pair.key !== null && PAIR_VALUES.has(key) ? own.under(pair.key) : own;
}

const NO_PAIR: Pair = { key: null, typed: false };
const ANY_VALUE = /^(?:string|int|double|bool|bytes|array|kvlist)_?[vV]alue$/;

function pairOf({ kind, keys, values }: Container, inList: boolean): Pair {
  // A list of two names is just that; among other lists it is a name and a value, as in lists of headers.
  if (kind === 'list')
    return inList && values.length === 2 && typeof values[0] === 'string' && values[0].length <= 200
      ? { key: values[0], typed: false }
      : NO_PAIR;
  if (kind !== 'object' || keys!.length > 32) return NO_PAIR;
  const name = PAIR_NAMES.find((each) => typeof values[keys!.indexOf(each)] === 'string');
  if (name === undefined || !keys!.some((key) => PAIR_VALUES.has(key as string))) return NO_PAIR;
  const at = keys!.indexOf('value');
  const typed =
    name === 'key' &&
    at >= 0 &&
    (isAnyValue(values[at]) || /^(?:string|bool|int64|float64|binary)$/.test(String(values[keys!.indexOf('type')])));
  return { key: values[keys!.indexOf(name)] as string, typed };
}

function isAnyValue(value: unknown): boolean {
  try {
    return value !== null && typeof value === 'object' && Object.keys(value).every((key) => ANY_VALUE.test(key));
  } catch {
    return false;
  }
}
