import { isObject, type Fields } from '../../conventions/json.ts';
import { isAnnotation } from './annotations.ts';
import { setOwn } from '../../model/ownValue.ts';
import { withoutHoles } from '../../model/holes.ts';

/** Columns by which a table of spans or evaluations is known. */
const SIGNS = ['context.span_id', 'context.trace_id', 'span_kind', 'start_time', 'label', 'score'] as const;
const SPAN_ID = /^[\da-f]{16}$/i;

/**
 * Whether an object is a dataframe as pandas' `to_json` writes one, apart from lists of rows: by columns, by rows, or
 * split into parts.
 */
export const isTable = (document: Fields): boolean => tableKind(document) !== null;

function tableKind(document: Fields): 'columns' | 'rows' | 'split' | null {
  const { columns, data } = document;
  if (Array.isArray(columns) && Array.isArray(data))
    return SIGNS.some((sign) => withoutHoles(columns as readonly unknown[]).includes(sign)) &&
      withoutHoles(data).every(Array.isArray)
      ? 'split'
      : null;
  if (isObject(document['context.span_id']) || (isObject(document['span_kind']) && isObject(document['start_time'])))
    return 'columns';
  const judged = document['label'] ?? document['score'];
  if (isObject(judged)) return labelled(judged) ? 'columns' : null;
  const first = document[Object.keys(document)[0] ?? ''];
  return isObject(first) && (isSpanRow(first) || (labelled(document) && ('label' in first || 'score' in first)))
    ? 'rows'
    : null;
}

/** The index of tables of Phoenix is the span id. */
const labelled = (column: Fields): boolean => SPAN_ID.test(Object.keys(column)[0] ?? '');

/** A row of a dataframe of spans (`get_spans_dataframe`). */
export function isSpanRow(row: Fields): boolean {
  if (isScalar(row['context.trace_id'])) return !isAnnotation(row);
  if (isScalar(row['context.span_id']))
    return !isAnnotation(row) && ('name' in row || 'start_time' in row || 'span_kind' in row);
  return isScalar(row['span_kind']) && isScalar(row['start_time']) && ('parent_id' in row || 'status_code' in row);
}

const isScalar = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** The rows of a table, one object each. A label that is a span id stands for the column that is missing then. */
export function tableRows(table: Fields): readonly Fields[] {
  const kind = tableKind(table);
  if (kind === 'split')
    return splitRows(
      table['columns'] as readonly unknown[],
      table['data'] as readonly (readonly unknown[])[],
      table['index'],
    );
  if (kind === 'rows')
    return Object.keys(table).map((label) =>
      withLabel(isObject(table[label]) ? copyOf(table[label]) : newRow(), label),
    );
  const rows = new Map<string, Record<string, unknown>>();
  for (const column of Object.keys(table)) {
    const values = table[column];
    if (!isObject(values)) continue;
    for (const label of Object.keys(values)) {
      let row = rows.get(label);
      if (!row) rows.set(label, (row = newRow()));
      setOwn(row, column, values[label]);
    }
  }
  return Array.from(rows, ([label, row]) => withLabel(row, label));
}

function splitRows(
  columns: readonly unknown[],
  data: readonly (readonly unknown[])[],
  index: unknown,
): readonly Fields[] {
  return withoutHoles(data).map((values, at) => {
    const row = newRow();
    withoutHoles(columns).forEach((column, place) => {
      if (typeof column === 'string') setOwn(row, column, values[place]);
    });
    return withLabel(row, Array.isArray(index) && typeof index[at] === 'string' ? index[at] : '');
  });
}

/** Without a prototype, so that a column may have any name. */
const newRow = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;
const copyOf = (row: Fields): Record<string, unknown> => Object.assign(newRow(), row);

function withLabel(row: Record<string, unknown>, label: string): Fields {
  if (SPAN_ID.test(label)) row['context.span_id'] ??= label;
  return row;
}
