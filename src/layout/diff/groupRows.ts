import type { DiffRow, TraceDiffResult } from '../../analysis/diff/types.ts';
import type { Steps } from '../../analysis/steps.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { isQuiet } from './notable.ts';
import type { DiffFilter } from './mergedTrace.ts';

/**
 * What a row of the shown tree is: a row of the diff, a run of unchanged siblings with all below them, a loop with its
 * iterations, or the place in A that a moved step has left.
 */
export interface RowGroup {
  readonly type: 'row' | 'unchanged' | 'loop' | 'left';
  readonly key: SpanKey;
  /** Index among the groups; -1 = none. */
  readonly parent: number;
  /** Of the diff: the row itself, the first in the run or loop, or the row that moved. */
  readonly row: number;
  /** Unchanged spans in the run; of a loop, its iterations on either side. */
  readonly spans: number;
  readonly iterations?: { readonly a: number; readonly b: number };
  /** Whether it is closed until somebody opens it. */
  readonly closed: boolean;
}

/** So many unchanged siblings in a row fold. */
const RUN = 3;
/** From so many children on, those that changed most come first. */
const WIDE = 50;
const ROWS_AT_ONCE = 512;
/** A loop of fewer iterations is no work to read. */
const LOOP = 3;

/** A member of a list of children before it has a place: a group of rows, of which one may be a loop. */
interface Item {
  readonly type: RowGroup['type'];
  readonly row: number;
  readonly members: readonly number[];
}

/** The groups of a diff in display order, parents before their children. */
export function* groupRows(
  { rows }: TraceDiffResult,
  a: Trace,
  indicesA: Int32Array,
  filter: DiffFilter,
): Steps<readonly RowGroup[]> {
  const tree = treeOf(rows);
  yield;
  const quiet = quietRows(rows, tree.parent);
  const kept = filter === 'all' ? null : keptRows(rows, tree.parent, filter);
  const left = filter === 'all' || filter === 'moved' ? placesLeft(rows, a, indicesA, tree.parent) : new Map();
  yield;
  const groups: RowGroup[] = [];
  /** What is still to be placed, last first. */
  const waiting: { readonly item: Item; readonly parent: number }[] = [];

  const wait = (items: readonly Item[], parent: number): void => {
    for (let at = items.length - 1; at >= 0; at -= 1) waiting.push({ item: items[at]!, parent });
  };
  const place = ({ type, row, members }: Item, parent: number): void => {
    const at = groups.length;
    const { key } = rows[row]!;
    if (type === 'left') {
      groups.push({ type, key: `left:${key}`, parent, row, spans: 0, closed: false });
    } else if (type === 'unchanged') {
      const spans = members.reduce((sum, member) => sum + tree.end[member]! - member, 0);
      groups.push({ type, key: `unchanged:${key}`, parent, row, spans, closed: true });
      wait(
        members.map((member) => ({ type: 'row', row: member, members: [] })),
        at,
      );
    } else if (type === 'loop') {
      const iterations = { a: iterationsOf(rows, members, 'a'), b: iterationsOf(rows, members, 'b') };
      // More or fewer iterations can be seen from outside; what changed within one has to be shown.
      const closed = members.every((member) => quiet[member] === 1 || isSingle(rows[member]!));
      groups.push({ type, key: `loop:${key}`, parent, row, spans: 0, iterations, closed });
      wait(grouped(members, at), at);
    } else {
      groups.push({ type, key, parent, row, spans: 0, closed: quiet[row] === 1 && parent !== -1 });
      wait(grouped(tree.children(row), at, row), at);
    }
  };
  /** Siblings as they are shown. Inside of what is unchanged nothing folds once more. */
  const grouped = (siblings: readonly number[], at: number, above = -1): Item[] => {
    const inside = above !== -1 && quiet[above] === 1 && tree.parent[above] !== -1;
    const inLoop = at !== -1 && groups[at]!.type === 'loop';
    const ordered = siblings.length >= WIDE && !inLoop ? byChange(siblings, rows, quiet) : siblings;
    const items: Item[] = [];
    const leave = (behind: number): void => {
      for (const row of left.get(behind) ?? []) items.push({ type: 'left', row, members: [] });
    };
    leave(-2 - above);
    for (let from = 0; from < ordered.length;) {
      if (kept && kept[ordered[from]!] === 0) {
        leave(ordered[from++]!);
        continue;
      }
      const loop = inLoop || ordered !== siblings ? 0 : loopFrom(rows, ordered, from, kept);
      const run = inside ? 0 : quietFrom(ordered, from, quiet, kept);
      const [type, length] = ((): readonly [Item['type'], number] => {
        if (loop > run) return ['loop', loop];
        return run >= RUN ? ['unchanged', run] : ['row', 1];
      })();
      items.push({ type, row: ordered[from]!, members: length === 1 ? [] : ordered.slice(from, from + length) });
      for (let behind = from; behind < from + length; behind += 1) leave(ordered[behind]!);
      from += length;
    }
    return items;
  };

  wait(grouped(tree.roots, -1), -1);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    place(next.item, next.parent);
    if (groups.length % ROWS_AT_ONCE === 0) yield;
  }
  return groups;
}

interface RowTree {
  readonly parent: Int32Array;
  /** First row behind all that is below a row. */
  readonly end: Uint32Array;
  readonly roots: readonly number[];
  children(row: number): readonly number[];
}

