import { isObject, jsonList, jsonObject, parsed, type Fields } from '../../conventions/json.ts';
import { toolAnswer } from '../../conventions/content/messages/chat.ts';
import { readToolDefinitions } from '../../conventions/content/messages/toolDefinitions.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { endAfter } from '../otel/endAfter.ts';
import { createPassedOver, entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { firstWords } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { readScore } from './scores.ts';
import { LISTS } from './signs.ts';

/** An event and its properties. */
export interface PostHogEvent {
  readonly event: Fields;
  readonly name: string;
  readonly properties: Fields;
  readonly traceId: string;
  readonly spanId: string;
}

/**
 * Events of PostHog about models (@posthog/ai; measured with 8.13): `$ai_generation`, `$ai_span`, `$ai_embedding` and
 * `$ai_trace`, of which the last is the root of what names no other parent. An event is captured when its step is over,
 * so its time is the end, from which `$ai_latency` leads back to the start; PostHog itself gives events that it made of
 * OpenTelemetry's spans the time of their start. `$ai_metric`, `$ai_feedback` and `$ai_evaluation` are scores.
 */
export const readPostHog: ReadAll = (documents, sink) => {
  const spans: PostHogEvent[] = [];
  const scores: PostHogEvent[] = [];
  const passedOver = createPassedOver(sink, 'Events of PostHog');
  const take = (row: unknown): void => {
    const read = isObject(row) ? readEvent(row) : null;
    if (read === null)
      sink.diagnostic('span-not-object', 'An entry among the events is not an event and was left out.');
    else if (KINDS.has(read.name)) spans.push(read);
    else if (SCORES.has(read.name)) scores.push(read);
    else passedOver.add(read.name);
  };
  for (const { fields } of entriesOf(documents, sink))
    for (const row of rowsOf(fields)) lookedAt(sink, () => take(row));
  const roots = new Map(spans.flatMap(({ name, traceId, spanId }) => (name === TRACE ? [[traceId, spanId]] : [])));
  const offered = new Set(spans.flatMap(({ properties }) => toolNames(properties['$ai_tools'])));
  const byEvent = new Map(spans.map((span) => [textOf(idOf(span.event)) ?? '', span]));
  for (const span of spans) lookedAt(sink, () => readSpan(span, roots.get(span.traceId), offered, sink));
  for (const score of scores) lookedAt(sink, () => readScore(score, byEvent, sink));
  passedOver.report();
};

const TRACE = '$ai_trace';
const KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['$ai_generation', 'llm'],
  ['$ai_embedding', 'embedding'],
  ['$ai_span', 'span'],
  [TRACE, 'chain'],
]);
/** `$ai_span_type`, as its integrations write it. */
const SPAN_KINDS: ReadonlyMap<unknown, SpanKind> = new Map([
  ['tool', 'tool'],
  ['agent', 'agent'],
  ['handoff', 'chain'],
  ['guardrail', 'guardrail'],
  ['transcription', 'llm'],
  ['speech', 'llm'],
  ['speech_group', 'chain'],
]);
const SCORES: ReadonlySet<unknown> = new Set(['$ai_metric', '$ai_feedback', '$ai_evaluation']);

/** The events of an entry: itself, those that it lists, or rows by column, where traces may list theirs in turn. */
function rowsOf(fields: Fields): readonly unknown[] {
  if ('event' in fields) return [fields];
  const { columns } = fields;
  const rows = LISTS.flatMap((list): readonly unknown[] => (Array.isArray(fields[list]) ? fields[list] : []));
  if (Array.isArray(columns))
    return rows.map((row) =>
      Array.isArray(row)
        ? // By the cells of a row, as there may be very many columns of which it says nothing.
          Object.fromEntries(
            row.slice(0, columns.length).map((cell, at) => [textOf(columns[at]) ?? '', cell as unknown]),
          )
        : row,
    );
  return rows.flatMap((row): readonly unknown[] =>
    isObject(row) && !('event' in row) && Array.isArray(row['events']) ? row['events'] : [row],
  );
}

const idOf = (event: Fields): unknown => event['uuid'] ?? event['id'];

function readEvent(event: Fields): PostHogEvent | null {
  const properties = jsonObject(event['properties']);
  const name = textOf(event['event']);
  if (!properties || name === null) return null;
  const traceId = textOf(properties['$ai_trace_id']) ?? '';
  const own = textOf(properties['$ai_generation_id']) ?? textOf(properties['$ai_span_id']);
  const spanId = own ?? (name === TRACE ? traceId : (textOf(idOf(event)) ?? ''));
  return { event, name, properties, traceId, spanId };
}

/** What is written below under names of OpenTelemetry; all other properties stand as they are. */
const TOLD: ReadonlySet<string> = new Set(
  (
    'trace_id span_id generation_id parent_id session_id span_name trace_name model provider input output_choices ' +
    'input_state output_state input_tokens output_tokens total_tokens cache_read_input_tokens tools ' +
    'cache_creation_input_tokens reasoning_tokens model_parameters'
  )
    .split(' ')
    .map((name) => `$ai_${name}`),
);

const toolNames = (recorded: unknown): readonly string[] =>
  readToolDefinitions(recorded)?.map(({ name }) => name) ?? [];

/** LangChain's handler says of no span what it is: a tool is called like one that a model was offered. */
function kindOf({ name, properties }: PostHogEvent, called: string | null, offered: ReadonlySet<string>): SpanKind {
  if (name !== '$ai_span') return KINDS.get(name)!;
  const type = textOf(properties['$ai_span_type']);
  return SPAN_KINDS.get(type) ?? (type === null && called !== null && offered.has(called) ? 'tool' : 'span');
}

