import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { Score, SpanKind } from '../../model/types.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { answersIn } from '../spans/answersIn.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { picked } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Traces of Opik: the trace is the root, spans without a parent hang below it. Sums of the trace are not counted; what
 * was cached or reasoned stands under `original_usage` in the provider's words.
 */
export const readOpik: ReadAll = (documents, sink) => {
  const traces: Fields[] = [];
  const spans: Fields[] = [];
  const take = (row: unknown): void => {
    if (!isObject(row))
      sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
    else if (of(row, 'trace_id', 'traceId') === undefined) traces.push(row);
    else spans.push(row);
  };
  for (const { fields } of entriesOf(documents, sink)) {
    const { trace, spans: list, content } = fields;
    if (isObject(trace)) traces.push(trace);
    if (Array.isArray(list)) list.forEach(take);
    else if (Array.isArray(content)) content.forEach(take);
    else if (!isObject(trace)) take(fields);
  }
  const roots = new Set(traces.map(({ id }) => id));
  for (const trace of traces) lookedAt(sink, () => readTrace(trace, sink));
  for (const span of spans) lookedAt(sink, () => readSpan(span, roots, sink));
};

const of = (row: Fields, ...names: readonly string[]): unknown => picked(row, names)[0]?.[1];

function shared(row: Fields): Parameters<typeof spanRecord>[0] {
  const error = of(row, 'error_info', 'errorInfo');
  const told = isObject(error) ? error : null;
  return {
    traceId: of(row, 'trace_id', 'traceId') ?? row['id'],
    spanId: row['id'],
    name: row['name'],
    start: of(row, 'start_time', 'startTime'),
    end: of(row, 'end_time', 'endTime'),
    timeUnit: 'iso',
    source: row,
    onDuplicate: 'merge',
    status: told ? 'error' : 'unset',
    statusMessage: told ? (textOf(told['message']) ?? textOf(told['exception_type'] ?? told['exceptionType'])) : null,
    attributes: picked(row, ['metadata', 'environment', 'tags'], 'opik.'),
  };
}

function readTrace(trace: Fields, sink: SpanSink): void {
  const traceId = textOf(trace['id']) ?? '';
  const session = textOf(of(trace, 'thread_id', 'threadId'));
  const name = textOf(trace['name']);
  sink.span(
    spanRecord({
      ...shared(trace),
      kind: 'chain',
      rawKind: 'trace',
      input: trace['input'],
      output: trace['output'],
      sessionId: session,
    }),
  );
  sink.trace(traceId, {
    ...(name === null ? {} : { name }),
    ...(session === null ? {} : { sessionId: session }),
    tags: Array.isArray(trace['tags']) ? trace['tags'].flatMap((tag) => textOf(tag) ?? []) : [],
    ...(isObject(trace['metadata']) ? { metadata: trace['metadata'] } : {}),
  });
  readScores(trace, { level: 'trace', key: traceId }, sink);
}

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['general', 'span'],
  ['llm', 'llm'],
  ['tool', 'tool'],
  ['guardrail', 'guardrail'],
] as const);

function readSpan(span: Fields, roots: ReadonlySet<unknown>, sink: SpanSink): void {
  const told = KINDS.get(span['type']) ?? 'span';
  // Its wrapper of OpenAI's client (opik-openai 1.11) calls a model call `general`; no other step names a model.
  const kind = told === 'span' && textOf(span['model']) !== null ? 'llm' : told;
  const traceId = of(span, 'trace_id', 'traceId');
  const usage = isObject(span['usage']) ? span['usage'] : null;
  const milliseconds = amount(span['ttft']);
  const { input, output } = span;
  sink.span(
    spanRecord({
      ...shared(span),
      kind,
      rawKind: span['type'],
      parentSpanId: of(span, 'parent_span_id', 'parentSpanId') ?? (roots.has(traceId) ? traceId : null),
      model: span['model'],
      provider: span['provider'],
      tokens: usage ? tokensOf(usage) : undefined,
      cost: of(span, 'total_estimated_cost', 'totalEstimatedCost'),
      firstTokenSeconds: milliseconds === null ? null : milliseconds / 1000,
      ...contentOf(kind, span['name'], input, output),
    }),
  );
  readScores(span, { level: 'span', key: `${textOf(traceId) ?? ''}/${textOf(span['id']) ?? ''}` }, sink);
}

function contentOf(kind: SpanKind, name: unknown, input: unknown, output: unknown): Partial<ToldSpan> {
  if (kind === 'tool') return { tool: { name, arguments: input, result: output } };
  const messages = kind === 'llm' && isObject(input) && Array.isArray(input['messages']) ? input['messages'] : null;
  const answers = messages ? answersIn(output) : null;
  return {
    ...(messages ? { inputMessages: messages } : { input }),
    ...(answers ? { outputMessages: answers } : { output }),
  };
}

function tokensOf(usage: Fields): ToldTokens {
  const original = (...names: readonly string[]): unknown =>
    of(usage, ...names.flatMap((name) => [`original_usage.${name}`, name]));
  const read = original(
    'prompt_tokens_details.cached_tokens',
    'input_tokens_details.cached_tokens',
    'cached_content_token_count',
  );
  const beside = original('cache_read_input_tokens');
  const thoughts = original('thoughts_token_count');
  const [asked, answered] = [
    of(usage, 'prompt_tokens', 'input_tokens', 'promptTokens'),
    of(usage, 'completion_tokens', 'output_tokens', 'completionTokens'),
  ];
  // Of OpenAI's Responses its wrapper takes the one for the other; the provider's own words say which is which.
  const isSwapped =
    asked === usage['original_usage.output_tokens'] && answered === usage['original_usage.input_tokens'];
  return {
    input: isSwapped ? answered : asked,
    output: isSwapped ? asked : answered,
    total: of(usage, 'total_tokens', 'totalTokens'),
    cacheRead: read ?? beside,
    cacheWrite: original('cache_creation_input_tokens'),
    reasoning:
      original('completion_tokens_details.reasoning_tokens', 'output_tokens_details.reasoning_tokens') ?? thoughts,
    // Anthropic counts what its cache had apart, unless Opik has added it to its own count.
    ...(beside !== undefined && read === undefined && isApart(usage, beside) ? { cacheBeside: true } : {}),
  };
}

const isApart = (usage: Fields, cached: unknown): boolean => {
  const fresh = amount(of(usage, 'original_usage.input_tokens'));
  const input = amount(of(usage, 'prompt_tokens', 'input_tokens'));
  return fresh === null || input === null ? (amount(cached) ?? 0) > (input ?? 0) : fresh === input;
};

const SOURCES: ReadonlyMap<unknown, Score['source']> = new Map([
  ['ui', 'human'],
  ['sdk', 'api'],
  ['online_scoring', 'llm'],
] as const);

function readScores(row: Fields, target: Score['target'], sink: SpanSink): void {
  const scores = of(row, 'feedback_scores', 'feedbackScores');
  for (const score of Array.isArray(scores) ? scores.filter(isObject) : [])
    sink.score(
      {
        name: textOf(score['name']) ?? '',
        value: amount(score['value']),
        label: textOf(of(score, 'category_name', 'categoryName')),
        comment: textOf(score['reason']),
        source: SOURCES.get(score['source']) ?? 'unknown',
        target,
      },
      { source: row },
    );
}
