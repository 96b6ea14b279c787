import { OTEL_KINDS, SPAN_FLAGS } from '../codes.ts';
import { RowsById, type SpanRows } from './spanRows.ts';
import { isStep } from './steps.ts';

/**
 * Parents of spans by their rows, -1 = root. `flags` says why a span with a parent id is a root.
 */
export interface SpanLinks {
  readonly parent: Int32Array;
  readonly flags: Uint32Array;
}

/**
 * Finds every parent. Where one id carries several spans, children go to the one that served a call (a client and a
 * server may share an id), else to the first in order. A parent that is not there, a span naming itself and a circle
 * each give a root and a flag; a circle is opened at its first member in order. Linear, and no recursion: a chain of
 * 100,000 is an ordinary input. Rests now and then.
 */
export function* linkSpans(rows: SpanRows, byId: RowsById): Generator<void, SpanLinks> {
  const parent = new Int32Array(rows.length).fill(-1);
  const flags = new Uint32Array(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    if (isStep(row)) yield;
    if (!rows.hasParent(row)) continue;
    const found = rows.withIdOfParent(row, byId);
    if (found === -1) flags[row]! |= SPAN_FLAGS['missing-parent'];
    // Where several have the id, one that names it as its parent means another of them.
    else if (rows.withIdOf(row, byId) === found && (found === row || rows.parentSpanId(found) === rows.spanId(found)))
      flags[row]! |= SPAN_FLAGS['self-parent'];
    else parent[row] = found;
  }
  yield* openCircles(rows, parent, flags);
  return { parent, flags };
}

/** Which span the children of an id belong to. */
export function* indexById(rows: SpanRows): Generator<void, RowsById> {
  const byId = new RowsById(rows.length);
  for (let row = 0; row < rows.length; row += 1) {
    if (isStep(row)) yield;
    const held = rows.claimId(row, byId);
    if (held === -1) continue;
    byId.isUnique = false;
    if (!rather(rows, row, held)) rows.claimId(held, byId);
  }
  return byId;
}

const SERVER = OTEL_KINDS.indexOf('server');

/** One order of all, so that no circle of preferences leaves the choice to arrival. */
function rather(rows: SpanRows, candidate: number, held: number): boolean {
  const [isServer, wasServer] = [rows.otelKind(candidate) === SERVER, rows.otelKind(held) === SERVER];
  return isServer === wasServer ? rows.compare(candidate, held) < 0 : isServer;
}

function* openCircles(rows: SpanRows, parent: Int32Array, flags: Uint32Array): Generator<void, void> {
  // 0 = not seen, otherwise the number of the walk that saw it: meeting one's own number means a circle.
  const walk = new Uint32Array(parent.length);
  for (let i = 0; i < parent.length; i += 1) {
    if (isStep(i)) yield;
    let at = i;
    while (at !== -1 && walk[at] === 0) {
      walk[at] = i + 1;
      at = parent[at]!;
    }
    if (at === -1 || walk[at] !== i + 1) continue;
    let first = at;
    for (let member = parent[at]!; member !== at; member = parent[member]!) {
      if (rows.compare(member, first) < 0) first = member;
    }
    parent[first] = -1;
    flags[first]! |= SPAN_FLAGS['parent-cycle'];
  }
}
