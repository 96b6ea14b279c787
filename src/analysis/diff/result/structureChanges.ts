import type { RowTable } from './diffRows.ts';
import type { RankedChange, Speaker } from './speaker.ts';
import type { DiffRow } from '../types.ts';

/** Entries at most: what follows is small. */
const ENTRIES = 12;

/**
 * What came, went, moved, or has another name; whole subtrees by their top row, iterations of a loop together. The
 * larger its part of all rows, the higher.
 */
export function structureChanges(table: RowTable, speaker: Speaker): readonly RankedChange[] {
  const { rows, above } = table;
  const sizes = sizesOf(table);
  /**
   * A row whose like is told above it: added with its parent. A wrapper is told for itself, and so is what came inside
   * an old step.
   */
  const isTop = (row: number): boolean => {
    const parent = above[row]!;
    return parent === -1 || rows[parent]!.op !== rows[row]!.op || rows[parent]!.wrapped !== undefined;
  };
  const tops = (op: DiffRow['op'], wraps: boolean): number[] =>
    rows.flatMap((row, at) => (row.op === op && (row.wrapped !== undefined) === wraps && isTop(at) ? [at] : []));
  const entries = (
    list: readonly number[],
    kind: string,
    words: (group: readonly number[]) => string,
    weight = 1,
  ): RankedChange[] =>
    speaker
      .grouped(list, (row) => `${speaker.name(row)} ${rows[row]!.retry !== undefined}`)
      .map((group) => {
        const spans = group.reduce((sum, row) => sum + (rows[row]!.wrapped ? 1 : sizes[row]!), 0);
        return {
          kind,
          measure: 'structure',
          amount: kind === 'removed' ? -spans : spans,
          rows: group,
          rank: 0.3 + (weight * spans) / rows.length,
          message: words(group),
        };
      });
  const found = [
    ...entries(tops('added', false), 'added', (group) => lifeWords(rows, speaker, group, 'came')),
    ...entries(tops('removed', false), 'removed', (group) => lifeWords(rows, speaker, group, 'went')),
    ...entries(tops('added', true), 'wrapped', (group) => `${speaker.names(group)} came around other steps`),
    ...entries(tops('removed', true), 'unwrapped', (group) => `${speaker.names(group)} around other steps went`),
    ...entries(
      rows.flatMap((row, at) => (row.moved && !row.moved.reordered ? [at] : [])),
      'moved',
      (group) => `${speaker.names(group)} moved`,
    ),
    ...entries(
      rows.flatMap((row, at) => (row.moved?.reordered ? [at] : [])),
      'reordered',
      (group) => `${speaker.names(group)} stands at another place`,
      0.5,
    ),
    ...entries(
      rows.flatMap((row, at) => (row.renamed ? [at] : [])),
      'renamed',
      (group) =>
        `${rows[group[0]!]!.renamed!.from} is now ${rows[group[0]!]!.renamed!.to}${group.length > 1 ? ` ×${group.length}` : ''}`,
      0.5,
    ),
  ];
  return found.sort((x, y) => y.rank - x.rank).slice(0, ENTRIES);
}

function lifeWords(
  rows: readonly DiffRow[],
  speaker: Speaker,
  group: readonly number[],
  verb: 'came' | 'went',
): string {
  const first = rows[group[0]!]!;
  if (first.retry !== undefined)
    return `${verb === 'came' ? 'a failed attempt before' : 'no failed attempt any more before'} ${speaker.names(group)}`;
  if (group.every((row) => rows[row]!.iteration !== undefined))
    return `${group.length} ${verb === 'came' ? 'more' : 'fewer'} iteration${group.length > 1 ? 's' : ''} of ${speaker.name(group[0]!)}`;
  return `${speaker.names(group)} ${verb === 'came' ? 'is new' : 'is gone'}`;
}

/** By row: how many rows of the same fate are in its subtree, itself counted. */
function sizesOf({ rows, above }: RowTable): Float64Array {
  const sizes = new Float64Array(rows.length).fill(1);
  for (let row = rows.length - 1; row >= 0; row -= 1)
    if (above[row] !== -1 && rows[above[row]!]!.op === rows[row]!.op) sizes[above[row]!]! += sizes[row]!;
  return sizes;
}
