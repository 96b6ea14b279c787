import { isObject, jsonList, jsonObject, parsed, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score } from '../../model/types.ts';
import { endAfter } from '../otel/endAfter.ts';
import { kindWord, statusWord } from '../otel/otelEnums.ts';
import { idFlags } from '../otel/otelId.ts';
import { listIn } from '../tolerant/readEach.ts';
import type { SpanRecord, SpanSink } from '../types.ts';
import { evaluationColumn, readAnnotation } from './annotations.ts';
import { flattenAttributes } from './flattenAttributes.ts';
import { otelIdOrUuid } from '../otel/otelId.ts';

/** Fields that are read by name. `attributes.…` and `eval.…` are read by how they begin, all others are kept. */
const READ: ReadonlySet<string> = new Set([
  'name',
  'context',
  'context.span_id',
  'context.trace_id',
  'spanId',
  'traceId',
  'span_id',
  'trace_id',
  'parent_id',
  'parentId',
  'span_kind',
  'spanKind',
  'start_time',
  'startTime',
  'end_time',
  'endTime',
  'status_code',
  'statusCode',
  'status_message',
  'statusMessage',
  'events',
  'attributes',
  'annotations',
  'spanAnnotations',
  'span_annotations',
  'documentAnnotations',
  'document_annotations',
  'spanEvaluations',
  'documentEvaluations',
]);
const ANNOTATIONS = [
  'annotations',
  'spanAnnotations',
  'span_annotations',
  'documentAnnotations',
  'document_annotations',
  'spanEvaluations',
  'documentEvaluations',
] as const;

/** What GraphQL says in fields of its own, and the attributes that mean the same. */
const TWINS: readonly (readonly [field: string, attribute: string])[] = [
  ['tokenCountPrompt', 'llm.token_count.prompt'],
  ['tokenCountCompletion', 'llm.token_count.completion'],
  ['tokenCountTotal', 'llm.token_count.total'],
];

/**
 * A span of Phoenix (phoenix-client, Span; src/phoenix/trace/schemas.py; app/schema.graphql) as a record, and the
 * scores that it carries: as the REST API gives it, as a row of a dataframe (`context.span_id`, `attributes.…`) or as
 * an answer of GraphQL. Amounts named `cumulative…` are sums over spans below: they are kept and never counted.
 */
export function phoenixSpan(
  row: Fields,
  source: object,
  sink: SpanSink,
): { readonly record: SpanRecord; readonly scores: readonly Score[] } {
  const context = jsonObject(row['context']) ?? {};
  const traceId = otelIdOrUuid(
    context['trace_id'] ?? context['traceId'] ?? row['context.trace_id'] ?? row['traceId'] ?? row['trace_id'],
    32,
  );
  const spanId = otelIdOrUuid(
    context['span_id'] ?? context['spanId'] ?? row['context.span_id'] ?? row['spanId'] ?? row['span_id'],
    16,
  );
  const parent = otelIdOrUuid(row['parent_id'] ?? row['parentId'], 16);
  const kind = textOf(row['span_kind'] ?? row['spanKind']);
  const { attributes, evaluations } = readFields(row);
  if (kind !== null && !/^SPAN_KIND_/i.test(kind) && !attributes.has('openinference.span.kind'))
    attributes.set('openinference.span.kind', kind);
  const start = scalarTime(row['start_time'] ?? row['startTime']);
  // Tables have epoch milliseconds, the rest has ISO 8601.
  const timeUnit = typeof start === 'number' || amount(start) !== null ? 'ms' : 'iso';
  const status = row['status_code'] ?? row['statusCode'];
  const record: SpanRecord = {
    // Undefined: that of the root above, for tables may lack the column.
    traceId: traceId.id ?? undefined,
    spanId: spanId.id,
    parentSpanId: parent.id,
    idFlags: idFlags(traceId, spanId, parent),
    name: row['name'],
    start,
    end:
      scalarTime(row['end_time'] ?? row['endTime']) ??
      endAfter(start, row['latencyMs'] ?? row['latency_ms'], 'ms', timeUnit),
    timeUnit,
    status: status === undefined || status === null ? undefined : statusWord(status),
    statusMessage: row['status_message'] ?? row['statusMessage'],
    otelKind: kind !== null && /^SPAN_KIND_/i.test(kind) ? kindWord(kind) : null,
    source,
    attributes,
    events: readEvents(row['events']),
  };
  const target =
    spanId.id === null
      ? null
      : { level: 'span' as const, key: traceId.id === null ? spanId.id : `${traceId.id}/${spanId.id}` };
  const scoreRecords = [
    ...ANNOTATIONS.flatMap((field) =>
      listIn(
        parsed(row[field]),
        (object) => 'name' in object || 'result' in object || 'label' in object,
        sink,
        `The field ${field}`,
      ),
    ),
    ...Array.from(evaluations.values()),
  ];
  for (const each of scoreRecords)
    if (!isObject(each)) sink.diagnostic('mixed-format', 'An annotation of a span is not an object and was left out.');
  return {
    record,
    scores: target ? scoreRecords.flatMap((each) => (isObject(each) ? (readAnnotation(each, target) ?? []) : [])) : [],
  };
}

