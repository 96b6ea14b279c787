import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { statusWord } from '../otel/otelEnums.ts';
import { otelId } from '../otel/otelId.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { picked } from '../spans/words.ts';
import { listIn, readEach } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Traces of MLflow: `{ info, data: { spans } }`, ids in base64 (3) or hexadecimal (2), every attribute JSON text, which
 * the dialect `mlflow` reads. The sums in `info` are not counted; its assessments are scores.
 */
export const readMlflow: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink)) {
    const { info, data } = fields;
    const about = isObject(info) ? info : {};
    const spans = listIn(
      isObject(data) ? data['spans'] : undefined,
      (object) => 'span_id' in object,
      sink,
      'The field spans',
    );
    const own = traceIdIn(spans) ?? textOf(about['trace_id'] ?? about['request_id'])?.replace(/^tr-/, '') ?? null;
    readEach(spans, sink, (span, source) => readSpan(span, source, own, sink));
    if (own !== null) readInfo(about, own, sink);
  }
};

const contextOf = (span: Fields): Fields => (isObject(span['context']) ? span['context'] : span);

function traceIdIn(spans: readonly unknown[]): string | null {
  const first = spans.find(isObject);
  return first ? otelId(contextOf(first)['trace_id'], 32).id : null;
}

function readSpan(span: Fields, source: object, traceId: string | null, sink: SpanSink): void {
  const { status } = span;
  const context = contextOf(span);
  const code = isObject(status) ? (status['code'] ?? status['status_code']) : (status ?? span['status_code']);
  sink.span(
    spanRecord({
      ...otelIds(context['trace_id'] ?? traceId, context['span_id'], span['parent_span_id'] ?? span['parent_id']),
      name: span['name'],
      start: span['start_time_unix_nano'] ?? span['start_time_ns'] ?? span['start_time'],
      end: span['end_time_unix_nano'] ?? span['end_time_ns'] ?? span['end_time'],
      timeUnit: 'ns',
      status: code === undefined || code === null ? undefined : statusWord(code),
      statusMessage: isObject(status) ? (status['message'] ?? status['description']) : span['status_message'],
      source,
      attributes: Object.entries(jsonObject(span['attributes']) ?? {}),
      events: span['events'],
      links: span['links'],
    }),
  );
}

function readInfo(info: Fields, traceId: string, sink: SpanSink): void {
  const metadata = jsonObject(info['trace_metadata'] ?? info['request_metadata']) ?? {};
  const tags = jsonObject(info['tags']) ?? {};
  const [name, session, user] = [
    textOf(tags['mlflow.traceName']),
    textOf(metadata['mlflow.trace.session']),
    textOf(metadata['mlflow.trace.user']),
  ];
  sink.trace(traceId, {
    ...(name === null ? {} : { name }),
    ...(session === null ? {} : { sessionId: session }),
    ...(user === null ? {} : { userId: user }),
    metadata: Object.fromEntries([
      ...picked(info, ['state', 'status', 'client_request_id']),
      ...[...Object.entries(tags), ...Object.entries(metadata)].filter(([key]) => !key.startsWith('mlflow.')),
    ]),
  });
  for (const assessment of Array.isArray(info['assessments']) ? info['assessments'] : []) {
    const score = isObject(assessment) ? scoreOf(assessment, traceId) : null;
    if (score)
      sink.score(score, {
        id: textOf((assessment as Fields)['assessment_id']) ?? score.name,
        source: assessment as Fields,
      });
  }
}

const SOURCES: ReadonlyMap<unknown, Score['source']> = new Map([
  ['HUMAN', 'human'],
  ['LLM_JUDGE', 'llm'],
  ['AI_JUDGE', 'llm'],
  ['CODE', 'code'],
] as const);

/** One that was replaced by a later one counts no more. */
function scoreOf(assessment: Fields, traceId: string): Score | null {
  const { source, feedback, expectation, valid } = assessment;
  if (valid === false) return null;
  const told = [feedback, expectation].find(isObject);
  if (!told) return null;
  const { value } = told;
  const span = otelId(assessment['span_id'], 16).id;
  return {
    name: textOf(assessment['assessment_name'] ?? assessment['name']) ?? '',
    value: typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? amount(value) : null,
    label:
      typeof value === 'number'
        ? null
        : (textOf(value) ?? (value === null || value === undefined ? null : JSON.stringify(value))),
    comment: textOf(assessment['rationale']),
    source: SOURCES.get(isObject(source) ? source['source_type'] : null) ?? 'unknown',
    target: span === null ? { level: 'trace', key: traceId } : { level: 'span', key: `${traceId}/${span}` },
    ...(feedback === undefined ? { metadata: { expectation: true } } : {}),
  };
}
