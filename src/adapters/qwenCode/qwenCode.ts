import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { lastBegun } from '../spans/lastBegun.ts';
import { outermostSenders } from '../spans/outermostSenders.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { latest } from '../spans/times.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll } from '../types.ts';
import { fieldsOf, isFailure, sessionsOf, startOf, type Lane } from './lanes.ts';
import { isCall, partsOf, walkLane, type Call, type ToolStep, type Turn } from './walkLane.ts';

/**
 * Sessions of Qwen Code (`~/.qwen/projects/<folder>/chats/<session>.jsonl`), and beside them the files of agents that
 * they sent off (`subagents/<session>/`): lines with messages of Gemini, and what the program measured, which gives calls
 * and tools their real times. A turn is a trace: the agent, its model calls, their tools, and agents below their call.
 */
export const readQwenCode: ReadAll = (documents, sink) => {
  const walked = sessionsOf(documents, sink).flatMap(({ lanes }) =>
    Array.from(lanes.values(), (lane): WalkedLane => ({ lane, turns: walkLane(lane) })),
  );
  const senders = sendersOf(walked);
  const outermost = outermostSenders((sender: Sender) => senders.get(sender.lane));
  const underWay = new Map(
    walked.flatMap(({ lane, turns }) =>
      lane.agent === null ? [[lane.session, lastBegun(turns, beganAt)] as const] : [],
    ),
  );
  for (const { lane, turns } of walked) {
    const place = placeOf(senders.get(lane), outermost) ?? placeAround(lane, turns, underWay.get(lane.session));
    for (const turn of turns) {
      for (const told of turnRecords(turn, lane, place)) sink.span(spanRecord(told));
      // What is said of the trace is said by the session that sent the agent off.
      if (place) continue;
      sink.trace(turn.id, {
        name: nameOf(turn, lane),
        ...(lane.session.id === '' ? {} : { sessionId: lane.session.id }),
        metadata: Object.fromEntries(picked(lane.lines[0], ['cwd', 'gitBranch', 'version'])),
      });
    }
  }
};

interface WalkedLane {
  readonly lane: Lane;
  readonly turns: readonly Turn[];
}

interface Sender {
  readonly lane: Lane;
  readonly turn: Turn;
  readonly step: ToolStep;
}

/** Which call sent each agent off: its file says so, and so does its id, which ends with that of the call. */
function sendersOf(walked: readonly WalkedLane[]): ReadonlyMap<Lane, Sender> {
  const calls = new Map<string, Sender[]>();
  for (const { lane, turns } of walked)
    for (const turn of turns)
      for (const step of turn.steps) {
        if (isCall(step) || step.callId === null || !SENDS.test(textOf(step.part['name']) ?? '')) continue;
        const key = `${lane.session.id}/${step.callId}`;
        const alike = calls.get(key);
        if (alike) alike.push({ lane, turn, step });
        else calls.set(key, [{ lane, turn, step }]);
      }
  const senders = new Map<Lane, Sender>();
  for (const { lane } of walked) {
    const { agent, session } = lane;
    if (agent === null) continue;
    const named = session.senders.get(agent) ?? /-([^-]+)$/.exec(agent)?.[1] ?? '';
    const sender = calls.get(`${session.id}/${named}`)?.find((call) => call.lane !== lane);
    if (sender) senders.set(lane, sender);
  }
  return senders;
}
const SENDS = /^(?:agent|task)$/;

interface AgentPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
}

function placeOf(own: Sender | undefined, outermost: (sender: Sender) => Sender | null): AgentPlace | null {
  const first = own && outermost(own);
  return first ? { traceId: first.turn.id, parentSpanId: own.step.spanId } : null;
}