function treeOf(rows: readonly DiffRow[]): RowTree {
  const parent = new Int32Array(rows.length).fill(-1);
  const end = new Uint32Array(rows.length).fill(rows.length);
  const open: number[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    while (open.length > rows[row]!.depth) end[open.pop()!] = row;
    if (open.length > 0) parent[row] = open.at(-1)!;
    open.push(row);
  }
  const list = (from: number, to: number): number[] => {
    const found: number[] = [];
    for (let row = from; row < to; row = end[row]!) found.push(row);
    return found;
  };
  return { parent, end, roots: list(0, rows.length), children: (row) => list(row + 1, end[row]!) };
}

/** 1 where neither a row nor anything below it says anything. */
function quietRows(rows: readonly DiffRow[], parent: Int32Array): Uint8Array {
  const quiet = new Uint8Array(rows.length).fill(1);
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    if (!isQuiet(rows[row]!, (rows[row + 1]?.depth ?? 0) > rows[row]!.depth)) quiet[row] = 0;
    if (quiet[row] === 0 && parent[row] !== -1) quiet[parent[row]!] = 0;
  }
  return quiet;
}

/** 1 for rows that a filter asks for and all above them. */
function keptRows(rows: readonly DiffRow[], parent: Int32Array, filter: DiffFilter): Uint8Array {
  const kept = new Uint8Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row -= 1) {
    const { op, moved } = rows[row]!;
    if (filter === 'moved' ? moved !== undefined : op === filter) kept[row] = 1;
    if (kept[row] === 1 && parent[row] !== -1) kept[parent[row]!] = 1;
  }
  return kept;
}

/**
 * Moved rows by where they stood in A: behind the row of their elder sibling there, else (as -2 - row) first below the
 * row of their parent, else among the roots.
 */
function placesLeft(
  rows: readonly DiffRow[],
  { columns }: Trace,
  indicesA: Int32Array,
  parent: Int32Array,
): ReadonlyMap<number, readonly number[]> {
  const moved = rows.flatMap((row, at) => (row.moved && !row.moved.reordered && indicesA[at] !== -1 ? [at] : []));
  const places = new Map<number, number[]>();
  if (moved.length === 0) return places;
  const rowOf = new Int32Array(columns.start.length).fill(-1);
  indicesA.forEach((index, row) => {
    if (index !== -1) rowOf[index] = row;
  });
  const elder = elderSiblings(columns);
  for (const row of moved) {
    const above = columns.parent[indicesA[row]!]!;
    const aboveRow = above === -1 ? -1 : rowOf[above]!;
    // An elder sibling that stands elsewhere itself says nothing about this place.
    let before = elder[indicesA[row]!]!;
    while (before !== -1 && (rowOf[before] === -1 || parent[rowOf[before]!] !== aboveRow)) before = elder[before]!;
    const place = before === -1 ? -2 - aboveRow : rowOf[before]!;
    const list = places.get(place);
    if (list) list.push(row);
    else places.set(place, [row]);
  }
  return places;
}

/** By index, the sibling before; -1 = none. */
function elderSiblings({ parent }: Trace['columns']): Int32Array {
  const elder = new Int32Array(parent.length).fill(-1);
  const last = new Int32Array(parent.length + 1).fill(-1);
  for (let index = 0; index < parent.length; index += 1) {
    const family = parent[index]! + 1;
    elder[index] = last[family]!;
    last[family] = index;
  }
  return elder;
}

const isSingle = ({ op }: DiffRow): boolean => op === 'added' || op === 'removed';

/** How many unchanged siblings begin here. */
function quietFrom(siblings: readonly number[], from: number, quiet: Uint8Array, kept: Uint8Array | null): number {
  let to = from;
  while (to < siblings.length && quiet[siblings[to]!] === 1 && kept?.[siblings[to]!] !== 0) to += 1;
  return to - from;
}

/** How many siblings are the loop that begins here; 0 where none does, or where it is short. */
function loopFrom(
  rows: readonly DiffRow[],
  siblings: readonly number[],
  from: number,
  kept: Uint8Array | null,
): number {
  let to = from;
  let last = 0;
  for (; to < siblings.length; to += 1) {
    const { iteration } = rows[siblings[to]!]!;
    const turn = Math.max(iteration?.a ?? 0, iteration?.b ?? 0);
    // Behind the last turn of one loop the next begins with its first.
    if (!iteration || (turn === 1 && last > 1) || kept?.[siblings[to]!] === 0) break;
    last = Math.max(last, turn);
  }
  return last >= LOOP ? to - from : 0;
}

const iterationsOf = (rows: readonly DiffRow[], members: readonly number[], side: 'a' | 'b'): number =>
  members.reduce((most, row) => Math.max(most, rows[row]!.iteration?.[side] ?? Number(rows[row]![side] !== null)), 0);

/** What came or went first, then by how much longer or shorter it took; what is unchanged keeps its order at the end. */
function byChange(siblings: readonly number[], rows: readonly DiffRow[], quiet: Uint8Array): readonly number[] {
  const weight = (row: number): number => {
    if (quiet[row] === 1) return -1;
    const { deltas } = rows[row]!;
    const change = Math.abs(ownValue(deltas, 'duration')?.delta ?? 0);
    return isSingle(rows[row]!) ? Number.MAX_VALUE : change;
  };
  return siblings
    .map((row) => ({ row, weight: weight(row) }))
    .sort((x, y) => y.weight - x.weight || x.row - y.row)
    .map(({ row }) => row);
}
