import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A trace of Opik as its command writes it, or a page of its API. */
export function detectOpik(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectOpik);
  if (!isObject(document)) return null;
  const { trace, spans, content } = document;
  if (isObject(trace) && Array.isArray(spans) && ('start_time' in trace || 'startTime' in trace) && 'id' in trace)
    return { confidence: 0.93, reason: 'has trace with start_time, and spans' };
  if (Array.isArray(content) && 'page' in document) return firstAnswer(content, detectOpik);
  return isOpikRow(document)
    ? { confidence: 0.8, reason: 'has id, project_id, start_time and usage or feedback' }
    : null;
}

/** A span or trace alone. */
const isOpikRow = (row: Readonly<Record<string, unknown>>): boolean =>
  'id' in row &&
  ('project_id' in row || 'projectId' in row) &&
  ('start_time' in row || 'startTime' in row) &&
  [
    'total_estimated_cost',
    'totalEstimatedCost',
    'feedback_scores',
    'feedbackScores',
    'last_updated_by',
    'parent_span_id',
    'span_count',
  ].some((field) => field in row) &&
  !('run_type' in row);