/** Agents that no call sent off, such as one that keeps notes, stand below the turn that was under way. */
function placeAround(
  { agent }: Lane,
  turns: readonly Turn[],
  underWay: ((time: string) => Turn | undefined) | undefined,
): AgentPlace | null {
  const began = turns[0] ? beganAt(turns[0]) : null;
  if (agent === null || began === null) return null;
  const around = underWay?.(began);
  return around ? { traceId: around.id, parentSpanId: around.id } : null;
}

function beganAt({ prompt, steps }: Turn): string | null {
  if (prompt) return textOf(prompt['timestamp']);
  const measured = steps.find(isCall)?.measured;
  return measured ? startOf(measured) : null;
}

/** What the program says in the name of the user. */
const REMINDER = /^\s*<system-reminder>/;

function nameOf({ prompt, steps }: Turn, { agent }: Lane): string {
  const shown = textOf(fieldsOf(prompt?.['systemPayload'])['displayText']);
  const said = prompt ? partsOf(prompt).filter(({ text }) => !REMINDER.test(textOf(text) ?? '')) : [];
  const { subagent_task_name: task, subagent_name: name } = steps.find(isCall)?.measured?.event ?? {};
  return (
    firstWords(shown ?? plainText(said) ?? textOf(task) ?? textOf(name)) ?? (agent === null ? 'session' : 'subagent')
  );
}

/** Thought is marked in Gemini’s parts. */
const spoken = (line: Fields): readonly Fields[] =>
  partsOf(line).map((part) => (part['thought'] === true ? { type: 'reasoning', text: part['text'] } : part));

function* turnRecords(turn: Turn, lane: Lane, place: AgentPlace | null): Generator<ToldSpan, void> {
  const { prompt, steps } = turn;
  const { session, agent } = lane;
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'iso' as const,
    sessionId: session.id,
    service: 'qwen-code',
    isOver: true,
  };
  const told = steps.map((step) => (isCall(step) ? callFacts(step) : toolFacts(step, lane)));
  const last = steps.findLast(isCall);
  const failed = last?.measured && isFailure(last.measured) ? last.measured : null;
  const first = prompt ?? last?.lines[0] ?? last?.measured?.line ?? {};
  const start = beganAt(turn) ?? textOf(told[0]?.start);
  const agentName = textOf(prompt?.['agentName']);
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf(turn, lane),
    kind: 'agent',
    start,
    end: latest([start, ...told.map((each) => textOf(each.end) ?? textOf(each.start))]),
    order: orderOf(0),
    source: first,
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? textOf(failed.event['error_message']) : null,
    inputMessages: prompt ? [{ role: 'user', parts: spoken(prompt) }] : [],
    outputMessages: steps
      .filter(isCall)
      .flatMap(({ lines }) => lines)
      .filter((line) => partsOf(line).some((part) => textOf(part['text']) !== null && part['thought'] !== true))
      .slice(-1)
      .map((line) => ({ role: 'assistant', parts: spoken(line) })),
    attributes: agent === null || agentName === null ? [] : [['gen_ai.agent.name', agentName]],
    events: turn.marks.map((line) => ({
      name: textOf(line['subtype']) ?? textOf(line['type']) ?? 'note',
      time: line['timestamp'],
      attributes: new Map(Object.entries(fieldsOf(line['systemPayload']))),
    })),
  };
  for (const [at, facts] of told.entries())
    yield { ...shared, ...facts, parentSpanId: turn.id, order: orderOf(at + 1) };
}

type StepFacts = Omit<ToldSpan, 'traceId' | 'parentSpanId'>;

/** Services by what the program calls its kinds of accounts; of others it is not known. */
const PROVIDERS: ReadonlyMap<unknown, string> = new Map([
  ['openai', 'openai'],
  ['openai-responses', 'openai'],
  ['anthropic', 'anthropic'],
  ['gemini', 'gcp.gemini'],
  ['vertex-ai', 'gcp.vertex_ai'],
]);

