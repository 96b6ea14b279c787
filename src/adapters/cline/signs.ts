import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** The messages of a session of Cline, or of an agent that one sent off. */
export function detectCline(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectCline);
  if (!isObject(document)) return null;
  const { messages, origin, sessionId } = document;
  return Array.isArray(messages) && isObject(origin) && typeof sessionId === 'string' && 'agent' in document
    ? { confidence: 0.95, reason: 'has agent, sessionId, origin and messages' }
    : null;
}
