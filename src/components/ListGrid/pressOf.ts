import type { ListColumn } from './types.ts';

/** What a press does, on a cell or with Ctrl anywhere in the row; undefined = it opens the trace. */
export const pressOf = (columns: readonly ListColumn[], cell: number, ctrl: boolean): ListColumn['onPress'] =>
  columns[cell]?.onPress ?? (ctrl ? columns.find(({ onPress }) => onPress)?.onPress : undefined);
