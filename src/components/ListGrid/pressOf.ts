import type { ListColumn } from './types.ts';

type Pressed = Pick<ListColumn, 'onPress'>;

/** What a press does, on a cell or with Ctrl anywhere in the row; undefined = it opens the trace. */
export const pressOf = (columns: readonly Pressed[], cell: number, ctrl: boolean): Pressed['onPress'] =>
  columns[cell]?.onPress ?? (ctrl ? columns.find(({ onPress }) => onPress)?.onPress : undefined);
