import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldTokens } from '../spans/spanRecord.ts';
import { answersIn } from '../spans/answersIn.ts';
import { picked } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Calls of W&B Weave (exports and `calls/stream_query`). Usage and costs are by model, in the provider's words; calls
 * above repeat the sums of those below, which the ledger counts once. A deleted call is left out.
 */
export const readWeave: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink))
    for (const call of Array.isArray(fields['calls']) ? fields['calls'] : [fields]) {
      if (!isObject(call))
        sink.diagnostic('span-not-object', 'An entry among the calls is not an object and was left out.');
      else if (textOf(call['deleted_at']) === null) lookedAt(sink, () => readCall(call, sink));
      else sink.diagnostic('mixed-format', 'A call that was deleted was left out.');
    }
};

/** `weave:///entity/project/op/<name>:<digest>` */
const opName = (name: string | null): string => /\/op\/([^/]+?)(?::[^:/]*)?$/.exec(name ?? '')?.[1] ?? name ?? '';

const CALLS_MODEL =
  /(?:chat\.completions|responses|messages|completions|models|generate_content|chat)\.(?:create|parse|stream|generate_content|acreate)$|(?:^|\.)(?:generate_content|litellm\.completion|acompletion)$/i;
const KINDS: ReadonlySet<string> = new Set(['llm', 'agent', 'tool', 'retriever', 'embedding', 'guardrail', 'chain']);

function kindOf(call: Fields, op: string, usage: readonly Fields[]): SpanKind {
  const attributes = isObject(call['attributes']) ? call['attributes'] : {};
  const told = isObject(attributes['weave']) ? textOf(attributes['weave']['kind']) : null;
  if (told !== null && KINDS.has(told)) return told;
  if (told === 'scorer') return 'evaluator';
  const hasModel = isObject(call['inputs']) && textOf(call['inputs']['model']) !== null;
  if (CALLS_MODEL.test(op) || (usage.length > 0 && hasModel)) return 'llm';
  if (/embeddings?\.create$/i.test(op)) return 'embedding';
  return op === 'Evaluation.evaluate' || /(?:^|\.)score$/.test(op) ? 'evaluator' : 'chain';
}

function readCall(call: Fields, sink: SpanSink): void {
  const op = opName(textOf(call['op_name']));
  const summary = isObject(call['summary']) ? call['summary'] : {};
  const weave = isObject(summary['weave']) ? summary['weave'] : {};
  const models = isObject(summary['usage']) ? Object.entries(summary['usage']) : [];
  const usage = models.flatMap(([, each]) => (isObject(each) ? eachApi(each) : []));
  const kind = kindOf(call, op, usage);
  const inputs = isObject(call['inputs']) ? call['inputs'] : {};
  const { output, exception } = call;
  const failed = textOf(exception) !== null || weave['status'] === 'error';
  const only = models.length === 1 && kind === 'llm' ? models[0]![0] : undefined;
  const traceId = textOf(call['trace_id']) ?? '';
  const id = textOf(call['id']) ?? '';
  const isChat = kind === 'llm' && Array.isArray(inputs['messages']);
  sink.span(
    spanRecord({
      traceId,
      spanId: id,
      parentSpanId: call['parent_id'],
      name: textOf(call['display_name']) ?? op,
      kind,
      start: call['started_at'],
      end: call['ended_at'],
      timeUnit: 'iso',
      source: call,
      onDuplicate: 'merge',
      status: failed ? 'error' : 'unset',
      statusMessage: exception,
      model: only ?? (kind === 'llm' ? inputs['model'] : undefined),
      tokens: usage.length > 0 ? sumOf(usage.map(tokensOf)) : undefined,
      cost: costOf(weave['costs']),
      sessionId: call['thread_id'],
      userId: call['wb_user_id'],
      ...(isChat
        ? { inputMessages: inputs['messages'], outputMessages: answersIn(output), toolDefinitions: inputs['tools'] }
        : {}),
      ...(kind === 'tool' ? { tool: { name: op, arguments: call['inputs'], result: output } } : {}),
      ...(isChat || kind === 'tool' ? {} : { input: call['inputs'], output }),
      attributes: [
        ...picked(call, ['op_name', 'turn_id', 'wb_run_id', 'project_id'], 'weave.'),
        ...picked(
          isObject(call['attributes']) ? call['attributes'] : {},
          ['weave', 'python', 'otel_span'],
          'weave.attributes.',
        ),
      ],
    }),
  );
  for (const feedback of Array.isArray(weave['feedback']) ? weave['feedback'].filter(isObject) : [])
    readFeedback(feedback, `${traceId}/${id}`, sink);
}

