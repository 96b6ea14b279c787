import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { firstAnswer } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';
import { apiFields } from './apiFields.ts';

/** Sorts of observations (langfuse, packages/shared/src/domain/observations.ts). */
const TYPES: ReadonlySet<unknown> = new Set([
  'SPAN',
  'EVENT',
  'GENERATION',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'EVALUATOR',
  'EMBEDDING',
  'GUARDRAIL',
]);
const SCORE_SOURCES: ReadonlySet<unknown> = new Set(['API', 'EVAL', 'ANNOTATION']);
const EVENT_TYPE = /^[a-z]+-(?:create|update)$|^sdk-log$/;

/** One event of an ingestion batch: `{ id, type: 'span-create', timestamp, body }`. */
export const isEvent = (entry: Fields): boolean =>
  typeof entry['type'] === 'string' && EVENT_TYPE.test(entry['type']) && isObject(entry['body']);

/**
 * The fields are those that `apiFields` gives; a run of LangSmith and a span of Phoenix have words of their own for
 * their type.
 */
export function isObservation(fields: Fields): boolean {
  if (fields['run_type'] !== undefined || fields['span_kind'] !== undefined || fields['spanId'] !== undefined)
    return false;
  return TYPES.has(fields['type'])
    ? fields['startTime'] !== undefined && (fields['traceId'] !== undefined || fields['id'] !== undefined)
    : fields['parentObservationId'] !== undefined && fields['id'] !== undefined;
}

/** A score or a correction, from which a name and what it is about are never missing. */
export const isScore = (fields: Fields): boolean =>
  typeof fields['name'] === 'string' &&
  ('value' in fields || 'stringValue' in fields) &&
  !('startTime' in fields) &&
  (fields['dataType'] !== undefined || SCORE_SOURCES.has(fields['source'])) &&
  (textOf(fields['traceId']) ?? textOf(fields['observationId']) ?? textOf(fields['sessionId'])) !== null;

/** What other records have that look like a trace: they have an id and a time as well. */
const NO_TRACE = [
  'traceId',
  'trace_id',
  'type',
  'startTime',
  'start_time',
  'run_type',
  'duration',
  'spans',
  'body',
  'context',
  'localEndpoint',
  'resourceSpans',
];
const OF_A_TRACE = [
  'sessionId',
  'userId',
  'htmlPath',
  'totalCost',
  'bookmarked',
  'public',
  'release',
  'observations',
  'scores',
  'tags',
  'environment',
];

/** The whole of a trace, with or without its observations. */
export const isTrace = (fields: Fields): boolean =>
  textOf(fields['id']) !== null &&
  fields['timestamp'] !== undefined &&
  !NO_TRACE.some((field) => field in fields) &&
  OF_A_TRACE.some((field) => field in fields);

/** Lists that hold records, by the name under which they stand. */
export const LISTS = ['data', 'traces', 'observations', 'scores'] as const;

export function detectLangfuse(document: unknown): Detection | null {
  if (!Array.isArray(document)) return isObject(document) ? detectObject(document) : null;
  // Of several documents each may be a list itself.
  return signIn(document, (entry) => (Array.isArray(entry) ? signIn(entry, () => null) : null));
}

/** The sign of the first entry that has one; `other` gives that of entries which are no objects. */
const signIn = (list: readonly unknown[], other: (entry: unknown) => Detection | null): Detection | null =>
  firstAnswer(list, (entry) => (isObject(entry) ? detectObject(entry) : other(entry)));

/** By what sign an object is of Langfuse, and how sure that is; null = it is not. */
function detectObject(entry: Fields): Detection | null {
  const { trace, observations, batch, meta } = entry;
  const isDownload =
    isObject(trace) && (trace['resourceSpans'] ?? trace['resource_spans'] ?? trace['batches']) === undefined;
  if (isDownload && Array.isArray(observations)) return { confidence: 1, reason: 'has a trace and its observations' };
  if (isEvent(entry)) return { confidence: 0.95, reason: 'is an ingestion event' };
  if (Array.isArray(batch) && someObject(batch, isEvent))
    return { confidence: 0.95, reason: 'has a batch of ingestion events' };
  const own = recordSign(entry);
  if (own) return own;
  if (isDownload && isTrace(apiFields(trace))) return { confidence: 0.8, reason: 'has a Langfuse trace' };
  for (const name of LISTS) {
    const list = entry[name];
    if (!Array.isArray(list)) continue;
    const sign = firstAnswer(list, (record) => (isObject(record) ? recordSign(record) : null));
    if (sign) return sign;
    if (list.length > 0 || name === 'traces' || name === 'scores') continue;
    if (name === 'observations') return { confidence: 0.4, reason: 'is a list without observations' };
    // Pages of several services look like that: this is the least sure of all signs.
    return isObject(meta) && 'totalItems' in meta
      ? { confidence: 0.6, reason: 'is an empty page of a list' }
      : { confidence: 0.2, reason: 'is an empty page' };
  }
  return null;
}

/** By what sign an object is a record of Langfuse. */
function recordSign(entry: Fields): Detection | null {
  const fields = apiFields(entry);
  const renamed = fields !== entry;
  if (isObservation(fields)) return { confidence: renamed ? 0.7 : 0.9, reason: 'has observations' };
  if (isTrace(fields)) {
    const list = fields['observations'];
    if (Array.isArray(list) && someObject(list, (each) => isObservation(apiFields(each))))
      return { confidence: 0.95, reason: 'is a trace that holds observations' };
    return {
      confidence: 'htmlPath' in fields || 'bookmarked' in fields || 'projectId' in fields ? 0.8 : 0.6,
      reason: 'is a trace',
    };
  }
  return isScore(fields) ? { confidence: 0.7, reason: 'has scores' } : null;
}

/** Whether the test holds for one of the first objects of a list. */
const someObject = (list: readonly unknown[], test: (entry: Fields) => boolean): boolean =>
  firstAnswer(list, (entry) => isObject(entry) && test(entry)) === true;
