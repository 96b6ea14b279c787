import type { TraceColumns } from '../types.ts';

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
  readonly parent: Int32Array;
  readonly subtreeEnd: Uint32Array;
  readonly depth: Uint32Array;
  /** Pairs: a row of before and how many of its followers came along, or `~slot` and 1 for what is new. */
  readonly runs: readonly number[];
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
 * The order with the change in it: what stays together is copied, so that the work beside the copying is that of the
 * change. Null where parents form a circle.
 */
export function growOrder({ before, inserts, cuts, rowOf, childrenOf, count }: OrderChange): GrownOrder | null {
  const rows = before.parent.length;
  const events = eventsOf(before, inserts, cuts);
  const parentBefore = before.parent;
  const rowNow = new Int32Array(rows);
  const parent = new Int32Array(count);
  const runs: number[] = [];
  let at = 0;
  const copy = (from: number, to: number): void => {
    if (from >= to) return;
    follow(parentBefore, from, to, at - from, rowNow, parent);
    runs.push(from, to - from);
    at += to - from;
  };
  /** The first event that is not within the subtree of a row. */
  const eventAfter = (row: number): number => {
    const end = before.subtreeEnd[row]!;
    return firstWhere(events.length, (place) => !isWithin(events[place]!, row, end));
  };
  const open: (Stretch | Siblings)[] = [{ from: 0, to: rows, root: -1, event: 0 }];
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
      open.push({ slots: event.slots, parent: event.under === -1 ? -1 : rowNow[event.under]!, next: 0 });
    }
  }
  return at === count ? { parent, runs, ...levels(parent) } : null;
}

/** Rows that move together, and their parents as these stand now. */
function follow(
  before: Int32Array,
  from: number,
  to: number,
  shift: number,
  rowNow: Int32Array,
  parent: Int32Array,
): void {
  for (let row = from; row < to; row += 1) {
    rowNow[row] = row + shift;
    const above = before[row]!;
    parent[row + shift] = above === -1 ? -1 : rowNow[above]!;
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

function levels(parent: Int32Array): Pick<GrownOrder, 'depth' | 'subtreeEnd'> {
  const depth = new Uint32Array(parent.length);
  const subtreeEnd = new Uint32Array(parent.length);
  for (let row = 0; row < parent.length; row += 1) depth[row] = parent[row] === -1 ? 0 : depth[parent[row]!]! + 1;
  for (let row = parent.length - 1; row >= 0; row -= 1) {
    const end = Math.max(subtreeEnd[row]!, row + 1);
    subtreeEnd[row] = end;
    const above = parent[row]!;
    if (above !== -1 && subtreeEnd[above]! < end) subtreeEnd[above] = end;
  }
  return { depth, subtreeEnd };
}
