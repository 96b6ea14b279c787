import { isObject } from '../../conventions/json.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';

/** Harbor's Agent Trajectory Interchange Format. */
export function detectAtif(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectAtif);
  if (!isObject(document) || !Array.isArray(document['steps'])) return null;
  const version = document['schema_version'];
  return typeof version === 'string' && version.startsWith('ATIF-')
    ? { confidence: 0.95, reason: `has schema_version ${version.slice(0, 20)}` }
    : null;
}

/** A `.traj` of SWE-agent. */
export function detectSweAgent(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectSweAgent);
  if (!isObject(document) || !Array.isArray(document['trajectory'])) return null;
  const isStep = (step: unknown): boolean => isObject(step) && 'action' in step && 'observation' in step;
  return document['trajectory'].some(isStep) || ('info' in document && 'history' in document)
    ? { confidence: 0.9, reason: 'has a trajectory of actions and observations' }
    : null;
}

const SOURCES: ReadonlySet<unknown> = new Set(['agent', 'user', 'environment', 'hook']);

/** Events of OpenHands, of its SDK (`kind`) or before it (`action`, `observation`). */
export function detectOpenHands(document: unknown): Detection | null {
  if (Array.isArray(document)) return firstAnswer(document, detectOpenHands);
  if (!isObject(document)) return null;
  if (
    Array.isArray(document['history']) &&
    !('trajectory' in document) &&
    firstAnswer(document['history'], detectOpenHands)
  )
    return { confidence: 0.85, reason: 'has a history of events' };
  const { kind, source } = document;
  if (!SOURCES.has(source) || !('id' in document) || !('timestamp' in document)) return null;
  if (typeof kind === 'string' && /(?:Event|Condensation\w*)$/.test(kind))
    return { confidence: 0.95, reason: `is a ${kind.slice(0, 40)}` };
  return typeof document['action'] === 'string' || typeof document['observation'] === 'string'
    ? { confidence: 0.9, reason: 'has source and action or observation' }
    : null;
}
