import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

export const detectOpenaiAgents = (document: unknown): Detection | null =>
  Array.isArray(document) ? firstAnswer(document, detectItem) : detectItem(document);

export const isSpan = (entry: unknown): entry is Fields =>
  isObject(entry) && entry['object'] === 'trace.span' && isObject(entry['span_data']);
const isTrace = (entry: unknown): boolean =>
  isObject(entry) && entry['object'] === 'trace' && ('workflow_name' in entry || 'group_id' in entry);

function detectItem(entry: unknown): Detection | null {
  if (isSpan(entry)) return { confidence: 1, reason: 'is a trace.span with span_data' };
  if (isTrace(entry)) return { confidence: 1, reason: 'is a trace with a workflow_name' };
  const data = isObject(entry) ? entry['data'] : undefined;
  return Array.isArray(data) && firstAnswer(data, (item) => isSpan(item) || isTrace(item))
    ? { confidence: 1, reason: 'data lists spans with span_data' }
    : null;
}
