import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { endAfter } from '../otel/endAfter.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Spans of Datadog's LLM Observability (dd-trace; `{ spans }` as sent, `{ data: [{ attributes }] }` as exported). Ids are
 * decimal text, a root has the parent `undefined`, in words.
 */
export const readDatadog: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink)) {
    const { spans, data } = fields;
    const list = [spans, data].find(Array.isArray) as readonly unknown[] | undefined;
    for (const row of list ?? [fields]) {
      if (!isObject(row)) {
        sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
        continue;
      }
      const inner = Array.isArray(row['spans'])
        ? row['spans'].filter(isObject)
        : [isObject(row['attributes']) && row['type'] === 'span' ? row['attributes'] : row];
      for (const span of inner) lookedAt(sink, () => readSpan(span, row, sink));
    }
  }
};

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['llm', 'llm'],
  ['agent', 'agent'],
  ['workflow', 'chain'],
  ['task', 'chain'],
  ['tool', 'tool'],
  ['embedding', 'embedding'],
  ['retrieval', 'retriever'],
  ['experiment', 'chain'],
] as const);

const objectOf = (value: unknown): Fields => (isObject(value) ? value : {});

function readSpan(span: Fields, source: Fields, sink: SpanSink): void {
  const meta = objectOf(span['meta']);
  const about = objectOf(meta['span']);
  const word = textOf(meta['span.kind']) ?? textOf(about['kind']) ?? textOf(span['span_kind']);
  const kind = KINDS.get(word) ?? 'span';
  const metrics = objectOf(span['metrics']);
  const error = objectOf(meta['error'] ?? span['error']);
  const input = objectOf(meta['input'] ?? span['input']);
  const output = objectOf(meta['output'] ?? span['output']);
  const parent = textOf(span['parent_id']);
  const start = span['start_ns'];
  const name = textOf(span['name']) ?? '';
  const isChat = Array.isArray(input['messages']) || Array.isArray(output['messages']);
  const documents = Array.isArray(output['documents']) ? output['documents'].filter(isObject) : null;
  sink.span(
    spanRecord({
      traceId: span['trace_id'],
      spanId: span['span_id'],
      parentSpanId: parent === null || parent === 'undefined' || parent === '0' ? null : parent,
      name,
      kind,
      rawKind: word,
      start,
      end: endAfter(start, span['duration'], 'ns'),
      timeUnit: 'ns',
      source: span === source ? span : source,
      status: span['status'] === 'error' ? 'error' : 'unset',
      statusMessage: meta['error.message'] ?? error['message'],
      service: tagOf(span['tags'], 'service') ?? span['ml_app'],
      model: meta['model_name'] ?? span['model_name'],
      provider: meta['model_provider'] ?? span['model_provider'],
      tokens: {
        input: metrics['input_tokens'],
        output: metrics['output_tokens'],
        total: metrics['total_tokens'],
        cacheRead: metrics['cache_read_input_tokens'],
        cacheWrite: metrics['cache_write_input_tokens'],
        reasoning: metrics['reasoning_output_tokens'],
      },
      firstTokenSeconds: metrics['time_to_first_token'],
      sessionId: span['session_id'],
      inputMessages: messagesOf(input['messages']),
      outputMessages: messagesOf(output['messages']),
      toolDefinitions: meta['tool_definitions'],
      ...(kind === 'tool' ? { tool: { name, arguments: input['value'], result: output['value'] } } : {}),
      ...(isChat || kind === 'tool' ? {} : { input: input['value'], output: documents ? undefined : output['value'] }),
      attributes: [
        ...(documents
          ? [
              [
                'gen_ai.retrieval.documents',
                documents.map(({ text, ...rest }) => ({ ...rest, content: text })),
              ] as const,
            ]
          : []),
        ...Object.entries(objectOf(meta['metadata'])).map(
          ([key, value]) => [`datadog.metadata.${key}`, value] as const,
        ),
        ...(Array.isArray(span['tags']) ? [['datadog.tags', span['tags']] as const] : []),
        ...Object.entries(metrics).flatMap(([key, value]) =>
          amount(value) !== null && key.includes('cost') ? [[`datadog.metrics.${key}`, value] as const] : [],
        ),
      ],
    }),
  );
}

/** `["service:x", "env:y"]` */
const tagOf = (tags: unknown, key: string): string | undefined =>
  Array.isArray(tags)
    ? tags.flatMap((tag) =>
        typeof tag === 'string' && tag.startsWith(`${key}:`) ? [tag.slice(key.length + 1)] : [],
      )[0]
    : undefined;

const messagesOf = (messages: unknown): unknown =>
  Array.isArray(messages)
    ? messages.filter(isObject).map((message) => ({
        ...message,
        ...(Array.isArray(message['tool_calls'])
          ? {
              tool_calls: message['tool_calls'].filter(isObject).map((call) => ({
                id: call['tool_id'] ?? call['id'],
                name: call['name'],
                arguments: call['arguments'],
              })),
            }
          : {}),
      }))
    : undefined;
