import type { RowList } from '../../layout/rows/visibleRows.ts';
import type { Trace } from '../../model/types.ts';

/** The span that began last; -1 where none is known. */
function newestSpan({ columns: { start }, spanCount }: Trace): number {
  let newest = -1;
  for (let index = 0; index < spanCount; index += 1)
    if (newest === -1 ? start[index]! >= 0 : start[index]! >= start[newest]!) newest = index;
  return newest;
}

/** The position of its row, or of the closed one that it is in; -1 where all of these are hidden. */
export function newestRow(trace: Trace, rows: RowList): number {
  for (let index = newestSpan(trace); index !== -1; index = rows.parentOf(index)) {
    const position = rows.positionOf(index);
    if (position !== -1) return position;
  }
  return -1;
}
