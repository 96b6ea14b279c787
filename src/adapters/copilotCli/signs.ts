import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

const EVENT = /^(?:session|user|assistant|system|model|tool|subagent|hook|skill|permission|external_tool)\.|^abort$/;

/** An event in a session of GitHub Copilot's CLI, or what it prints last. */
export function detectCopilotCli(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectCopilotCli);
  if (!isObject(document)) return null;
  const { type, data } = document;
  if (type === 'result' && ['sessionId', 'exitCode', 'usage'].every((field) => field in document))
    return { confidence: 0.9, reason: 'is the result of a run, with sessionId and exitCode' };
  return typeof type === 'string' &&
    EVENT.test(type) &&
    isObject(data) &&
    ['id', 'timestamp', 'parentId'].every((field) => field in document)
    ? { confidence: 0.95, reason: `is an event of type ${type.slice(0, 40)} with id and parentId` }
    : null;
}
