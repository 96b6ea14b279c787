import { SPAN_FLAGS } from '../codes.ts';
import type { SpanEntry } from '../entry.ts';
import { compareInstants } from '../time.ts';
import { isStep } from './steps.ts';

/**
 * Parents of a list of entries: an index into that list, -1 = root. `flags` says why a span with a parent id is a root.
 */
export interface SpanLinks {
  readonly parent: Int32Array;
  readonly flags: Uint32Array;
}

/** Order of siblings, and of all choices between spans: nothing in it depends on the order of arrival. */
export function compareEntries(a: SpanEntry, b: SpanEntry): number {
  if (a.start && b.start) {
    const byStart = compareInstants(a.start, b.start);
    if (byStart !== 0) return byStart;
  } else if (a.start || b.start) {
    return a.start ? 1 : -1;
  }
  return compareTies(a, b);
}

/** Dotted order, end (open last), span id, content hash: for spans that start together. */
export function compareTies(a: SpanEntry, b: SpanEntry): number {
  const [before, after] = [a.dottedOrder ?? '', b.dottedOrder ?? ''];
  if (before !== after) return before < after ? -1 : 1;
  if (a.end && b.end) {
    const byEnd = compareInstants(a.end, b.end);
    if (byEnd !== 0) return byEnd;
  } else if (a.end || b.end) {
    return a.end ? -1 : 1;
  }
  if (a.spanId !== b.spanId) return a.spanId < b.spanId ? -1 : 1;
  return a.content.hash() - b.content.hash();
}

/**
 * Finds every parent. Where one id carries several spans, children go to the one that served a call (a client and a
 * server may share an id), else to the first in order. A parent that is not there, a span naming itself and a circle
 * each give a root and a flag; a circle is opened at its first member in order. Linear, and no recursion: a chain of
 * 100,000 is an ordinary input. Rests now and then.
 */
export function* linkSpans(
  entries: readonly SpanEntry[],
  byId: ReadonlyMap<string, number>,
): Generator<void, SpanLinks> {
  const parent = new Int32Array(entries.length).fill(-1);
  const flags = new Uint32Array(entries.length);
  for (let i = 0; i < entries.length; i += 1) {
    if (isStep(i)) yield;
    const { parentSpanId, spanId } = entries[i]!;
    if (parentSpanId === null) continue;
    const id = compareForm(parentSpanId);
    const found = byId.get(id);
    // Where several have the id, one that names it as its parent means another of them.
    const isNamesake = found !== i && found !== undefined && entries[found]!.parentSpanId !== entries[found]!.spanId;
    if (id === compareForm(spanId) && !isNamesake) flags[i]! |= SPAN_FLAGS['self-parent'];
    else if (found === undefined) flags[i]! |= SPAN_FLAGS['missing-parent'];
    else parent[i] = found;
  }
  yield* openCircles(entries, parent, flags);
  return { parent, flags };
}

/** Which entry the children of an id belong to. Smaller than the list where an id is repeated. */
export function* indexById(entries: readonly SpanEntry[]): Generator<void, ReadonlyMap<string, number>> {
  const byId = new Map<string, number>();
  for (let i = 0; i < entries.length; i += 1) {
    if (isStep(i)) yield;
    byId.set(compareForm(entries[i]!.spanId), i);
  }
  if (byId.size === entries.length) return byId;
  // Some id carries several spans: choose, which the common case does not pay for.
  byId.clear();
  for (let i = 0; i < entries.length; i += 1) {
    if (isStep(i)) yield;
    const id = compareForm(entries[i]!.spanId);
    const held = byId.get(id);
    if (held === undefined || rather(entries[i]!, entries[held]!)) byId.set(id, i);
  }
  return byId;
}

/** Short hexadecimal ids are compared as if padded: some printers drop leading zeros. */
export const compareForm = (id: string): string =>
  id.length < 16 && /^[0-9a-f]+$/.test(id) ? id.padStart(16, '0') : id;

/** One order of all, so that no circle of preferences leaves the choice to arrival. */
function rather(candidate: SpanEntry, held: SpanEntry): boolean {
  const [isServer, wasServer] = [candidate.otelKind === 'server', held.otelKind === 'server'];
  return isServer === wasServer ? compareEntries(candidate, held) < 0 : isServer;
}

function* openCircles(entries: readonly SpanEntry[], parent: Int32Array, flags: Uint32Array): Generator<void, void> {
  // 0 = not seen, otherwise the number of the walk that saw it: meeting one's own number means a circle.
  const walk = new Uint32Array(entries.length);
  for (let i = 0; i < entries.length; i += 1) {
    if (isStep(i)) yield;
    let at = i;
    while (at !== -1 && walk[at] === 0) {
      walk[at] = i + 1;
      at = parent[at]!;
    }
    if (at === -1 || walk[at] !== i + 1) continue;
    let first = at;
    for (let member = parent[at]!; member !== at; member = parent[member]!) {
      if (compareEntries(entries[member]!, entries[first]!) < 0) first = member;
    }
    parent[first] = -1;
    flags[first]! |= SPAN_FLAGS['parent-cycle'];
  }
}
