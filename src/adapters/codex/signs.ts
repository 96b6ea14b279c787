import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

const LINES: ReadonlySet<unknown> = new Set([
  'session_meta',
  'response_item',
  'event_msg',
  'turn_context',
  'compacted',
  'world_state',
  'token_usage_record',
  'inter_agent_communication',
  'inter_agent_communication_metadata',
]);
const PRINTED = /^(?:thread\.started|turn\.(?:started|completed|failed)|item\.(?:started|updated|completed))$/;

/** Lines of Codex: a rollout, as it keeps them, or what `codex exec --json` prints. */
export function detectCodex(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectCodex);
  if (!isObject(document)) return null;
  const { type, payload } = document;
  if (LINES.has(type) && isObject(payload))
    return { confidence: 0.95, reason: `is a rollout line of type ${String(type)}` };
  if (typeof type === 'string' && PRINTED.test(type) && !('traceId' in document))
    return { confidence: 0.9, reason: `is a line of type ${type}` };
  return type === undefined && 'instructions' in document && 'id' in document && 'timestamp' in document
    ? { confidence: 0.6, reason: 'has id, timestamp and instructions, as old rollouts begin' }
    : null;
}
