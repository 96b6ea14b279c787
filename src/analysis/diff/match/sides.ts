import type { SpanKey, Trace } from '../../../model/types.ts';
import type { NodePairs } from './matchTrees.ts';
import type { SignedTree } from '../signs/signTree.ts';
import type { DiffOptions, TraceSide } from '../types.ts';

export const traceOf = (side: TraceSide): Trace => ('trace' in side ? side.trace : side);

/** The spans of a side: [first, last). A key that no span has stands for nothing. */
export function rangeOf(side: TraceSide): { readonly trace: Trace; readonly first: number; readonly last: number } {
  const trace = traceOf(side);
  if (!('trace' in side)) return { trace, first: 0, last: trace.spanCount };
  const index = trace.find(side.key)?.index;
  return index === undefined
    ? { trace, first: 0, last: 0 }
    : { trace, first: index, last: trace.columns.subtreeEnd[index]! };
}

/** Where no service is on both sides (staging and production), services tell nothing apart. */
export function sharedServices(a: Trace, b: Trace): ReadonlySet<string> {
  const ofA = servicesOf(a);
  return new Set(Array.from(servicesOf(b)).filter((name) => ofA.has(name)));
}

function servicesOf({ columns: { service, strings } }: Trace): ReadonlySet<string> {
  return new Set(Array.from(new Set(service), (id) => strings[id]!));
}

/** Which side is looked at first is a matter of what they hold, so that diff(b, a) is diff(a, b) turned round. */
export function comesFirst(one: SignedTree, other: SignedTree): boolean {
  if (one.size !== other.size) return one.size < other.size;
  if (one.full[0] !== other.full[0]) return one.full[0]! < other.full[0]!;
  return one.order < other.order;
}

/**
 * The pairs that stand before anything is compared: those that the reader set; of two views of one trace the spans that
 * are in both; and the roots of two spans that somebody wants to see side by side.
 */
export function fixedPairs(
  a: SignedTree,
  b: SignedTree,
  sides: readonly [TraceSide, TraceSide],
  { pair = [], forbid = [] }: DiffOptions,
): NodePairs {
  const nodeIn = ({ trace, first, size }: SignedTree, key: SpanKey): number => {
    const index = trace.find(key)?.index ?? -1;
    return index >= first && index < first + size - 1 ? index - first + 1 : 0;
  };
  const nodes = (pairs: readonly (readonly [SpanKey, SpanKey])[]) =>
    pairs.map(([x, y]) => [nodeIn(a, x), nodeIn(b, y)] as const).filter(([x, y]) => x > 0 && y > 0);
  const forbidden = nodes(forbid);
  const given: (readonly [number, number])[] = [];
  if (a.trace === b.trace) {
    const from = Math.max(a.first, b.first);
    const to = Math.min(a.first + a.size, b.first + b.size) - 1;
    for (let index = from; index < to; index += 1) given.push([index - a.first + 1, index - b.first + 1]);
  }
  if (given.length === 0 && 'trace' in sides[0] && 'trace' in sides[1] && a.size > 1 && b.size > 1) given.push([1, 1]);
  const isForbidden = new Set(forbidden.map(([x, y]) => `${x} ${y}`));
  return { user: nodes(pair), given: given.filter(([x, y]) => !isForbidden.has(`${x} ${y}`)), forbid: forbidden };
}

/** The same seen from the other side. */
export function turn({ user, given, forbid }: NodePairs): NodePairs {
  const swap = (pairs: NodePairs['user']): NodePairs['user'] => pairs.map(([x, y]) => [y, x]);
  return { user: swap(user), given: swap(given), forbid: swap(forbid) };
}
