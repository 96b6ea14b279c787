import { ERROR_STATUS } from '../../../model/codes.ts';
import type { Alignment } from '../match/alignment.ts';
import type { RowTable } from './diffRows.ts';
import type { SignedTree } from '../signs/signTree.ts';
import { steadyName } from '../signs/steadyName.ts';
import type { DiffChange } from '../types.ts';

/** A change with its place in the list: larger comes first. */
export interface RankedChange extends DiffChange {
  readonly rank: number;
}

/** Names rows for a reader. */
export interface Speaker {
  failed(side: 'a' | 'b', node: number): boolean;
  /** The message of the failure of a row; '' where there is none. */
  failure(row: number): string;
  name(row: number): string;
  /** `search_docs`, or `search_docs ×3`. */
  names(rows: readonly number[]): string;
  /** Rows with equal answers together, in order of the first of them. */
  grouped(rows: readonly number[], by: (row: number) => string): readonly (readonly number[])[];
}

export function createSpeaker({ a, b }: Alignment, { nodeA, nodeB }: RowTable): Speaker {
  const spanOf = (row: number) =>
    nodeB[row] === 0 ? a.trace.span(a.first + nodeA[row]! - 1) : b.trace.span(b.first + nodeB[row]! - 1);
  const failed = ({ trace, first }: SignedTree, node: number): boolean =>
    node > 0 && trace.columns.status[first + node - 1] === ERROR_STATUS;
  const known = new Map<string, string>();
  const name = (row: number): string => {
    const span = spanOf(row);
    const model = span.model ?? '';
    const id = `${span.name}\n${model}`;
    let words = known.get(id);
    if (words === undefined)
      known.set(id, (words = steadyName(span.name, model).replace(/[\s_\-:.]*#/g, '') || span.name || span.kind));
    return words;
  };
  return {
    failed: (side, node) => failed(side === 'a' ? a : b, node),
    failure(row) {
      const inB = failed(b, nodeB[row]!) ? b.trace.span(b.first + nodeB[row]! - 1) : null;
      const inA = !inB && failed(a, nodeA[row]!) ? a.trace.span(a.first + nodeA[row]! - 1) : null;
      return ((inB ?? inA)?.statusMessage ?? '').slice(0, 200);
    },
    name,
    names: (rows) =>
      `${rows.length === 1 ? spanOf(rows[0]!).name || name(rows[0]!) : name(rows[0]!)}${rows.length > 1 ? ` ×${rows.length}` : ''}`,
    grouped(rows, by) {
      const groups = new Map<string, number[]>();
      for (const row of rows) {
        const id = by(row);
        const group = groups.get(id);
        if (group) group.push(row);
        else groups.set(id, [row]);
      }
      return [...groups.values()];
    },
  };
}
