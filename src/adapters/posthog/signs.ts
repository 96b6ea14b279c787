import { isObject } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Lists in which events stand: what an SDK posts, pages and rows of PostHog's APIs, the events of a trace. */
export const LISTS = ['batch', 'results', 'events'] as const;

/** Events of PostHog about models, as they are sent, exported or queried. */
export function detectPostHog(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectPostHog);
  if (!isObject(document)) return null;
  if (textOf(document['event'])?.startsWith('$ai_') === true && document['properties'] !== undefined)
    return { confidence: 0.95, reason: 'has an event whose name begins with $ai_' };
  const { columns } = document;
  if (Array.isArray(columns) && Array.isArray(document['results']) && columns.includes('properties'))
    return columns.includes('event') ? { confidence: 0.9, reason: 'has rows of events and their properties' } : null;
  for (const list of LISTS)
    if (Array.isArray(document[list])) {
      const found = firstAnswer(document[list], (entry) => (isObject(entry) ? detectPostHog(entry) : null));
      if (found) return found;
    }
  return null;
}
