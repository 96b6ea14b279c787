import type { Trace } from '../model/types.ts';

/** What stays when all but the matches is hidden. */
export interface FilteredRows {
  /** By index: 0 = hidden, 1 = a match, 2 = shown only because a match lies below it. */
  readonly shown: Uint8Array;
  readonly matches: number;
  readonly ancestors: number;
  readonly hidden: number;
}

/**
 * Keeps the matches (those marked 1) and everything above them. Linear and without recursion: a parent stands before
 * its children.
 */
export function filterRows(
  { columns: { parent }, spanCount }: Pick<Trace, 'columns' | 'spanCount'>,
  matches: Uint8Array,
): FilteredRows {
  const shown = new Uint8Array(spanCount);
  let found = 0;
  let ancestors = 0;
  for (let index = spanCount - 1; index >= 0; index -= 1) {
    if (matches[index] === 1) {
      shown[index] = 1;
      found += 1;
    } else if (shown[index] === 2) {
      ancestors += 1;
    } else {
      continue;
    }
    const above = parent[index]!;
    if (above !== -1) shown[above] = 2;
  }
  return { shown, matches: found, ancestors, hidden: spanCount - found - ancestors };
}
