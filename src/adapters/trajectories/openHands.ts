import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldTokens } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { metricsOf, readStep, type Step } from './openHandsStep.ts';

/**
 * Events of OpenHands, of its SDK and of the versions before: one conversation is a trace with one agent, below it model
 * calls (the actions of one answer) and tools (an action and its observation). An event has the time when it was made:
 * tools are pairs, model calls estimates. Tokens are known as sums, so the agent has them.
 */
export const readOpenHands: ReadAll = (documents, sink) => {
  const byInput = new Map<number, Fields[]>();
  for (const { fields, input } of entriesOf(documents, sink)) {
    const list = byInput.get(input) ?? [];
    byInput.set(input, list);
    if (!Array.isArray(fields['history'])) list.push(fields);
    else readConversation(eventsIn(fields['history']), fields, sink);
  }
  for (const events of byInput.values()) if (events.length > 0) readConversation(events, NOTHING, sink);
};

const NOTHING: Fields = {};

/** Events, or, in files of evaluations, pairs of an action and its observation. */
const eventsIn = (history: readonly unknown[]): readonly Fields[] => history.flat().filter(isObject);

interface Call {
  readonly id: string;
  readonly start: unknown;
  end: unknown;
  readonly place: number;
  readonly steps: Step[];
  readonly heard: readonly Fields[];
}

/** `around` is what an evaluation says of the conversation. */
function readConversation(events: readonly Fields[], around: Fields, sink: SpanSink): void {
  const name = textOf(around['instance_id']);
  const time = (event: Fields): string => textOf(event['timestamp']) ?? '';
  const ordered = events.toSorted((a, b) => (time(a) < time(b) ? -1 : Number(time(a) > time(b))));
  const steps = ordered.map(readStep);
  const traceId = `conversation-${textOf(ordered[0]?.['id']) ?? ''}-${time(ordered[0] ?? {})}`;
  const agentId = `${traceId}-agent`;
  const results = new Map<string, Step>();
  for (const step of steps)
    if (step.kind === 'result') for (const id of step.answers) if (!results.has(id)) results.set(id, step);
  const shared = { traceId, service: 'openhands', timeUnit: 'iso' as const, isOver: true };
  const marks: object[] = [];
  const calls = new Map<string, Call>();
  let heard: Fields[] = [];
  let before: unknown;
  let place = 0;
  for (const step of steps) {
    const { event } = step;
    if (step.kind === 'said' || step.kind === 'action') {
      const id = step.response ?? step.id;
      let call = calls.get(id);
      if (!call) {
        call = { id, start: before ?? event['timestamp'], end: null, place: (place += 1), steps: [], heard };
        calls.set(id, call);
        heard = [];
      }
      call.steps.push(step);
      call.end = event['timestamp'];
      if (step.kind === 'action') {
        const result = results.get(step.id) ?? (step.callId === null ? undefined : results.get(step.callId));
        sink.span(
          spanRecord({
            ...shared,
            spanId: step.id,
            parentSpanId: agentId,
            name: step.tool ?? 'tool',
            kind: 'tool',
            start: event['timestamp'],
            end: result?.event['timestamp'],
            order: orderOf((place += 1)),
            source: event,
            ...(result ? { sources: [event, result.event] } : {}),
            status: result?.failure === undefined || result.failure === null ? 'unset' : 'error',
            statusMessage: firstWords(result?.failure ?? null),
            tool: { name: step.tool, callId: step.callId, arguments: step.arguments, result: result?.content },
          }),
        );
      }
    } else if (step.kind === 'heard') heard.push({ role: step.role, content: step.content });
    else if (step.kind === 'result') heard.push({ role: 'tool', tool_call_id: step.callId, content: step.content });
    else if (step.kind === 'mark')
      marks.push({
        name: step.name,
        time: event['timestamp'],
        attributes: new Map(picked(event, ['key', 'error', 'code', 'detail', 'reason', 'summary'])),
      });
    if (step.kind !== 'state') before = event['timestamp'] ?? before;
  }
  for (const call of calls.values()) {
    const model = call.steps.map((step) => step.model).find((word) => word !== null) ?? null;
    const own = call.steps.map((step) => step.tokens).find((tokens) => tokens !== null);
    sink.span(
      spanRecord({
        ...shared,
        spanId: `call-${call.id}`,
        parentSpanId: agentId,
        name: model === null ? 'chat' : `chat ${model}`,
        kind: 'llm',
        start: call.start,
        end: call.end,
        isEstimated: true,
        order: orderOf(call.place),
        source: call.steps[0]!.event,
        ...(call.steps.length > 1 ? { sources: call.steps.map(({ event }) => event) } : {}),
        model,
        tokens: own ?? undefined,
        inputMessages: call.heard,
        outputMessages: [{ role: 'assistant', content: call.steps.flatMap(({ parts }) => parts) }],
      }),
    );
  }
  const prompt = steps.find((step) => step.kind === 'heard' && step.role === 'user');
  const answer = steps.findLast((step) => step.kind === 'said');
  const total = sumOf(steps, around['metrics']);
  const first = ordered[0];
  if (!first) return;
  sink.span(
    spanRecord({
      ...shared,
      spanId: agentId,
      parentSpanId: null,
      name: 'OpenHands',
      kind: 'agent',
      start: first['timestamp'],
      end: ordered.at(-1)!['timestamp'],
      order: orderOf(0),
      source: prompt?.event ?? first,
      tokens: total.tokens ?? undefined,
      cost: total.cost,
      inputMessages: prompt ? [{ role: 'user', content: prompt.content }] : [],
      outputMessages: answer ? [{ role: 'assistant', content: answer.parts }] : [],
      events: marks,
    }),
  );
  sink.trace(traceId, { name: name ?? firstWords(plainText(prompt?.content)) ?? 'OpenHands' });
}

/** The last sums that a conversation reports, of all models that it used. */
function sumOf(
  steps: readonly Step[],
  evaluated: unknown,
): { readonly tokens: ToldTokens | null; readonly cost: number | null } {
  const last = steps.findLast(({ metrics }) => metrics !== null)?.metrics ?? metricsOf(evaluated) ?? [];
  const counted = last.flatMap((metrics) =>
    isObject(metrics['accumulated_token_usage']) ? [metrics['accumulated_token_usage']] : [],
  );
  const sum = (list: readonly Fields[], field: string): number | null =>
    list.reduce<number | null>((all, each) => {
      const one = amount(new Map(Object.entries(each)).get(field));
      return one === null ? all : (all ?? 0) + one;
    }, null);
  return {
    cost: sum(last, 'accumulated_cost'),
    tokens:
      counted.length === 0
        ? null
        : {
            input: sum(counted, 'prompt_tokens'),
            output: sum(counted, 'completion_tokens'),
            cacheRead: sum(counted, 'cache_read_tokens'),
            cacheWrite: sum(counted, 'cache_write_tokens'),
            reasoning: sum(counted, 'reasoning_tokens'),
          },
  };
}