function callFacts({ lines, heard, before, measured }: Call): StepFacts {
  const event = measured?.event ?? {};
  const failed = measured && isFailure(measured) ? measured : null;
  const counted = lines.find(({ usageMetadata }) => isObject(usageMetadata));
  const model = textOf(lines.find((line) => textOf(line['model']) !== null)?.['model'] ?? event['model']);
  const begun = measured ? startOf(measured) : null;
  const written = textOf(lines.at(-1)?.['timestamp']);
  const source = lines[0] ?? measured!.line;
  const firstToken = amount(event['ttft_ms']);
  const said =
    lines.length > 0 ? lines.flatMap(spoken) : picked(event, ['response_text']).map(([, text]) => ({ text }));
  return {
    spanId: textOf(source['uuid']) ?? textOf(event['response_id']),
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    start: begun ?? before ?? written,
    end: begun === null ? written : measured!.end,
    isEstimated: begun === null,
    source,
    sources: measured && lines.length > 0 ? [...lines, measured.line] : [source],
    model,
    provider: PROVIDERS.get(event['auth_type']),
    tokens: counted ? tokensOf(fieldsOf(counted['usageMetadata'])) : tokensOf(measuredUsage(event)),
    ...(firstToken === null ? {} : { firstTokenSeconds: firstToken / 1000 }),
    inputMessages: heard.map((line) => ({ role: 'user', parts: spoken(line) })),
    outputMessages: said.length === 0 ? [] : [{ role: 'assistant', parts: said }],
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? textOf(event['error_message']) : null,
    attributes: picked(event, ['response_id'], 'gen_ai.').map(([, id]) => ['gen_ai.response.id', id] as const),
  };
}

const measuredUsage = (event: Fields): Fields => ({
  promptTokenCount: event['input_token_count'],
  candidatesTokenCount: event['output_token_count'],
  thoughtsTokenCount: event['thoughts_token_count'],
  cachedContentTokenCount: event['cached_content_token_count'],
  totalTokenCount: event['total_token_count'],
});

/** Gemini counts thought beside the answer, OpenAI within: the total says which. */
function tokensOf(usage: Fields): ToldTokens {
  const { promptTokenCount: input, candidatesTokenCount: output, thoughtsTokenCount: thought } = usage;
  const sum = (amount(input) ?? 0) + (amount(output) ?? 0) + (amount(thought) ?? 0);
  return {
    input,
    output,
    total: usage['totalTokenCount'],
    cacheRead: usage['cachedContentTokenCount'],
    reasoning: thought,
    reasoningBeside: amount(usage['totalTokenCount']) === sum,
  };
}

function toolFacts({ spanId, callId, part, called, result }: ToolStep, { session }: Lane): StepFacts {
  const response = fieldsOf(result?.response['response']);
  const told = fieldsOf(result?.line['toolCallResult']);
  const written = textOf(result?.line['timestamp']);
  const known = session.tools.get(callId ?? '');
  const measured = known ?? { end: written, milliseconds: amount(told['durationMs']) };
  const begun = startOf(measured);
  const exit = amount(fieldsOf(told['resultDisplay'])['exitCode']);
  const exitCode = exit === null || exit === 0 ? null : `exit code ${exit}`;
  const status = told['status'] ?? known?.event['status'];
  const failed = status === 'error' || status === 'cancelled' || 'error' in response;
  const failure = textOf(response['error']) ?? textOf(known?.event['error']) ?? textOf(status);
  return {
    spanId,
    name: textOf(part['name']) ?? 'tool',
    kind: 'tool',
    start: begun ?? called,
    end: begun === null ? written : measured.end,
    isEstimated: begun === null && written !== null,
    source: part,
    sources: result ? [part, result.line] : [part],
    status: failed || exitCode !== null ? 'error' : 'unset',
    statusMessage: exitCode ?? (failed ? firstWords(failure) : null),
    tool: {
      name: part['name'],
      callId,
      arguments: part['args'],
      result: response['output'] ?? response['error'] ?? result?.response['response'],
    },
  };
}
