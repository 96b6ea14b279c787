import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

const SPEAKERS: ReadonlySet<unknown> = new Set(['user', 'assistant', 'toolResult', 'bashExecution', 'custom']);
/** Entries of a session beside messages. */
const BESIDE: ReadonlySet<unknown> = new Set([
  ...['model_change', 'thinking_level_change', 'compaction', 'branch_summary'],
  ...['custom', 'custom_message', 'label', 'session_info'],
]);
/** What is printed while something happens; messages are printed whole when they end. */
const EVENTS =
  /^(?:(?:agent|turn)_(?:start|end)|agent_settled|message_(?:start|update|end)|tool_execution_(?:start|update|end))$/;

/** A line of a session of pi, or of what it prints. */
export function detectPi(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectPi);
  if (!isObject(document)) return null;
  const { type, message } = document;
  if (type === 'session' && ['version', 'id', 'timestamp', 'cwd'].every((field) => field in document))
    return { confidence: 0.95, reason: 'is the head of a session, with version and cwd' };
  const isEntry = ['id', 'parentId', 'timestamp'].every((field) => field in document);
  if (type === 'message' && isEntry && isObject(message) && SPEAKERS.has(message['role']))
    return { confidence: 0.95, reason: 'is a message with id and parentId' };
  if (isEntry && BESIDE.has(type)) return { confidence: 0.9, reason: `is an entry of type ${String(type)}` };
  return typeof type === 'string' && EVENTS.test(type)
    ? { confidence: 0.8, reason: `is a printed event of type ${type}` }
    : null;
}
