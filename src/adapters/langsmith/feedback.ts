import { jsonObject } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { readableField, readableFields } from './readableFields.ts';

type Fields = ReadonlyMap<string, unknown>;

/**
 * Who gave feedback, by `feedback_source.type` (langsmith-sdk, schemas). The word `api` does not tell whether a person
 * was behind it.
 */
const SOURCES: ReadonlyMap<string | null, Score['source']> = new Map([
  ['app', 'human'],
  ['human', 'human'],
  ['annotation', 'human'],
  ['model', 'llm'],
  ['auto_eval', 'llm'],
  ['auto', 'llm'],
  ['llm', 'llm'],
  ['code', 'code'],
  ['api', 'api'],
  ['sdk', 'api'],
]);

/** Fields that have a place of their own in a score. */
const PLACED: ReadonlySet<string> = new Set(['run_id', 'trace_id', 'key', 'score', 'comment', 'feedback_source']);

/**
 * The run that feedback is about, and the score that it is; null where it has no name. `carrier` is the run that it was
 * found on, if any.
 */
export function feedbackScore(
  feedback: object,
  carrier: { readonly traceId: string | null; readonly runId: string } | null,
): { readonly runId: string | null; readonly score: Score } | null {
  const { fields } = readableFields(feedback);
  const name = textOf(fields.get('key'));
  if (name === null) return null;
  const runId = textOf(fields.get('run_id')) ?? carrier?.runId ?? null;
  const traceId = textOf(fields.get('trace_id')) ?? carrier?.traceId ?? null;
  const { number, label } = verdict(fields);
  const source = fields.get('feedback_source');
  const value = fields.get('value');
  const about = metadataOf(fields, typeof value === 'object' || (typeof value === 'number' && value !== number));
  const from = readableField(source, 'metadata');
  const metadata = { ...about, ...(isEmpty(from) ? {} : { feedback_source: source }) };
  return {
    runId,
    score: {
      name,
      value: number,
      label,
      comment: textOf(fields.get('comment')),
      source: SOURCES.get(textOf(readableField(source, 'type'))?.toLowerCase() ?? null) ?? 'unknown',
      target: targetOf(runId, traceId, fields),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    },
  };
}

function targetOf(runId: string | null, traceId: string | null, fields: Fields): Score['target'] {
  if (runId !== null) return { level: 'span', key: traceId === null ? runId : `${traceId}/${runId}` };
  if (traceId !== null) return { level: 'trace', key: traceId };
  return { level: 'session', key: textOf(fields.get('session_id')) ?? '' };
}

/** `score` is a number or a yes or no; `value` a category, or a number where there is no score. */
function verdict(fields: Fields): { readonly number: number | null; readonly label: string | null } {
  const [score, value] = [fields.get('score'), fields.get('value')];
  const number = typeof score === 'boolean' ? Number(score) : amount(score);
  if (typeof value === 'boolean') return { number: number ?? Number(value), label: String(value) };
  return {
    number: number ?? (typeof value === 'number' ? amount(value) : null),
    label: typeof value === 'string' ? textOf(value) : null,
  };
}

function metadataOf(fields: Fields, withValue: boolean): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...fields].filter(([key, value]) => !PLACED.has(key) && (key !== 'value' || withValue) && !isEmpty(value)),
  );
}

/** Nothing, or a structure that holds nothing. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  try {
    return typeof value === 'object' && Object.keys(value).length === 0;
  } catch {
    return true;
  }
}

/** `feedback_stats` of a run, `{ key: { n, avg, values } }`: one score for each key, which is the mean of `n`. */
export function statScores(recorded: unknown, target: Score['target']): readonly Score[] {
  const stats = jsonObject(recorded);
  if (!stats) return [];
  return Array.from(readableFields(stats).fields).flatMap(([name, stat]): readonly Score[] => {
    const held = jsonObject(stat);
    if (!held) return [];
    const { avg, ...rest } = Object.fromEntries(readableFields(held).fields);
    const metadata = Object.fromEntries(Object.entries(rest).filter(([, value]) => !isEmpty(value)));
    const value = amount(avg);
    const label = value === null ? onlyKey(rest['values']) : null;
    return value === null && label === null && Object.keys(metadata).length === 0
      ? []
      : [
          {
            name,
            value,
            label,
            comment: null,
            source: 'unknown',
            target,
            ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
          },
        ];
  });
}

/** The category that all gave; several say nothing together. */
function onlyKey(values: unknown): string | null {
  const categories = Object.keys(jsonObject(values) ?? {});
  return categories.length === 1 ? categories[0]! : null;
}
