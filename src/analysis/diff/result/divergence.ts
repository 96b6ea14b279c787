import type { DiffDivergence, DiffRow } from '../types.ts';

/** A difference is lasting where this many of the next telling rows differ too, or all that are left. */
const LASTING = 2;
const LOOK_AT = 5;

/**
 * The first row from which the two go different ways, and the row from which they agree again. What a parent gave back
 * at its end follows from what happened inside, so a row counts whose inside is the same; but for its input, its model
 * and its failure, which nothing inside explains.
 */
export function divergenceOf(rows: readonly DiffRow[]): DiffDivergence | null {
  for (let row = 0; row < rows.length; row += 1) {
    const kind = kindOf(rows[row]!);
    if (kind === null || !lasts(rows, row)) continue;
    return { row, kind, recoversAt: recovery(rows, row) };
  }
  return null;
}

const differs = ({ op, moved }: DiffRow): boolean => op !== 'same' || moved !== undefined;

const isInsideDifferent = ({ childCounts: { added, removed, changed, moved } }: DiffRow): boolean =>
  added + removed + changed + moved > 0;

/** A step that only holds others is the same whatever they do: it speaks neither for nor against. */
const isTelling = (row: DiffRow): boolean => differs(row) || !isInsideDifferent(row);

function kindOf(row: DiffRow): DiffDivergence['kind'] | null {
  const { op, moved, changed } = row;
  if (op === 'added' || op === 'removed' || moved) return 'structure';
  if (changed.includes('model')) return 'model';
  if (changed.includes('input')) return 'input';
  if (isInsideDifferent(row) || op === 'same') return null;
  if (changed.includes('status')) return 'status';
  return changed.includes('output') ? 'output' : 'structure';
}

function lasts(rows: readonly DiffRow[], from: number): boolean {
  let seen = 0;
  let different = 0;
  for (let row = from + 1; row < rows.length && seen < LOOK_AT; row += 1) {
    if (!isTelling(rows[row]!)) continue;
    seen += 1;
    if (differs(rows[row]!)) different += 1;
    if (different === LASTING) return true;
  }
  return different >= Math.min(LASTING, seen);
}

function recovery(rows: readonly DiffRow[], from: number): number | null {
  let since = rows.length;
  let same = 0;
  for (let row = from + 1; row < rows.length; row += 1) {
    if (differs(rows[row]!)) {
      same = 0;
      continue;
    }
    if (!isTelling(rows[row]!)) continue;
    if (same === 0) since = row;
    same += 1;
    if (same === LOOK_AT) return since;
  }
  return same > 0 ? since : null;
}
