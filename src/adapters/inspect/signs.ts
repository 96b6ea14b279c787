import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** A log of Inspect AI, its head alone, or one of its samples, which are files of their own in `.eval`. */
export function detectInspect(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectInspect);
  if (!isObject(document)) return null;
  const head = document['eval'];
  if (isObject(head) && ('task' in head || 'model' in head) && ('plan' in document || 'status' in document))
    return { confidence: 0.95, reason: 'has eval with a task' };
  return 'epoch' in document && Array.isArray(document['events']) && ('target' in document || 'input' in document)
    ? { confidence: 0.95, reason: 'has epoch, input and events' }
    : null;
}
