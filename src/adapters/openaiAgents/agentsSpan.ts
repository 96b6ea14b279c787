import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { ownValue } from '../../model/ownValue.ts';
import type { SpanKind } from '../../model/types.ts';
import { otherFields } from '../otel/otherFields.ts';
import type { SpanRecord } from '../types.ts';

const KINDS: Readonly<Record<string, SpanKind>> = {
  agent: 'agent',
  generation: 'llm',
  response: 'llm',
  transcription: 'llm',
  speech: 'llm',
  function: 'tool',
  guardrail: 'guardrail',
  handoff: 'chain',
  turn: 'chain',
  task: 'chain',
  speech_group: 'chain',
  mcp_tools: 'span',
};

/** Fields of `span_data` that have a meaning; all others become attributes under their own names. */
const READ: ReadonlySet<string> = new Set([
  'type',
  'name',
  'model',
  'model_config',
  'input',
  'output',
  '_input',
  '_response',
  'response',
  'response_id',
  'usage',
]);

/** A span as the sink takes it; its meaning is told in the words of OpenTelemetry. */
export function agentsSpan(item: Fields, source: object): SpanRecord {
  const data = item['span_data'] as Fields;
  const held = isObject(data['data']) ? data['data'] : {};
  const type = textOf(held['sdk_span_type']) ?? textOf(data['type']) ?? '';
  const kind = ownValue(KINDS, type) ?? 'span';
  const error = errorOf(item['error']);
  return {
    traceId: item['trace_id'],
    spanId: item['id'],
    parentSpanId: item['parent_id'],
    name: nameOf(type, data, held),
    start: item['started_at'],
    end: item['ended_at'],
    timeUnit: 'iso',
    ...(error === null ? {} : { status: 'error', statusMessage: error }),
    source,
    attributes: attributesOf(type, kind, data, usageOf(data)),
    reported: { kind, rawKind: type === '' ? null : type },
  };
}

function nameOf(type: string, data: Fields, held: Fields): unknown {
  if (type === 'handoff') return `${textOf(data['from_agent']) ?? '?'} → ${textOf(data['to_agent']) ?? '?'}`;
  if (type === 'turn')
    return textOf(held['turn'] ?? data['turn']) === null ? 'turn' : `turn ${textOf(held['turn'] ?? data['turn'])}`;
  if (type === 'task') return held['name'] ?? data['name'] ?? type;
  return data['name'] ?? type;
}

/** The words of an error: what happened, and what is known of it. */
function errorOf(error: unknown): string | null {
  if (error === null || error === undefined) return null;
  if (!isObject(error)) return textOf(error) ?? '';
  const data = isObject(error['data']) ? error['data'] : {};
  const words = [error['message'], data['error']].flatMap((word) => textOf(word) ?? []);
  return [...new Set(words)].join(': ');
}

/** Of the answer in the span, or of what a turn or task sums up. What a bare response used stands on its turn alone. */
function usageOf(data: Fields): Fields | undefined {
  const held = isObject(data['data']) ? data['data'] : {};
  const answers: readonly unknown[] = Array.isArray(data['output']) ? data['output'] : [];
  const response = responseOf(data);
  return [
    data['usage'],
    response?.['usage'],
    held['usage'],
    ...answers.map((each) => isObject(each) && each['usage']),
  ].find(isObject);
}

/** The response itself, which processors see that print spans within the program. */
const responseOf = (data: Fields): Fields | undefined => [data['response'], data['_response']].find(isObject);

function attributesOf(
  type: string,
  kind: SpanKind,
  data: Fields,
  usage: Fields | undefined,
): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  const put = (key: string, value: unknown): void => {
    if (value !== undefined && value !== null && value !== '') attributes.set(key, value);
  };
  if (kind === 'llm') putCall(data, put);
  else if (kind === 'tool') putTool(data, put);
  else if (type === 'agent') {
    put('gen_ai.agent.name', data['name']);
    if (Array.isArray(data['tools']) && data['tools'].length > 0) put('gen_ai.tool.definitions', data['tools']);
  } else {
    put('input.value', data['input']);
    put('output.value', data['output'] ?? data['result']);
  }
  if (usage) putUsage(usage, put);
  otherFields(data, READ, 'openai.agents.', attributes);
  return attributes;
}

type Put = (key: string, value: unknown) => void;

function putCall(data: Fields, put: Put): void {
  const response = responseOf(data);
  const output = response?.['output'] ?? data['output'];
  const answers: readonly unknown[] = Array.isArray(output) ? output : [];
  const completion = answers.find((each): each is Fields => isObject(each) && Array.isArray(each['choices']));
  const input = data['input'] ?? data['_input'];
  put('gen_ai.request.model', data['model'] ?? response?.['model']);
  put('gen_ai.response.model', completion?.['model'] ?? response?.['model']);
  put('gen_ai.response.id', data['response_id'] ?? response?.['id'] ?? completion?.['id']);
  put('gen_ai.system_instructions', response?.['instructions']);
  put('gen_ai.tool.definitions', response?.['tools']);
  put('gen_ai.input.messages', typeof input === 'string' ? [{ role: 'user', content: input }] : input);
  put(
    'gen_ai.output.messages',
    typeof output === 'string'
      ? [{ role: 'assistant', content: output }]
      : answers.flatMap((each: unknown) =>
          isObject(each) && Array.isArray(each['choices']) ? each['choices'] : [each],
        ),
  );
  for (const [name, value] of Object.entries(jsonObject(data['model_config']) ?? {}))
    if (typeof value !== 'object') put(`gen_ai.request.${name}`, value);
}

function putTool(data: Fields, put: Put): void {
  put('gen_ai.tool.name', data['name']);
  put('gen_ai.tool.call.arguments', data['input']);
  put('gen_ai.tool.call.result', data['output']);
}

/** Both APIs and the SDK's own sums, each in its words; what is cached and thought is part of the sums in all. */
function putUsage(usage: Fields, put: Put): void {
  const input = [usage['input_tokens_details'], usage['prompt_tokens_details']].find(isObject) ?? {};
  const output = [usage['output_tokens_details'], usage['completion_tokens_details']].find(isObject) ?? {};
  const tokens = (key: string, ...values: readonly unknown[]): void =>
    put(
      `gen_ai.usage.${key}`,
      values.find((value) => amount(value) !== null),
    );
  tokens('input_tokens', usage['input_tokens'], usage['prompt_tokens']);
  tokens('output_tokens', usage['output_tokens'], usage['completion_tokens']);
  tokens('total_tokens', usage['total_tokens']);
  tokens('cache_read.input_tokens', input['cached_tokens'], usage['cached_input_tokens']);
  tokens('cache_write.input_tokens', input['cache_write_tokens'], usage['cache_write_input_tokens']);
  tokens('reasoning.output_tokens', output['reasoning_tokens'], usage['reasoning_output_tokens']);
}