interface Tokens extends ToldTokens {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly reasoning: number | null;
}

/**
 * A sum over calls of both of OpenAI's APIs has the words of both, and a total of all; a provider that says one amount in
 * both words has the total of one.
 */
function eachApi(usage: Fields): readonly Fields[] {
  const words = ['prompt_tokens', 'completion_tokens', 'input_tokens', 'output_tokens'];
  const sum = words.reduce((all, word) => all + (amount(usage[word]) ?? Number.NaN), 0);
  if (sum !== amount(usage['total_tokens'])) return [usage];
  const part = (isOf: (word: string) => boolean): Fields =>
    Object.fromEntries(Object.entries(usage).filter(([word]) => isOf(word)));
  return [part((word) => /^(?:prompt|completion)_/.test(word)), part((word) => /^(?:input|output)_/.test(word))];
}

/** OpenAI's words count cached tokens in the input, Anthropic's beside it. */
function tokensOf(usage: Fields): Tokens {
  const first = (...names: readonly string[]): number | null => amount(picked(usage, names)[0]?.[1]);
  const details = (...names: readonly string[]): Fields => {
    const found = picked(usage, names)[0]?.[1];
    return isObject(found) ? found : {};
  };
  const beside = first('cache_read_input_tokens');
  const written = first('cache_creation_input_tokens');
  const inside = amount(details('prompt_tokens_details', 'input_tokens_details')['cached_tokens']);
  const input = first('prompt_tokens', 'input_tokens');
  const isApart = inside === null && (beside !== null || written !== null);
  return {
    input: isApart && input !== null ? input + (beside ?? 0) + (written ?? 0) : input,
    output: first('completion_tokens', 'output_tokens'),
    cacheRead: inside ?? beside,
    cacheWrite: written,
    reasoning: amount(details('completion_tokens_details', 'output_tokens_details')['reasoning_tokens']),
  };
}

/** Of several models, and unknown where none says it. */
function sumOf(list: readonly Tokens[]): ToldTokens {
  const sum = (field: keyof Tokens & ('input' | 'output' | 'cacheRead' | 'cacheWrite' | 'reasoning')): number | null =>
    list.reduce<number | null>((all, each) => (each[field] === null ? all : (all ?? 0) + each[field]), null);
  return {
    input: sum('input'),
    output: sum('output'),
    cacheRead: sum('cacheRead'),
    cacheWrite: sum('cacheWrite'),
    reasoning: sum('reasoning'),
  };
}

function costOf(costs: unknown): number | null {
  if (!isObject(costs)) return null;
  const parts = Object.values(costs)
    .filter(isObject)
    .flatMap((cost) =>
      picked(cost, [
        'prompt_tokens_total_cost',
        'completion_tokens_total_cost',
        'cache_read_input_tokens_total_cost',
        'cache_creation_input_tokens_total_cost',
      ]).flatMap(([, value]) => amount(value) ?? []),
    );
  return parts.length === 0 ? null : parts.reduce((all, part) => all + part, 0);
}

function readFeedback(feedback: Fields, key: string, sink: SpanSink): void {
  const type = textOf(feedback['feedback_type']) ?? '';
  const payload = isObject(feedback['payload']) ? feedback['payload'] : {};
  const value = payload['output'] ?? payload['value'] ?? payload['emoji'] ?? payload['note'];
  const inner = isObject(value)
    ? (Object.values(value).find((each) => typeof each === 'number' || typeof each === 'boolean') ?? value)
    : value;
  sink.score(
    {
      name: type.replace(/^wandb\.(?:runnable\.)?/, ''),
      value: typeof inner === 'boolean' ? Number(inner) : amount(inner),
      label: typeof inner === 'string' ? inner : null,
      comment: null,
      source: type.startsWith('wandb.runnable') ? 'code' : 'human',
      target: { level: 'span', key },
    },
    { source: feedback, ...(textOf(feedback['id']) === null ? {} : { id: textOf(feedback['id'])! }) },
  );
}
