import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

const SPEAKERS: ReadonlySet<unknown> = new Set(['user', 'gemini', 'info', 'warning', 'error']);

/** A chat log of Gemini CLI: its head, a message, or a change of what stands before it. */
export function detectGeminiCli(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectGeminiCli);
  if (!isObject(document)) return null;
  if ('sessionId' in document && 'projectHash' in document)
    return { confidence: 0.95, reason: 'has sessionId and projectHash' };
  if ('$set' in document || '$rewindTo' in document) return { confidence: 0.9, reason: 'changes a chat log' };
  return SPEAKERS.has(document['type']) && 'id' in document && 'content' in document && 'timestamp' in document
    ? { confidence: 0.9, reason: 'is a message of a chat log' }
    : null;
}
