import { perTrace } from '../../analysis/memo.ts';
import type { Trace } from '../../model/types.ts';
import { BUILT_IN_COLUMNS } from './builtInColumns.ts';
import { isDefaultColumn } from './defaultColumns.ts';
import { rankMixed } from './ranks.ts';
import { rowTree } from './rowTree.ts';
import type { SpanRow } from './visibleRows.ts';

/** The value that a column sorts a row by. */
export interface SortableColumn {
  readonly id: string;
  readonly sortable?: boolean;
  value(row: SpanRow, trace: Trace): string | number | null;
}

type Values = (trace: Trace) => Float64Array;

const builtIn = new Map<string, Values>(
  Object.entries(BUILT_IN_COLUMNS).map(([id, { sortKeys }]) => [id, perTrace(sortKeys)]),
);

/** The values by which a column sorts; null where it does not. Read once for each trace and column. */
export function columnValues(trace: Trace, id: string, hostColumns: readonly SortableColumn[]): Float64Array | null {
  const column = hostColumns.find((each) => each.id === id);
  if (!column || isDefaultColumn(column)) return builtIn.get(id)?.(trace) ?? null;
  if (column.sortable !== true) return null;
  let values = hostValues.get(column);
  if (!values) hostValues.set(column, (values = perTrace((of) => rankMixed(readValues(of, column)))));
  return values(trace);
}

const hostValues = new WeakMap<SortableColumn, Values>();

/**
 * A row for the eyes of a host's function. Keys are long to write and seldom asked for, so they are written when they
 * are.
 */
class AskedRow implements SpanRow {
  readonly type = 'span';
  readonly index: number;
  readonly #trace: Trace;
  constructor(trace: Trace, index: number) {
    this.#trace = trace;
    this.index = index;
  }
  get key(): string {
    return this.#trace.span(this.index).key;
  }
  get depth(): number {
    return rowTree(this.#trace).depthOf(this.index);
  }
}

/** What the host's function throws over has no value. */
function readValues(trace: Trace, column: SortableColumn): readonly (string | number | null)[] {
  const values: (string | number | null)[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    let value: string | number | null = null;
    try {
      value = column.value(new AskedRow(trace, index), trace);
    } catch {
      // As if it had no answer.
    }
    values.push(value);
  }
  return values;
}
