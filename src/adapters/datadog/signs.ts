import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Spans of Datadog's LLM Observability: as they are sent, alone, or as its export API answers. */
export function detectDatadog(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectDatadog);
  if (!isObject(document)) return null;
  if ('span_id' in document && 'start_ns' in document && ('meta' in document || 'span_kind' in document))
    return { confidence: 0.95, reason: 'has span_id, start_ns and meta' };
  const { attributes, spans, data } = document;
  if (document['type'] === 'span' && isObject(attributes) && ('start_ns' in attributes || 'span_id' in attributes))
    return { confidence: 0.95, reason: 'is a span of an answer' };
  for (const list of [spans, data]) {
    const found = Array.isArray(list) ? firstAnswer(list, detectDatadog) : null;
    if (found) return found;
  }
  return null;
}
