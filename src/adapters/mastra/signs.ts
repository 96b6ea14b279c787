import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A trace of Mastra, its spans alone, or the events of its exporters. */
export function detectMastra(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectMastra);
  if (!isObject(document)) return null;
  const span = isObject(document['exportedSpan']) ? document['exportedSpan'] : document;
  if (typeof span['spanType'] === 'string' && ('startedAt' in span || 'type' in document))
    return { confidence: 0.95, reason: 'has spanType and startedAt' };
  if ('type' in span && isObject(document['exportedSpan'])) return { confidence: 0.95, reason: 'has an exportedSpan' };
  return Array.isArray(document['spans']) && firstAnswer(document['spans'], detectMastra)
    ? { confidence: 0.95, reason: 'has spans with spanType' }
    : null;
}
