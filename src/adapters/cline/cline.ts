import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { outermostSenders } from '../spans/outermostSenders.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { latest } from '../spans/times.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Sessions of Cline (`~/.cline/data/sessions/<session>/<session>.messages.json`), and beside them the messages of agents
 * that they sent off: messages of Anthropic, each with the time at which it was written. What a user said begins a turn,
 * which is a trace: the agent, its model calls, their tools, and agents below the call that gave them their task. A
 * message has one time, so the lengths of calls and tools are estimates.
 */
export const readCline: ReadAll = (documents, sink) => {
  const sessions = new Map<string, Session>();
  for (const { fields } of entriesOf(documents, sink)) {
    const { messages } = fields;
    if (!Array.isArray(messages)) {
      sink.diagnostic('mixed-format', 'An entry beside the sessions of Cline has no messages and was left out.');
      continue;
    }
    const id = textOf(fields['sessionId']) ?? '';
    // The last of several copies is believed.
    if (sessions.has(id))
      sink.diagnostic('duplicate-span', 'The same session of Cline came more than once, and the last of it counts.');
    sessions.set(id, { id, fields, turns: turnsOf(messages, id, sink) });
  }
  const senders = sendersOf(sessions);
  const outermost = outermostSenders((sender: Sender) => senders.get(sender.session));
  for (const session of sessions.values()) {
    const place = placeOf(senders.get(session), outermost);
    for (const turn of session.turns) {
      for (const told of turnRecords(turn, session, place)) sink.span(spanRecord(told));
      // What is said of the trace is said by the session that sent the agent off.
      if (place) continue;
      const { version } = originOf(session);
      sink.trace(turn.id, {
        name: nameOf(turn),
        sessionId: session.id,
        metadata: Object.fromEntries(picked({ version }, ['version'])),
      });
    }
  }
};

interface Session {
  readonly id: string;
  readonly fields: Fields;
  readonly turns: readonly Turn[];
}

interface Call {
  readonly spanId: string;
  readonly message: Fields;
  readonly heard: readonly Fields[];
  readonly start: number | null;
  readonly end: number | null;
}

interface ToolStep {
  readonly spanId: string;
  readonly block: Fields;
  readonly start: number | null;
  result?: { readonly message: Fields; readonly block: Fields };
}

interface Turn {
  readonly id: string;
  readonly prompt: Fields | null;
  readonly steps: (Call | ToolStep)[];
}

const isCall = (step: Call | ToolStep): step is Call => 'heard' in step;
const originOf = ({ fields }: Session): Fields => (isObject(fields['origin']) ? fields['origin'] : {});
const timeOf = (message: Fields | null | undefined): number | null => amount(message?.['ts']);
const isNamed =
  (type: string) =>
  (block: Fields): boolean =>
    block['type'] === type;

const blocksOf = ({ content }: Fields): readonly Fields[] => {
  if (Array.isArray(content)) return content.filter(isObject);
  return textOf(content) === null ? [] : [{ type: 'text', text: content }];
};

function turnsOf(messages: readonly unknown[], session: string, sink: SpanSink): readonly Turn[] {
  const turns: Turn[] = [];
  const tools = new Map<string, ToolStep>();
  let heard: Fields[] = [];
  let before: number | null = null;
  for (const [number, message] of messages.entries()) {
    if (!isObject(message)) {
      sink.diagnostic('span-not-object', 'An entry among the messages is not an object and was left out.');
      continue;
    }
    const blocks = blocksOf(message);
    const results = blocks.filter(isNamed('tool_result'));
    const id = textOf(message['id']) ?? `${session}-message-${number + 1}`;
    const isAnswer = message['role'] === 'assistant';
    if ((!isAnswer && results.length === 0) || turns.length === 0) {
      turns.push({ id: `${session}/${id}`, prompt: isAnswer ? null : message, steps: [] });
      heard = [];
    }
    const { steps } = turns.at(-1)!;
    if (isAnswer) {
      steps.push({
        spanId: `${session}/${id}/call`,
        message,
        heard,
        start: before ?? timeOf(message),
        end: timeOf(message),
      });
      heard = [];
      for (const block of blocks.filter(isNamed('tool_use'))) {
        const step: ToolStep = { spanId: `${session}/${id}/${steps.length}`, block, start: timeOf(message) };
        steps.push(step);
        tools.set(textOf(block['id']) ?? step.spanId, step);
      }
    } else heard.push(message);
    for (const block of results) {
      const step = tools.get(textOf(block['tool_use_id']) ?? '');
      if (step && !step.result) step.result = { message, block };
    }
    before = timeOf(message) ?? before;
  }
  return turns;
}

interface Sender {
  readonly session: Session;
  readonly turn: Turn;
  readonly step: ToolStep;
}

