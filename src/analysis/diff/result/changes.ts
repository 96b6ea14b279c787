import { ownValue } from '../../../model/ownValue.ts';
import type { Alignment } from '../match/alignment.ts';
import type { RowTable } from './diffRows.ts';
import { setupChanges } from './setupChanges.ts';
import { structureChanges } from './structureChanges.ts';
import { createSpeaker, type RankedChange, type Speaker } from './speaker.ts';
import type { Delta, DiffChange, DiffRow } from '../types.ts';

/** Differences smaller than this are noise: durations in nanoseconds and as a part, tokens and cost as a part. */
export const NOISE = { nanos: 10e6, duration: 0.2, amount: 0.05 } as const;

/** Entries of one measure at most: what follows is small. */
const OF_ONE_MEASURE = 8;

/**
 * What changed most. Failures first, then how the run was set up (model, prompts, tools, parameters, the task), which
 * explains the rest; then by the part of the run that came, went, or of its time and cost. Self times and the amounts
 * of single calls are compared, never those of a parent with what is inside it, so that nothing is counted twice. Equal
 * changes of several steps are one entry.
 */
export function* changesOf(
  alignment: Alignment,
  table: RowTable,
  totals: Readonly<Record<string, Delta>>,
): Generator<undefined, readonly DiffChange[]> {
  const speaker = createSpeaker(alignment, table);
  const found: RankedChange[] = [];
  for (const part of [
    () => statusChanges(table, speaker),
    () => setupChanges(alignment, table, speaker),
    () => structureChanges(table, speaker),
    () => amountChanges(table, speaker, totals, 'duration'),
    () => amountChanges(table, speaker, totals, 'cost'),
    () => amountChanges(table, speaker, totals, 'tokens'),
    () => outputChanges(table, speaker),
  ]) {
    for (const change of part()) found.push(change);
    yield;
  }
  return belowTheirCause(found, table.above)
    .sort((x, y) => y.rank - x.rank || x.rows[0]! - y.rows[0]!)
    .map(({ kind, message, measure, amount, rows }) => ({ kind, message, measure, amount, rows }));
}

/**
 * Time, tokens and cost of steps that came or went are what these brought along: they stand behind the entry that says
 * so.
 */
function belowTheirCause(found: readonly RankedChange[], above: Int32Array): RankedChange[] {
  const causes = new Map<number, number>();
  for (const { measure, rows, rank } of found)
    if (measure === 'structure') for (const row of rows) causes.set(row, rank);
  /** By row, the rank of the entry that it came or went with; NaN = with none. */
  const brought = new Float64Array(above.length);
  for (let row = 0; row < above.length; row += 1)
    brought[row] = causes.get(row) ?? (above[row] === -1 ? Number.NaN : brought[above[row]!]!);
  return found.map((change) => {
    if (change.measure === 'structure' || change.measure === 'status') return change;
    const cause = change.rows.reduce((least, row) => Math.min(least, brought[row]!), Number.POSITIVE_INFINITY);
    return cause < change.rank ? { ...change, rank: cause - JUST_BELOW } : change;
  });
}

const JUST_BELOW = 0.001;

/** Where a failure began: a parent that fails because of a child is not told again. */
function statusChanges({ rows, nodeA, nodeB, above }: RowTable, speaker: Speaker): readonly RankedChange[] {
  const failsNow = rows.map(
    (row, at) => speaker.failed('b', nodeB[at]!) && !(row.a !== null && speaker.failed('a', nodeA[at]!)),
  );
  const failedThen = rows.map(
    (row, at) => speaker.failed('a', nodeA[at]!) && !(row.b !== null && speaker.failed('b', nodeB[at]!)),
  );
  const deepest = (flags: readonly boolean[]): number[] => {
    const isInside = new Set<number>();
    const list: number[] = [];
    for (let row = flags.length - 1; row >= 0; row -= 1) {
      if (!flags[row] && !isInside.has(row)) continue;
      if (flags[row] && !isInside.has(row)) list.push(row);
      if (above[row] !== -1) isInside.add(above[row]!);
    }
    return list.reverse();
  };
  const entry = (list: readonly number[], kind: string, words: string, rank: number): RankedChange[] =>
    speaker
      .grouped(list, (row) => `${speaker.name(row)} ${speaker.failure(row)}`)
      .map((group) => ({
        kind,
        measure: 'status',
        amount: group.length,
        rows: group,
        rank: rank + Math.min(0.9, group.length / 100),
        message: `${speaker.names(group)} ${words}${speaker.failure(group[0]!) === '' ? '' : `: ${speaker.failure(group[0]!)}`}`,
      }));
  return [
    ...entry(deepest(failsNow), 'new-error', 'fails now', 5),
    ...entry(deepest(failedThen), 'fixed-error', 'fails no more', 4),
  ];
}

