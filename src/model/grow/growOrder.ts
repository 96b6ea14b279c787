import type { TraceColumns } from '../types.ts';
import type { GrowingColumn } from './growingColumn.ts';

/** An order that some spans get into, and which of their subtrees leave their places. */
export interface OrderChange {
  readonly before: Pick<TraceColumns, 'parent' | 'subtreeEnd' | 'depth'>;
  /** Spans that get a place below one that has a row: sorted, for each place one. */
  readonly inserts: readonly Insert[];
  /** Rows whose subtree is taken out: it comes in again by an insert, or below a new span. */
  readonly cuts: readonly number[];
  /** The row that a span has so far; -1 = none, it is new. */
  readonly rowOf: (slot: number) => number;
  /** Of a new span, its children in order. */
  readonly childrenOf: (slot: number) => readonly number[] | undefined;
  /** Spans that there are now. */
  readonly count: number;
}

/** Spans that stand before the row `at`, as children of the row `under`; -1 = they are roots. */
export interface Insert {
  readonly at: number;
  readonly under: number;
  readonly slots: readonly number[];
}

export interface GrownOrder {
  /** Rows that are as they were: the first so many. */
  readonly kept: number;
  /** Of the rows behind them, pairs: a row of before and how many of its followers came along, or `~slot` and 1 for what is new. */
  readonly runs: readonly number[];
}

/** Where each span stands, by row. */
export interface OrderColumns {
  readonly parent: GrowingColumn<Int32Array>;
  readonly subtreeEnd: GrowingColumn<Uint32Array>;
  readonly depth: GrowingColumn<Uint32Array>;
}

interface Event extends Insert {
  readonly isCut: boolean;
  readonly depth: number;
}

/** A stretch of rows that is copied, but for what happens at its events; `root`: the row that all of it stands below. */
interface Stretch {
  from: number;
  readonly to: number;
  readonly root: number;
  event: number;
}
/** Siblings that get their rows one after the other. */
interface Siblings {
  readonly slots: readonly number[];
  readonly parent: number;
  next: number;
}

/**
 * Puts the change into the columns of an order: what stays together is copied, what stands before it stays, so that the
 * work beside the copying is that of the change. Null where parents form a circle.
 */
export function growOrder(
  { before, inserts, cuts, rowOf, childrenOf, count }: OrderChange,
  columns: OrderColumns,
): GrownOrder | null {
  const rows = before.parent.length;
  const events = eventsOf(before, inserts, cuts);
  const kept = events[0]?.at ?? rows;
  const parentBefore = before.parent;
  const parent = columns.parent.open(kept, count);
  const moved: Moved = { kept, rows: new Int32Array(rows - kept) };
  const runs: number[] = [];
  let at = kept;
  const copy = (from: number, to: number): void => {
    if (from >= to) return;
    follow(parentBefore, from, to, at - from, moved, parent);
    runs.push(from, to - from);
    at += to - from;
  };
  /** The first event that is not within the subtree of a row. */
  const eventAfter = (row: number): number => {
    const end = before.subtreeEnd[row]!;
    return firstWhere(events.length, (place) => !isWithin(events[place]!, row, end));
  };
  const open: (Stretch | Siblings)[] = [{ from: kept, to: rows, root: -1, event: 0 }];
  while (open.length > 0) {
    const task = open.at(-1)!;
    if ('slots' in task) {
      if (task.next === task.slots.length) {
        open.pop();
        continue;
      }
      const slot = task.slots[task.next]!;
      task.next += 1;
      const row = rowOf(slot);
      const here = at;
      if (row === -1) {
        runs.push(~slot, 1);
        at += 1;
        const slots = childrenOf(slot);
        if (slots) open.push({ slots, parent: here, next: 0 });
      } else {
        copy(row, row + 1);
        const event = firstWhere(events.length, (place) => events[place]!.at > row);
        open.push({ from: row + 1, to: before.subtreeEnd[row]!, root: row, event });
      }
      parent[here] = task.parent;
      continue;
    }
    const event = events[task.event];
    if (!event || !isWithin(event, task.root, task.to)) {
      copy(task.from, task.to);
      open.pop();
      continue;
    }
    copy(task.from, event.at);
    task.from = event.at;
    if (event.isCut) {
      task.from = before.subtreeEnd[event.at]!;
      // Events at the row itself come before that of the cut.
      task.event = Math.max(task.event + 1, eventAfter(event.at));
    } else {
      task.event += 1;
      open.push({ slots: event.slots, parent: event.under === -1 ? -1 : rowNow(moved, event.under), next: 0 });
    }
  }
  if (at !== count) return null;
  setLevels(kept, count, parent, columns);
  return { kept, runs };
}

/** Where rows stand now: the first ones where they were, those behind them as listed. */
interface Moved {
  readonly kept: number;
  readonly rows: Int32Array;
}
const rowNow = ({ kept, rows }: Moved, row: number): number => (row < kept ? row : rows[row - kept]!);

/** Rows that move together, and their parents as these stand now. */
function follow(before: Int32Array, from: number, to: number, shift: number, moved: Moved, parent: Int32Array): void {
  const { kept, rows } = moved;
  for (let row = from; row < to; row += 1) {
    rows[row - kept] = row + shift;
    const above = before[row]!;
    parent[row + shift] = above < kept ? above : rows[above - kept]!;
  }
}

/** By place; at one place those below the deepest rows first, and last what begins there. */
function eventsOf(
  { depth }: OrderChange['before'],
  inserts: OrderChange['inserts'],
  cuts: OrderChange['cuts'],
): readonly Event[] {
  const events = [
    ...inserts.map((insert) => ({ ...insert, isCut: false, depth: insert.under === -1 ? -1 : depth[insert.under]! })),
    ...cuts.map((at) => ({ at, under: -1, slots: [], isCut: true, depth: 0 })),
  ];
  return events.sort((a, b) => a.at - b.at || Number(a.isCut) - Number(b.isCut) || b.depth - a.depth);
}

/** Whether something happens within the subtree of a row, which ends before the row `end`. */
const isWithin = ({ at, isCut, under }: Event, row: number, end: number): boolean =>
  at < end || (at === end && !isCut && under >= row);

/** The first number below `count` that a condition holds for; it holds for all that follow. */
function firstWhere(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Depths and ends of subtrees, where the rows before `kept` have what they had. */
function setLevels(kept: number, count: number, parent: Int32Array, columns: OrderColumns): void {
  const depth = columns.depth.open(kept, count);
  for (let row = kept; row < count; row += 1) depth[row] = parent[row] === -1 ? 0 : depth[parent[row]!]! + 1;
  // Of the rows that stay, these may have other spans below them: the last one, and those above it.
  let top = kept;
  for (let row = kept - 1; row !== -1; row = parent[row]!) top = row;
  const subtreeEnd = columns.subtreeEnd.open(top, count);
  for (let row = kept; row < count; row += 1) subtreeEnd[row] = row + 1;
  for (let row = kept - 1; row !== -1; row = parent[row]!) subtreeEnd[row] = kept;
  for (let row = count - 1; row >= kept; row -= 1) widen(subtreeEnd, parent[row]!, subtreeEnd[row]!);
  for (let row = kept - 1; row !== -1; row = parent[row]!) widen(subtreeEnd, parent[row]!, subtreeEnd[row]!);
}

function widen(subtreeEnd: Uint32Array, row: number, end: number): void {
  if (row !== -1 && subtreeEnd[row]! < end) subtreeEnd[row] = end;
}
