import { isObject } from '../../conventions/json.ts';
import type { Detection } from '../types.ts';
import { firstAnswer } from '../tolerant/readEach.ts';

/** Lines of a session of Claude Code, as it keeps them (`~/.claude/projects`) or prints them (`stream-json`). */
export function detectClaudeCode(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectClaudeCode);
  if (!isObject(document)) return null;
  const { type, message } = document;
  if (typeof type !== 'string') return null;
  if ('sessionId' in document && 'uuid' in document && 'parentUuid' in document)
    return { confidence: 0.95, reason: 'has sessionId, uuid and parentUuid' };
  if ('session_id' in document && (type === 'user' || type === 'assistant') && isObject(message))
    return { confidence: 0.95, reason: 'has session_id and a message' };
  if ('session_id' in document && (type === 'result' || type === 'stream_event' || type === 'system'))
    return { confidence: 0.9, reason: `is a line of type ${type} with session_id` };
  if (type === 'summary' && 'leafUuid' in document) return { confidence: 0.9, reason: 'is a summary with leafUuid' };
  if (BESIDE.has(type) && ('sessionId' in document || 'messageId' in document))
    return { confidence: 0.9, reason: `is a line of type ${type}` };
  return null;
}

/** Fields of lines that say where a line stands: these are read whole when lines are sorted. */
export const CLAUDE_CODE_PLACES: readonly string[] = [
  ...['type', 'subtype', 'uuid', 'parentUuid', 'sessionId', 'session_id', 'timestamp', 'leafUuid', 'id', 'requestId'],
  ...['aiTitle', 'customTitle', 'title', 'summary', 'agentId', 'tool_use_id', 'parent_tool_use_id', 'prompt'],
  ...['requestRef', 'hash', 'shapeHash', 'base', 'tail', 'totalCostUSD', 'durationMs'],
];

/** Lines that stand in a session without a place in its chain. */
const BESIDE: ReadonlySet<string> = new Set([
  'queue-operation',
  'file-history-snapshot',
  'ai-title',
  'custom-title',
  'agent-name',
  'last-prompt',
  'permission-mode',
  'pr-link',
  'mode',
  'tag',
  'tools-used',
  'cost-state',
  'api-request',
  'api-request-shape',
  'api-request-blob',
]);
