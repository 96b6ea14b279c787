import { isObject, type Fields } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** What `opencode export` writes: a session and its messages. */
export const isExport = ({ info, messages }: Fields): boolean =>
  isObject(info) && Array.isArray(messages) && 'id' in info && 'time' in info && 'directory' in info;

/** A message with its parts, as the server of OpenCode lists them. */
export const isMessage = ({ info, parts }: Fields): boolean =>
  isObject(info) && Array.isArray(parts) && 'sessionID' in info && 'role' in info;

const PRINTED: ReadonlySet<unknown> = new Set(['step_start', 'step_finish', 'text', 'reasoning', 'tool_use', 'error']);

/** A session of OpenCode: an export, a message of one, or a line that `opencode run --format json` prints. */
export function detectOpencode(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectOpencode);
  if (!isObject(document)) return null;
  if (isExport(document)) return { confidence: 0.95, reason: 'has the info of a session, and messages' };
  if (isMessage(document)) return { confidence: 0.95, reason: 'has the info of a message with sessionID, and parts' };
  return 'sessionID' in document && 'timestamp' in document && PRINTED.has(document['type'])
    ? { confidence: 0.95, reason: `is a line of type ${String(document['type'])} with sessionID` }
    : null;
}
