import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** What is said of an agent that was sent off, in a file beside that of its session. */
export const isAgentFacts = (fields: Fields): boolean => 'parentSessionId' in fields && 'toolUseId' in fields;

/** A line of a session of Qwen Code. Claude Code's have the same ids and another form of message. */
export function detectQwenCode(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectQwenCode);
  if (!isObject(document)) return null;
  if (isAgentFacts(document) && 'agentId' in document)
    return { confidence: 0.9, reason: 'has agentId, parentSessionId and toolUseId' };
  if (!['sessionId', 'uuid', 'parentUuid'].every((field) => field in document)) return null;
  const { message } = document;
  const isOwn = isObject(message) ? Array.isArray(message['parts']) : 'systemPayload' in document;
  return isOwn
    ? { confidence: 0.97, reason: 'has sessionId, uuid, parentUuid and parts of a message or a systemPayload' }
    : null;
}