/** A time that is an object says nothing that could be read, and might throw when somebody looks. */
const scalarTime = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !(value instanceof Date) ? 'no time' : (value ?? undefined);

interface FieldsRead {
  readonly attributes: Map<string, unknown>;
  readonly evaluations: ReadonlyMap<string, Record<string, unknown>>;
}

function readFields(row: Fields): FieldsRead {
  const attributes = new Map<string, unknown>();
  const evaluations = new Map<string, Record<string, unknown>>();
  for (const key of Object.keys(row)) {
    const value = row[key];
    if (value === null || value === undefined) continue;
    const evaluation = evaluationColumn(key);
    if (key === 'attributes') flattenAttributes(value, '', attributes);
    else if (key.startsWith('attributes.')) flattenAttributes(value, key.slice('attributes.'.length), attributes);
    else if (evaluation)
      evaluations.set(evaluation.name, {
        ...evaluations.get(evaluation.name),
        name: evaluation.name,
        [evaluation.field]: value,
      });
    else if (!READ.has(key) && !(Array.isArray(value) && value.length === 0)) attributes.set(`phoenix.${key}`, value);
  }
  for (const [field, attribute] of TWINS)
    if (!attributes.has(attribute) && amount(row[field]) !== null) attributes.set(attribute, row[field]);
  for (const side of ['input', 'output'] as const) {
    const payload = row[side];
    if (!isObject(payload) || attributes.has(`${side}.value`) || textOf(payload['value']) === null) continue;
    attributes.set(`${side}.value`, payload['value']);
    if (/json/i.test(textOf(payload['mimeType']) ?? '')) attributes.set(`${side}.mime_type`, 'application/json');
  }
  readCost(row['costSummary'], attributes);
  return { attributes, evaluations };
}

/** `{ total: { cost }, prompt: { cost }, completion: { cost } }` of GraphQL. */
function readCost(summary: unknown, attributes: Map<string, unknown>): void {
  if (!isObject(summary)) return;
  for (const side of ['total', 'prompt', 'completion']) {
    const part = summary[side];
    if (isObject(part) && amount(part['cost']) !== null && !attributes.has(`llm.cost.${side}`))
      attributes.set(`llm.cost.${side}`, part['cost']);
  }
}

/** Events as they are; those of GraphQL have a message in place of attributes. */
function readEvents(events: unknown): unknown {
  const list = jsonList(events);
  if (
    !list ||
    !list.some((event) => isObject(event) && event['attributes'] === undefined && event['message'] !== undefined)
  )
    return list ?? (events === '' ? undefined : (events ?? undefined));
  return list.map((event) =>
    isObject(event) && event['attributes'] === undefined
      ? {
          ...event,
          attributes: new Map([[event['name'] === 'exception' ? 'exception.message' : 'message', event['message']]]),
        }
      : event,
  );
}