/** An agent names the session that sent it off, whose call holds its task word for word. */
function sendersOf(sessions: ReadonlyMap<string, Session>): ReadonlyMap<Session, Sender> {
  const byTask = new Map<string, Sender[]>();
  for (const session of sessions.values())
    for (const turn of session.turns)
      for (const step of turn.steps) {
        const task = isCall(step) || !isObject(step.block['input']) ? null : textOf(step.block['input']['task']);
        if (task === null || isCall(step)) continue;
        const key = `${session.id}/${task.trim()}`;
        const calls = byTask.get(key);
        if (calls) calls.push({ session, turn, step });
        else byTask.set(key, [{ session, turn, step }]);
      }
  const senders = new Map<Session, Sender>();
  for (const session of sessions.values()) {
    const parent = textOf(originOf(session)['parentThreadId']);
    const task = session.turns[0]?.prompt ? saidBy(session.turns[0].prompt) : null;
    // The same task twice is two agents, one after the other.
    const sender = parent === null || task === null ? undefined : byTask.get(`${parent}/${task.trim()}`)?.shift();
    if (sender) senders.set(session, sender);
  }
  return senders;
}

interface AgentPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
  readonly sessionId: string;
}

function placeOf(own: Sender | undefined, outermost: (sender: Sender) => Sender | null): AgentPlace | null {
  const first = own && outermost(own);
  return first ? { traceId: first.turn.id, parentSpanId: own.step.spanId, sessionId: first.session.id } : null;
}

/** Cline wraps what a user said. */
const WRAPPED = /^\s*<user_input[^>]*>([\s\S]*)<\/user_input>\s*$/;

function saidBy(message: Fields): string | null {
  const said = plainText(blocksOf(message).filter(isNamed('text')));
  return said === null ? null : (WRAPPED.exec(said)?.[1] ?? said);
}

const nameOf = ({ prompt }: Turn): string => firstWords(prompt ? saidBy(prompt) : null) ?? 'session';

function* turnRecords(turn: Turn, session: Session, place: AgentPlace | null): Generator<ToldSpan, void> {
  const { prompt, steps } = turn;
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'ms' as const,
    sessionId: place?.sessionId ?? session.id,
    service: 'cline',
    isOver: true,
  };
  const calls = steps.filter(isCall);
  const last = calls.at(-1)?.message;
  const failure = last && failureOf(last);
  const told = steps.map((step) => (isCall(step) ? callFacts(step) : toolFacts(step)));
  const first = prompt ?? last ?? session.fields;
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf(turn),
    kind: 'agent',
    start: timeOf(first),
    end: latest([timeOf(first), ...told.map(({ end }) => amount(end))]),
    order: orderOf(0),
    source: first,
    status: failure ? 'error' : 'unset',
    statusMessage: failure,
    inputMessages: prompt ? [prompt] : [],
    outputMessages: last ? [last] : [],
    instructions: session.fields['system_prompt'],
    attributes: picked(session.fields, ['agent'], 'gen_ai.agent.').map(
      ([, name]) => ['gen_ai.agent.name', name] as const,
    ),
  };
  for (const [at, facts] of told.entries())
    yield {
      ...shared,
      ...facts,
      parentSpanId: turn.id,
      isEstimated: true,
      order: orderOf(at + 1),
    };
}

/** A call that failed is an answer that is only shown. */
function failureOf(message: Fields): string | null {
  const { metadata } = message;
  return isObject(metadata) && metadata['displayRole'] === 'error' ? (saidBy(message) ?? 'error') : null;
}

type StepFacts = Omit<ToldSpan, 'traceId' | 'parentSpanId'>;

function callFacts({ spanId, message, heard, start, end }: Call): StepFacts {
  const info = isObject(message['modelInfo']) ? message['modelInfo'] : {};
  const metrics = isObject(message['metrics']) ? message['metrics'] : null;
  const model = textOf(info['id']);
  const failure = failureOf(message);
  return {
    spanId,
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    start,
    end,
    source: message,
    model,
    provider: info['provider'],
    tokens: metrics
      ? {
          input: metrics['inputTokens'],
          output: metrics['outputTokens'],
          cacheRead: metrics['cacheReadTokens'],
          cacheWrite: metrics['cacheWriteTokens'],
        }
      : undefined,
    // Where no price is known 0 is written.
    cost: amount(metrics?.['cost']) === 0 ? undefined : metrics?.['cost'],
    inputMessages: heard,
    outputMessages: failure === null ? [message] : [],
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
  };
}

function toolFacts({ spanId, block, start, result }: ToolStep): StepFacts {
  const given = result?.block['content'];
  const failure = toolFailure(result?.block);
  return {
    spanId,
    name: textOf(block['name']) ?? 'tool',
    kind: 'tool',
    start,
    end: timeOf(result?.message) ?? start,
    source: block,
    sources: result ? [block, result.block] : [block],
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    tool: { name: block['name'], callId: block['id'], arguments: block['input'], result: given },
  };
}

/** A tool may do several things at once, each with a success of its own. */
function toolFailure(block: Fields | undefined): string | null {
  const { content, is_error: failed } = block ?? {};
  const list: readonly unknown[] = Array.isArray(content) ? content : [];
  const part = list.find((each) => isObject(each) && each['success'] === false);
  if (isObject(part)) return firstWords(textOf(part['error'])) ?? 'failed';
  if (failed !== true) return null;
  return firstWords(textOf(jsonObject(content)?.['error']) ?? plainText(content)) ?? 'failed';
}
