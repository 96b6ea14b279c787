import { jsonObject, toJson, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';

const SOURCES: ReadonlyMap<unknown, Score['source']> = new Map([
  ['API', 'api'],
  ['EVAL', 'llm'],
  ['ANNOTATION', 'human'],
]);

/** As the server words truths that it is sent. */
const TRUTHS: ReadonlyMap<number | null, string> = new Map([
  [1, 'True'],
  [0, 'False'],
]);

/**
 * Fields that have a place of their own, or are of the database. The trace that newer lists repeat beside each score is
 * read elsewhere.
 */
const APART: ReadonlySet<string> = new Set([
  'traceId',
  'observationId',
  'sessionId',
  'name',
  'value',
  'stringValue',
  'longStringValue',
  'comment',
  'source',
  'trace',
  'projectId',
  'createdAt',
  'updatedAt',
]);

/**
 * A score (langfuse, fern/apis/server/definition/commons.yml): a number, a truth as 0 or 1, a category, or text.
 * `traceId` is that of the trace around it, where it names none itself.
 */
export function readScore(fields: Fields, traceId: string | null): Score {
  const type = textOf(fields['dataType'])?.toUpperCase() ?? null;
  const { value } = fields;
  const number = typeof value === 'boolean' ? Number(value) : amount(value);
  // Ingestion takes categories and texts as the value itself.
  const words = [
    fields['stringValue'],
    fields['longStringValue'],
    ...(typeof value === 'string' && (type === null ? number === null : type !== 'NUMERIC' && type !== 'BOOLEAN')
      ? [value]
      : []),
  ];
  const isText = type === 'TEXT' || type === 'CORRECTION';
  const metadata = metadataOf(fields);
  return {
    name: textOf(fields['name']) ?? '',
    // Where the score is words, Langfuse fills its number with 0.
    value: isText || (typeof value === 'string' && words.at(-1) === value) ? null : number,
    label:
      words.map(labelOf).find((each) => each !== null) ?? (type === 'BOOLEAN' ? (TRUTHS.get(number) ?? null) : null),
    comment: textOf(fields['comment']),
    source: SOURCES.get(fields['source']) ?? 'unknown',
    target: targetOf(fields, traceId),
    ...(metadata ? { metadata } : {}),
  };
}

const labelOf = (value: unknown): string | null =>
  textOf(value) ?? (value !== null && typeof value === 'object' ? toJson(value) : null);

function targetOf(fields: Fields, around: string | null): Score['target'] {
  const traceId = textOf(fields['traceId']) ?? around;
  const spanId = textOf(fields['observationId']);
  if (spanId !== null) return { level: 'span', key: traceId === null ? spanId : `${traceId}/${spanId}` };
  const sessionId = textOf(fields['sessionId']);
  return traceId === null && sessionId !== null
    ? { level: 'session', key: sessionId }
    : { level: 'trace', key: traceId ?? '' };
}

function metadataOf(fields: Fields): Fields | null {
  const metadata = jsonObject(fields['metadata']);
  const entries = [
    ...Object.entries(fields).filter(
      ([key, value]) =>
        !APART.has(key) && value !== null && value !== undefined && value !== '' && (key !== 'metadata' || !metadata),
    ),
    ...Object.entries(metadata ?? {}).map(
      ([key, value]) => [Object.hasOwn(fields, key) ? `metadata.${key}` : key, value] as const,
    ),
  ];
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}
