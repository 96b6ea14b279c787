import type { Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { createPassedOver } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { latest } from '../spans/times.ts';
import { firstWords, orderOf, picked } from '../spans/words.ts';
import type { ReadAll } from '../types.ts';
import { placeTurns, type PlacedTurn } from './placeTurns.ts';
import { fieldsOf, sessionsOf, type Message } from './sessions.ts';

/**
 * Sessions of OpenCode: what `opencode export` writes, the messages that its server lists, and what
 * `opencode run --format json` prints. What a user said begins a turn, which is a trace: the agent, its model calls,
 * their tools, and below the tool `task` the session of the agent that it sent off, if that is among the files. Tools
 * have times of their own; a call of the model is known to be over only when its tools are, so its end is an estimate.
 */
export const readOpencode: ReadAll = (documents, sink) => {
  const passedOver = createPassedOver(sink, 'Parts of OpenCode');
  for (const placed of placeTurns(sessionsOf(documents, sink))) {
    for (const told of turnRecords(placed, passedOver.add)) sink.span(spanRecord(told));
    // What is said of the trace is said by the session that sent the agent off.
    if (placed.place) continue;
    const { session, turn } = placed;
    sink.trace(turn.id, {
      name: nameOf(placed),
      sessionId: session.id,
      metadata: Object.fromEntries(picked(session.info, ['title', 'directory', 'version', 'parentID'])),
    });
  }
  passedOver.report();
};

const partsOf = (message: Message | null): readonly Fields[] => Array.from(message?.parts.values() ?? []);
const timeOf = (value: Fields, which: string): number | null => amount(fieldsOf(value['time'])[which]);
const stateOf = (part: Fields): Fields => fieldsOf(part['state']);

function nameOf({ turn, session }: PlacedTurn): string {
  const prompt = partsOf(turn.prompt);
  // What OpenCode put there for the model is no name.
  const text = prompt.find(({ type, synthetic }) => type === 'text' && synthetic !== true) ?? prompt[0];
  return (
    firstWords(textOf(text?.['text'])) ?? textOf(text?.['type']) ?? firstWords(textOf(session.info['title'])) ?? 'turn'
  );
}

/** What one call of the model gave; an answer of old versions holds several. */
interface Step {
  readonly id: string;
  readonly parts: Fields[];
  finish?: Fields;
}

function stepsOf({ id, parts }: Message): readonly Step[] {
  const steps: Step[] = [{ id, parts: [] }];
  for (const part of parts.values()) {
    if (part['type'] === 'step-start' && steps.at(-1)!.finish)
      steps.push({ id: `${id}-step-${steps.length + 1}`, parts: [] });
    const step = steps.at(-1)!;
    if (part['type'] === 'step-finish') step.finish = part;
    else step.parts.push(part);
  }
  return steps;
}

const SILENT: ReadonlySet<unknown> = new Set([
  'text',
  'reasoning',
  'file',
  'tool',
  'step-start',
  'step-finish',
  'snapshot',
]);
/** What is no speech and no tool, and is told as an event of the turn. */
const MARKS: ReadonlySet<unknown> = new Set(['retry', 'compaction', 'patch', 'agent', 'subtask']);

function* marksOf(messages: readonly Message[], passedOver: (sort: string) => void): Generator<object, void> {
  for (const message of messages)
    for (const part of message.parts.values()) {
      const { type, error } = part;
      if (MARKS.has(type))
        yield {
          name: type,
          time: timeOf(part, 'created') ?? timeOf(message.info, 'created'),
          attributes: new Map([
            ...picked(part, ['attempt', 'name', 'agent', 'description', 'prompt', 'files', 'auto', 'hash']),
            ...(error === undefined ? [] : [['error', failureOf(error)] as const]),
          ]),
        };
      else if (!SILENT.has(type)) passedOver(textOf(type) ?? 'unknown');
    }
}

const failureOf = (error: unknown): string | null => {
  const { data, name, message } = fieldsOf(error);
  return textOf(fieldsOf(data)['message'] ?? message) ?? textOf(name);
};

/** Parts as those of OpenTelemetry's messages. */
const spoken = (parts: readonly Fields[]): readonly Fields[] =>
  parts.flatMap((part): readonly Fields[] => {
    const { type, text, mime, url, tool, callID } = part;
    if (type === 'text' || type === 'reasoning') return [{ type, content: text }];
    if (type === 'file') return [{ type: 'uri', mime_type: mime, uri: url }];
    return type === 'tool' ? [{ type: 'tool_call', id: callID, name: tool, arguments: stateOf(part)['input'] }] : [];
  });

const said = (role: string, parts: readonly Fields[]): readonly Fields[] =>
  parts.length === 0 ? [] : [{ role, parts }];

const isTool = ({ type }: Fields): boolean => type === 'tool';

function* turnRecords(
  { turn, session, place }: PlacedTurn,
  passedOver: (sort: string) => void,
): Generator<ToldSpan, void> {
  const { prompt, answers } = turn;
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'ms' as const,
    sessionId: place?.sessionId ?? session.id,
    service: 'opencode',
    isOver: true,
  };
  const asked = spoken(partsOf(prompt));
  const last = answers.at(-1);
  const first = prompt ?? answers[0]!;
  const failure = last && 'error' in last.info ? failureOf(last.info['error']) : null;
  const answer = answers.findLast((message) => partsOf(message).some(({ type }) => type === 'text'));
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf({ turn, session, place }),
    kind: 'agent',
    start: timeOf(first.info, 'created'),
    end: latest(answers.map(endOf)) ?? timeOf(first.info, 'created'),
    order: orderOf(0),
    source: first.sources[0]!,
    sources: first.sources,
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    inputMessages: said('user', asked),
    outputMessages: answer ? said('assistant', spoken(partsOf(answer))) : [],
    attributes: picked(first.info, ['agent'], 'gen_ai.agent.').map(([, name]) => ['gen_ai.agent.name', name] as const),
    events: [...marksOf(prompt ? [prompt, ...answers] : answers, passedOver)],
  };
  let heard = said('user', asked);
  let order = 0;
  let before: number | null = null;
  for (const message of answers) {
    const created = timeOf(message.info, 'created');
    let start = 'role' in message.info ? created : (before ?? created);
    before = endOf(message);
    const steps = stepsOf(message);
    for (const [at, step] of steps.entries()) {
      const tools = step.parts.filter(isTool);
      yield {
        ...shared,
        ...callOf(message, step, at === steps.length - 1),
        parentSpanId: turn.id,
        start,
        order: orderOf((order += 1)),
        inputMessages: heard,
        instructions: prompt?.info['system'],
      };
      for (const part of tools)
        yield { ...shared, ...toolOf(part), parentSpanId: turn.id, order: orderOf((order += 1)) };
      heard = said('tool', tools.map(resultOf));
      start = latest(step.parts.map(endOfPart)) ?? start;
    }
  }
}