/**
 * What is compared of each measure: the field of a row, from where a change is no noise, its weight against the other
 * measures, and the words.
 */
const MEASURES = {
  duration: {
    field: 'selfTime',
    floor: NOISE.nanos,
    part: NOISE.duration,
    weight: 2,
    words: ['took longer', 'took less time'],
  },
  cost: { field: 'cost', floor: 0, part: NOISE.amount, weight: 1.6, words: ['cost more', 'cost less'] },
  tokens: {
    field: 'tokens',
    floor: 0,
    part: NOISE.amount,
    weight: 1.2,
    words: ['used more tokens', 'used fewer tokens'],
  },
} as const;

/** Self time, and tokens and cost of single calls, as parts of the larger total. */
function amountChanges(
  { rows, above }: RowTable,
  speaker: Speaker,
  totals: Readonly<Record<string, Delta>>,
  kind: keyof typeof MEASURES,
): readonly RankedChange[] {
  const { field, floor, part, weight, words } = MEASURES[kind];
  const total = Math.max(ownValue(totals, kind)?.a ?? 0, ownValue(totals, kind)?.b ?? 0);
  if (!(total > 0)) return [];
  const own = ownAmounts(rows, above, field);
  const isNotable = ({ a, b, deltas }: DiffRow, change: number): boolean =>
    a === null ||
    b === null ||
    Math.abs(change) >
      Math.max(floor, part * Math.max(ownValue(deltas, field)?.a ?? 0, ownValue(deltas, field)?.b ?? 0));
  const changed = rows.flatMap((row, at) => (own[at] !== 0 && isNotable(row, own[at]!) ? [at] : []));
  const entries = speaker
    .grouped(
      changed,
      (row) => `${speaker.name(row)} ${rows[row]!.op === 'added' || rows[row]!.op === 'removed'} ${own[row]! > 0}`,
    )
    .map((group): RankedChange => {
      const amount = group.reduce((sum, row) => sum + own[row]!, 0);
      return {
        kind,
        measure: kind,
        amount,
        rows: group,
        rank: (weight * Math.abs(amount)) / total,
        message: `${speaker.names(group)} ${words[amount > 0 ? 0 : 1]}`,
      };
    });
  return entries
    .filter(({ rank }) => rank >= 0.02)
    .sort((x, y) => y.rank - x.rank)
    .slice(0, OF_ONE_MEASURE);
}

/**
 * What a row adds by itself: its change less that of its children, which tell of subtree sums. Self time is its own
 * already.
 */
function ownAmounts(rows: readonly DiffRow[], above: Int32Array, field: string): Float64Array {
  const change = ({ deltas, a, b }: DiffRow): number => {
    const of = ownValue(deltas, field);
    if (!of) return 0;
    return of.delta ?? (a === null ? (of.b ?? 0) : 0) - (b === null ? (of.a ?? 0) : 0);
  };
  const own = Float64Array.from(rows, change);
  if (field === 'selfTime') return own;
  const total = own.slice();
  for (let row = rows.length - 1; row >= 0; row -= 1) if (above[row] !== -1) own[above[row]!]! -= total[row]!;
  return own.map((value) => (Math.abs(value) < 1e-12 ? 0 : value));
}

/** The answer of the run, then single steps that gave another answer to the same question. */
function outputChanges({ rows }: RowTable, speaker: Speaker): readonly RankedChange[] {
  const last = rows.findIndex(({ depth, changed }) => depth === 0 && changed.includes('output'));
  const final: RankedChange[] =
    last === -1
      ? []
      : [
          {
            kind: 'final-output',
            measure: 'text',
            amount: null,
            rows: [last],
            rank: 0.25,
            message: `${speaker.names([last])} gives another answer`,
          },
        ];
  const others = rows.flatMap((row, at) =>
    at !== last &&
    row.changed.includes('output') &&
    !row.changed.includes('input') &&
    !row.changed.includes('status') &&
    row.childCounts.changed === 0
      ? [at]
      : [],
  );
  const groups = speaker.grouped(others, (row) => speaker.name(row));
  return [
    ...final,
    ...groups.slice(0, OF_ONE_MEASURE).map((group): RankedChange => ({
      kind: 'output',
      measure: 'text',
      amount: null,
      rows: group,
      rank: 0.2 - 0.01 * Math.min(10, group[0]! / 1e5),
      message: `${speaker.names(group)} gives another output for the same input`,
    })),
  ];
}
