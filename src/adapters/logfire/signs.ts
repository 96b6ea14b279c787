import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Rows of Logfire's query API: a list, `{ columns, rows }`, or columns that hold their values. */
export function detectLogfire(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectLogfire);
  if (!isObject(document)) return null;
  const { columns, rows } = document;
  if (Array.isArray(columns) && Array.isArray(rows) && firstAnswer(rows, detectLogfire))
    return { confidence: 0.95, reason: 'has columns and rows of spans' };
  if (
    Array.isArray(columns) &&
    columns.some(
      (column) => isObject(column) && column['name'] === 'start_timestamp' && Array.isArray(column['values']),
    )
  )
    return { confidence: 0.9, reason: 'has columns of spans' };
  return 'span_id' in document &&
    'start_timestamp' in document &&
    ['span_name', 'otel_status_code', 'otel_scope_name', 'service_name', 'message'].some(
      (field) => field in document,
    ) &&
    !('op' in document)
    ? { confidence: 0.93, reason: 'has span_id, start_timestamp and span_name' }
    : null;
}