type CallFacts = Omit<ToldSpan, 'traceId' | 'parentSpanId'>;

function callOf({ info, sources, parts }: Message, { id, parts: own, finish }: Step, isLast: boolean): CallFacts {
  const failure = isLast && 'error' in info ? failureOf(info['error']) : null;
  const model = textOf(info['modelID']);
  const tools = own.filter(isTool);
  // The time at which an answer is complete is that of its tools. They begin as soon as they are called for.
  const spokenUntil = latest(own.map((part) => (isTool(part) ? startOfPart(part) : endOfPart(part))));
  const completed = isLast && tools.length === 0 ? timeOf(info, 'completed') : null;
  // Only of the first call in an answer is it known when it began.
  const created = 'role' in info && own[0] === firstPart(parts) ? timeOf(info, 'created') : null;
  const begun = own.find(({ type }) => type === 'text' || type === 'reasoning');
  const heardFirst = begun ? startOfPart(begun) : null;
  const counted = finish ?? (parts.size === own.length ? info : {});
  return {
    spanId: id,
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    end: completed ?? spokenUntil,
    isEstimated: completed === null || !('role' in info),
    source: finish ?? sources[0]!,
    sources: finish ? [...sources, finish] : sources,
    model,
    provider: info['providerID'],
    tokens: tokensOf(counted['tokens']),
    // Where OpenCode knows no price it writes 0.
    cost: amount(counted['cost']) === 0 ? undefined : counted['cost'],
    outputMessages: said('assistant', spoken(own)),
    ...(created === null || heardFirst === null ? {} : { firstTokenSeconds: (heardFirst - created) / 1000 }),
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
  };
}

const firstPart = (parts: ReadonlyMap<string, Fields>): Fields | undefined => parts.values().next().value;

function toolOf(part: Fields): CallFacts {
  const { tool, callID } = part;
  const state = stateOf(part);
  const exit = amount(fieldsOf(state['metadata'])['exit']);
  const failed = state['status'] === 'error';
  const exitCode = exit === null || exit === 0 ? null : `exit code ${exit}`;
  return {
    spanId: part['id'],
    name: textOf(tool) ?? 'tool',
    kind: 'tool',
    start: startOfPart(part),
    end: endOfPart(part),
    source: part,
    status: failed || exitCode !== null ? 'error' : 'unset',
    statusMessage: failed ? (firstWords(textOf(state['error'])) ?? 'error') : exitCode,
    tool: { name: tool, callId: callID, arguments: state['input'], result: state['output'] ?? state['error'] },
  };
}

const resultOf = (part: Fields): Fields => {
  const { output, error } = stateOf(part);
  return {
    type: 'tool_call_response',
    id: part['callID'],
    result: output ?? error,
    ...(error === undefined ? {} : { isError: true }),
  };
};

/** The times of a tool are those of its state. */
const startOfPart = (part: Fields): number | null => timeOf(isTool(part) ? stateOf(part) : part, 'start');
const endOfPart = (part: Fields): number | null => timeOf(isTool(part) ? stateOf(part) : part, 'end');
const endOf = (message: Message): number | null =>
  timeOf(message.info, 'completed') ?? latest(partsOf(message).map((part) => endOfPart(part) ?? startOfPart(part)));

/**
 * What a cache had stands beside the input, what was thought beside the output: that since versions whose total says so
 * (Session.getUsage), while earlier ones count it within. A call that failed has zeros.
 */
function tokensOf(told: unknown): ToldTokens | undefined {
  const { input, output, reasoning, total, cache } = fieldsOf(told);
  const { read, write } = fieldsOf(cache);
  const counts = [input, output, reasoning, read, write].map((count) => amount(count) ?? 0);
  const sum = counts.reduce((all, count) => all + count, 0);
  if (sum === 0) return undefined;
  return {
    input,
    output,
    total,
    cacheRead: read,
    cacheWrite: write,
    reasoning,
    cacheBeside: true,
    reasoningBeside: amount(total) === sum,
  };
}