function readSpan(span: PostHogEvent, root: string | undefined, offered: ReadonlySet<string>, sink: SpanSink): void {
  const { event, name, properties, traceId, spanId } = span;
  const { $ai_span_type: type, $ai_is_error: failed } = properties;
  const called = textOf(properties['$ai_span_name']) ?? textOf(properties['$ai_trace_name']);
  const kind = kindOf(span, called, offered);
  const parent = textOf(properties['$ai_parent_id']);
  const above = parent === null || parent === traceId ? root : parent;
  const user = textOf(event['distinct_id']);
  sink.span(
    spanRecord({
      traceId,
      spanId,
      parentSpanId: above === spanId ? null : above,
      name: called ?? textOf(properties['$ai_model']) ?? name,
      kind,
      rawKind: textOf(type) ?? name,
      ...timesOf(event, properties),
      source: event,
      onDuplicate: 'merge',
      status: failed === true || failed === 'true' ? 'error' : 'unset',
      statusMessage: firstWords(errorIn(properties['$ai_error'])),
      model: properties['$ai_model'],
      provider: properties['$ai_provider'],
      tokens: tokensOf(properties),
      cost: properties['$ai_total_cost_usd'],
      firstTokenSeconds: properties['$ai_time_to_first_token'],
      sessionId: properties['$ai_session_id'],
      // Who is nobody is called like the trace.
      userId: user === traceId ? null : user,
      ...contentOf(kind, called, span),
      attributes: [
        ...Object.entries(properties).filter(([key]) => !TOLD.has(key)),
        ...Object.entries(jsonObject(properties['$ai_model_parameters']) ?? {}).map(
          ([key, value]) => [`gen_ai.request.${key}`, value] as const,
        ),
        ['gen_ai.response.finish_reasons', [properties['$ai_stop_reason']].flatMap((word) => textOf(word) ?? [])],
      ],
    }),
  );
  const traceName = textOf(properties['$ai_trace_name']);
  if (traceName !== null) sink.trace(traceId, { name: traceName });
}

function timesOf(event: Fields, properties: Fields): Pick<ToldSpan, 'start' | 'end' | 'isEstimated' | 'timeUnit'> {
  const time = event['timestamp'] ?? event['createdAt'];
  const latency = amount(properties['$ai_latency']);
  if (properties['$ai_ingestion_source'] === 'otel')
    return { start: time, end: endAfter(time, latency, 's', 'iso'), timeUnit: 'iso' };
  const start = latency === null ? time : endAfter(time, -latency, 's', 'iso');
  return { start, end: time, timeUnit: 'iso', isEstimated: latency === null };
}

/** Anthropic counts beside its input what was read from and written to a cache, Gemini its thoughts beside the answer. */
function tokensOf(properties: Fields): ToldSpan['tokens'] {
  const provider = (textOf(properties['$ai_provider']) ?? '').toLowerCase();
  const model = (textOf(properties['$ai_model']) ?? '').toLowerCase();
  const [read, written] = [properties['$ai_cache_read_input_tokens'], properties['$ai_cache_creation_input_tokens']];
  const isAnthropic = provider.includes('anthropic') || model.startsWith('claude');
  const beside = properties['$ai_cache_reporting_exclusive'] ?? isAnthropic;
  return {
    input: properties['$ai_input_tokens'],
    output: properties['$ai_output_tokens'],
    total: properties['$ai_total_tokens'],
    cacheRead: read,
    cacheWrite: written,
    reasoning: properties['$ai_reasoning_tokens'],
    cacheBeside: beside === true || beside === 'true',
    reasoningBeside: provider === 'gemini' || provider === 'google',
  };
}

/** The words of an error, which may be JSON text of the whole. */
function errorIn(recorded: unknown): string | null {
  const error = jsonObject(recorded);
  return error ? (textOf(error['message']) ?? textOf(error['name'])) : textOf(recorded);
}

function contentOf(kind: SpanKind, name: string | null, { properties, spanId }: PostHogEvent): Partial<ToldSpan> {
  const input = properties['$ai_input'] ?? properties['$ai_input_state'];
  const output = properties['$ai_output_choices'] ?? properties['$ai_output_state'];
  if (kind === 'tool') {
    const { id, result } = toolAnswer(output);
    // Of Claude's Agent SDK a tool has the id of its call.
    const callId = id ?? (properties['$ai_framework'] === 'claude-agent-sdk' ? spanId : undefined);
    return { tool: { name, callId, arguments: parsed(input), result } };
  }
  const asked = kind === 'llm' ? jsonList(input) : null;
  const answered = kind === 'llm' ? jsonList(output) : null;
  return {
    ...(asked ? { inputMessages: asked.map(message) } : { input }),
    ...(answered ? { outputMessages: answered } : { output }),
    toolDefinitions: parsed(properties['$ai_tools']),
  };
}

/**
 * Items of a response, calls and results among them, are sent on as JSON text that a user said; thoughts of the Agents
 * SDK stand in the place of what somebody says.
 */
function message(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  if (entry['type'] === 'reasoning') return { type: 'reasoning', summary: entry['summary'] ?? entry['content'] };
  const said = entry['role'] === 'user' ? textOf(entry['content']) : null;
  const item = said?.startsWith('{"type":"') === true ? jsonObject(said) : null;
  return item && ITEMS.has(item['type']) ? item : entry;
}
const ITEMS: ReadonlySet<unknown> = new Set(['function_call', 'function_call_output', 'reasoning']);
