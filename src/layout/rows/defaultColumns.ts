import type { SpanRow } from './visibleRows.ts';

/** A column that stands for a built-in one: which it is says its id. */
interface StandIn {
  readonly id: string;
  readonly header: string;
  value(row: SpanRow): null;
}

/**
 * The columns that a grid has of its own accord, for a list of yours that keeps them: `[...defaultColumns, mine]`. They
 * are drawn and sorted as ever, and tokens and cost left out of a trace that has none.
 */
export const defaultColumns: readonly StandIn[] = ['duration', 'tokens', 'cost'].map((id) => ({
  id,
  header: id,
  value: () => null,
}));

const standIns: ReadonlySet<object> = new Set(defaultColumns);

export const isDefaultColumn = (column: object): boolean => standIns.has(column);
