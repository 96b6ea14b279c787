import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { firstAnswer, LOOKED_AT, quietly } from '../tolerant/readEach.ts';
import type { Detection } from '../types.ts';
import { listEntries } from './readableFields.ts';

/** Says what it is: a type of run, and an id or a time. */
const isRun = (entry: Fields): boolean =>
  typeof entry['run_type'] === 'string' &&
  ['id', 'start_time', 'dotted_order', 'trace_id'].some((field) => has(entry, field));

/** A run of which something is missing, or an update, which does not repeat the type. */
export const mayBeRun = (entry: Fields): boolean =>
  has(entry, 'run_type') ||
  has(entry, 'dotted_order') ||
  has(entry, 'parent_run_id') ||
  (has(entry, 'id') && ['inputs', 'outputs', 'start_time', 'end_time', 'extra'].some((field) => has(entry, field)));

/** `{ run_id, key, score, value, … }` (langsmith-sdk, schemas, Feedback). */
export const isFeedback = (entry: Fields): boolean =>
  typeof entry['key'] === 'string' &&
  !has(entry, 'run_type') &&
  ['run_id', 'trace_id', 'session_id'].some((field) => has(entry, field)) &&
  ['score', 'value', 'comment', 'correction', 'feedback_source'].some((field) => field in entry);

/** `{ method, url, body }` of a captured request to the API. */
export const isRequest = (entry: Fields): boolean =>
  /\/(?:runs|feedback)(?:[/?]|$)/.test(textOf(entry['url'] ?? entry['path']) ?? '') && 'body' in entry;

/** LangChain's dump of an object that is a run. */
export const serializedRun = (entry: Fields): Fields | null =>
  entry['lc'] === 1 && isObject(entry['kwargs']) && mayBeRun(entry['kwargs']) ? entry['kwargs'] : null;

const has = (entry: Fields, field: string): boolean => entry[field] !== undefined && entry[field] !== null;

const hasOrder = (entry: Fields): boolean => has(entry, 'dotted_order') && has(entry, 'trace_id');

/** A list may hold pages, which are lists themselves. */
export const detectLangsmith = (document: unknown): Detection | null =>
  surest(document, (entry) => surest(entry, () => null));

/** The sign of an object, or the surest among the first entries of a list; `ofList` answers for lists within it. */
function surest(document: unknown, ofList: (list: unknown) => Detection | null): Detection | null {
  if (!Array.isArray(document)) return isObject(document) ? detectObject(document) : null;
  let found: Detection | null = null;
  for (const entry of listEntries(document, LOOKED_AT)) {
    const sign = quietly(() => {
      if (Array.isArray(entry)) return ofList(entry);
      return isObject(entry) ? detectObject(entry) : null;
    });
    if (sign && (!found || sign.confidence > found.confidence)) found = sign;
  }
  return found;
}

/** By what sign an object is a run, a container of runs or feedback on one, and how sure that is; null = it is none. */
function detectObject(entry: Fields): Detection | null {
  const run = serializedRun(entry) ?? entry;
  if (isRun(run)) return { confidence: has(run, 'id') && has(run, 'start_time') ? 0.95 : 0.8, reason: 'has run_type' };
  if (holds(entry['runs'], isRun)) return { confidence: 0.95, reason: 'has runs with run_type' };
  if (holds(entry['post'], isRun) || holds(entry['patch'], mayBeRun))
    return { confidence: 0.95, reason: 'has runs to post or patch' };
  if (isRequest(entry)) return { confidence: 0.8, reason: 'is a request that sends runs' };
  if (isBatch(jsonObject(entry['body']))) return { confidence: 0.8, reason: 'is a request that sends runs' };
  if (isEmpty(entry['runs'])) return { confidence: 'cursors' in entry ? 0.7 : 0.4, reason: 'is a page without runs' };
  if (isEmpty(entry['post']) && isEmpty(entry['patch'])) return { confidence: 0.7, reason: 'is a batch without runs' };
  if (hasOrder(entry) || holds(entry['runs'], hasOrder)) return { confidence: 0.6, reason: 'has dotted_order' };
  if (isFeedback(entry) || holds(entry['feedback'], isFeedback))
    return { confidence: 0.4, reason: 'is feedback on a run' };
  return null;
}

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;
const isBatch = (body: Fields | null): boolean =>
  body !== null && (holds(body['post'], isRun) || holds(body['patch'], mayBeRun));

/** Some entry of a list, or the only one without a list, is of this sort. A look at the first few is enough. */
const holds = (value: unknown, is: (entry: Fields) => boolean): boolean =>
  firstAnswer(
    Array.isArray(value) ? value : [value],
    (entry) => isObject(entry) && is(serializedRun(entry) ?? entry),
  ) === true;
