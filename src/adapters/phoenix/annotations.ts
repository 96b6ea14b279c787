import { isObject, jsonObject, parsed, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { otelIdOrUuid } from '../otel/otelId.ts';

type Target = Score['target'];

const SOURCES: ReadonlySet<string> = new Set(['human', 'llm', 'code']);

/**
 * Whether a record is an annotation of Phoenix (phoenix-client, SpanAnnotationData and its kin) or a row of an
 * evaluation table: it names a span, trace or session, and is a score but no span.
 */
export function isAnnotation(record: Fields): boolean {
  if ('start_time' in record || 'startTime' in record || 'run_id' in record) return false;
  const judged =
    'annotator_kind' in record ||
    (isObject(record['result']) &&
      ['score', 'label', 'explanation'].some((field) => field in (record['result'] as Fields))) ||
    'result.score' in record ||
    'result.label' in record;
  const names = (...fields: readonly string[]): boolean => fields.some((field) => textOf(record[field]) !== null);
  return names('span_id', 'context.span_id')
    ? judged || 'score' in record || 'label' in record
    : judged && names('trace_id', 'session_id');
}

/**
 * An annotation with its target: what it names, or `target` where it stands within a span. Null where it names nothing.
 */
export function readAnnotation(record: Fields, target: Target | null = targetOf(record)): Score | null {
  if (!target) return null;
  const result = jsonObject(record['result']) ?? {};
  const field = (name: string): unknown => result[name] ?? record[`result.${name}`] ?? record[name];
  const annotator = (textOf(record['annotator_kind'] ?? record['annotatorKind']) ?? '').toLowerCase();
  return {
    name: textOf(record['name'] ?? record['annotation_name'] ?? record['eval_name']) ?? 'evaluation',
    value: amount(field('score')),
    label: textOf(field('label')),
    comment: textOf(field('explanation')),
    source: SOURCES.has(annotator) ? (annotator as Score['source']) : 'unknown',
    target,
    ...metadata(record),
  };
}

function targetOf(record: Fields): Target | null {
  const spanId = otelIdOrUuid(record['span_id'] ?? record['context.span_id'], 16).id;
  const traceId = otelIdOrUuid(record['trace_id'] ?? record['context.trace_id'], 32).id;
  if (spanId !== null) return { level: 'span', key: traceId === null ? spanId : `${traceId}/${spanId}` };
  if (traceId !== null) return { level: 'trace', key: traceId };
  const session = textOf(record['session_id']);
  return session === null ? null : { level: 'session', key: session };
}

/** What tells annotations of one name apart, and which of a span's documents is meant, goes with the metadata. */
function metadata(record: Fields): { readonly metadata?: unknown } {
  const about = parsed(record['metadata']);
  const more = Object.entries({
    identifier: textOf(record['identifier']),
    document_position: record['document_position'] ?? record['documentPosition'],
  }).filter(([, value]) => value !== null && value !== undefined);
  const other = about === undefined || about === '' ? [] : [['metadata', about] as const];
  const own = isObject(about) ? Object.entries(about) : other;
  return own.length + more.length === 0 ? {} : { metadata: Object.fromEntries([...own, ...more]) };
}

const EVALUATION_COLUMN = /^eval\.(.+)\.(label|score|explanation)$/;

/**
 * Evaluations in columns of their own (`eval.Hallucination.score`), by the name of the evaluation; undefined where a
 * key is none of them.
 */
export function evaluationColumn(key: string): { readonly name: string; readonly field: string } | undefined {
  const found = key.startsWith('eval.') ? EVALUATION_COLUMN.exec(key) : null;
  return found ? { name: found[1]!, field: found[2]! } : undefined;
}
