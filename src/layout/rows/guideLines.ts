import type { RowList } from './visibleRows.ts';

/** Beyond this depth only the last levels are drawn; the number of those left out stands before them. */
const LEVELS = 12;

/**
 * How the lines run that lead from a row to its ancestors, as text: how many levels are left out, then a letter for
 * each level from the outermost on: `|` goes on down, `'` ends at the row, ` ` is none.
 */
export function guideLines(rows: RowList, index: number): string {
  let lines = '';
  for (let at = index; rows.parentOf(at) !== -1 && lines.length < LEVELS; at = rows.parentOf(at)) {
    // Of those that are shown, in the order in which they are.
    const isLast = rows.placeOf(at) === rows.childrenOf(rows.parentOf(at));
    const lastLine = at === index ? "'" : ' ';
    lines = (isLast ? lastLine : '|') + lines;
  }
  return `${rows.depthOf(index) - lines.length}${lines}`;
}
