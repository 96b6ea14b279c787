import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { outermostSenders } from '../spans/outermostSenders.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Chat logs of Gemini CLI (`~/.gemini/tmp/<hash>/chats`): JSON Lines of a head, messages and changes, or one object with
 * `messages`. A message that comes again replaces the earlier one, `$rewindTo` drops it and all after. What a user said
 * begins a turn, which is a trace: the agent, its model calls, their tools, and the logs of subagents below the call that
 * names them. Each message has one time, so all lengths are estimates.
 */
export const readGeminiCli: ReadAll = (documents, sink) => {
  const logs = new Map<string, Log>();
  const current = new Map<number, Log>();
  for (const { fields, input } of entriesOf(documents, sink)) {
    if ('projectHash' in fields) {
      const id = `${textOf(fields['sessionId']) ?? ''}/${textOf(fields['kind']) ?? ''}/${logs.size}`;
      const log: Log = { head: { ...fields }, messages: new Map(), rewinds: new Set() };
      logs.set(id, log);
      current.set(input, log);
      for (const message of Array.isArray(fields['messages']) ? fields['messages'] : []) take(message, log, sink);
    } else {
      let log = current.get(input);
      if (!log) {
        log = { head: {}, messages: new Map(), rewinds: new Set() };
        logs.set(`input ${input}`, log);
        current.set(input, log);
      }
      take(fields, log, sink);
    }
  }
  const callers = callsOfAgents(logs.values());
  const callerOf = ({ head }: Log) =>
    head['kind'] === 'subagent' ? callers.get(textOf(head['sessionId']) ?? '') : undefined;
  const outermost = outermostSenders((caller: Caller) => callerOf(caller.log));
  for (const log of logs.values()) {
    const own = callerOf(log);
    const first = own && outermost(own);
    readLog(log, first ? { ...first.place, parentSpanId: own.place.parentSpanId } : undefined, sink);
  }
};

/** Where the log of a subagent stands: below the call that sent it off, in the trace of that turn. */
interface AgentPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
  readonly sessionId: string | null;
}

interface Caller {
  readonly log: Log;
  readonly place: AgentPlace;
}

/** Calls that say which agent they sent off, by its id. */
function callsOfAgents(logs: Iterable<Log>): ReadonlyMap<string, Caller> {
  const callers = new Map<string, Caller>();
  for (const log of logs) {
    const sessionId = textOf(log.head['sessionId']);
    for (const turn of turnsOf(log))
      for (const [id, message] of turn.messages)
        toolsOf(message).forEach((call, index) => {
          const agent = textOf(call['agentId']);
          if (agent !== null && agent !== sessionId)
            callers.set(agent, { log, place: { traceId: turn.id, parentSpanId: callId(call, id, index), sessionId } });
        });
  }
  return callers;
}

interface Log {
  head: Fields;
  readonly messages: Map<string, Fields>;
  /** Messages before which something was taken back. */
  readonly rewinds: Set<string>;
}

function take(line: unknown, log: Log, sink: SpanSink): void {
  if (!isObject(line)) {
    sink.diagnostic('span-not-object', 'An entry among the messages is not an object and was left out.');
    return;
  }
  const back = textOf(line['$rewindTo']);
  if (isObject(line['$set'])) log.head = { ...log.head, ...line['$set'] };
  else if (back !== null) {
    let found = false;
    for (const id of log.messages.keys()) {
      found ||= id === back;
      if (found) log.messages.delete(id);
    }
    log.rewinds.add(Array.from(log.messages.keys()).at(-1) ?? '');
  } else log.messages.set(textOf(line['id']) ?? `message-${log.messages.size + 1}`, line);
}

interface Turn {
  readonly id: string;
  readonly prompt: Fields | null;
  readonly messages: (readonly [id: string, message: Fields])[];
  readonly isRewound: boolean;
}

function turnsOf({ head, messages, rewinds }: Log): readonly Turn[] {
  const sessionId = textOf(head['sessionId']);
  const turns: Turn[] = [];
  let last = '';
  for (const [id, message] of messages) {
    if (message['type'] === 'user' || turns.length === 0)
      turns.push({
        id: sessionId === null ? id : `${sessionId}/${id}`,
        prompt: message['type'] === 'user' ? message : null,
        messages: message['type'] === 'user' ? [] : [[id, message]],
        isRewound: rewinds.has(last),
      });
    else turns.at(-1)!.messages.push([id, message]);
    last = id;
  }
  return turns;
}

function readLog(log: Log, place: AgentPlace | undefined, sink: SpanSink): void {
  const { head } = log;
  const sessionId = textOf(head['sessionId']);
  const turns = turnsOf(log);
  turns.forEach((turn, at) => {
    const next = turns[at + 1];
    for (const told of turnRecords(turn, head, place, next === undefined)) sink.span(spanRecord(told));
    // What is said of the trace is said by the session that sent the agent off.
    if (place) return;
    sink.trace(turn.id, {
      name: nameOf(turn, head),
      ...(sessionId === null ? {} : { sessionId }),
      metadata: Object.fromEntries(picked(head, ['projectHash', 'kind', 'summary', 'directories'])),
    });
  });
}

const contentOf = (message: Fields): unknown => message['content'];

const nameOf = ({ prompt }: Turn, head: Fields): string =>
  firstWords(prompt ? plainText(prompt['displayContent'] ?? contentOf(prompt)) : null) ??
  textOf(head['kind']) ??
  'session';

/** Text or parts of Gemini as the content of a message. */
const said = (content: unknown): readonly unknown[] => {
  if (Array.isArray(content)) return content;
  return isObject(content) ? [content] : textOf(content) === null ? [] : [{ text: content }];
};

function* turnRecords(
  turn: Turn,
  head: Fields,
  place: AgentPlace | undefined,
  isLast: boolean,
): Generator<ToldSpan, void> {
  const sessionId = place?.sessionId ?? head['sessionId'];
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'iso' as const,
    sessionId,
    service: 'gemini-cli',
    isOver: true,
  };
  const { prompt, messages } = turn;
  const times = [prompt, ...messages.map(([, message]) => message)].flatMap((message) =>
    message ? [textOf(message['timestamp']), ...toolsOf(message).map((call) => textOf(call['timestamp']))] : [],
  );
  const known = times.filter((time) => time !== null).sort();
  const calls = messages.filter(([, { type }]) => type === 'gemini');
  const answer = calls.findLast(([, message]) => said(contentOf(message)).length > 0)?.[1];
  const first = prompt ?? messages[0]?.[1] ?? {};
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf(turn, head),
    kind: 'agent',
    start: first['timestamp'] ?? known[0],
    end: known.at(-1),
    order: orderOf(0),
    source: first,
    inputMessages: prompt ? [{ role: 'user', content: said(contentOf(prompt)) }] : [],
    outputMessages: answer ? [{ role: 'assistant', content: said(contentOf(answer)) }] : [],
    events: [
      ...(turn.isRewound ? [{ name: 'rewind', time: first['timestamp'] }] : []),
      ...messages
        .filter(([, { type }]) => type !== 'gemini')
        .map(([, message]) => ({
          name: textOf(message['type']) ?? 'message',
          time: message['timestamp'],
          attributes: new Map([['message', plainText(contentOf(message))]]),
        })),
    ],
  };
  let before = textOf(first['timestamp']);
  let heard: readonly Fields[] = prompt ? [{ role: 'user', content: said(contentOf(prompt)) }] : [];
  let order = 0;
  for (const [at, [id, message]] of messages.entries()) {
    if (message['type'] !== 'gemini') continue;
    const tools = toolsOf(message);
    const time = textOf(message['timestamp']);
    const { model } = message;
    yield {
      ...shared,
      spanId: id,
      parentSpanId: turn.id,
      name: textOf(model) === null ? 'chat' : `chat ${textOf(model)}`,
      kind: 'llm',
      start: before ?? time,
      end: time,
      isEstimated: time !== null,
      order: orderOf((order += 1)),
      source: message,
      model,
      provider: 'gcp.gemini',
      tokens: tokensOf(message['tokens']),
      inputMessages: heard,
      outputMessages: [
        {
          role: 'assistant',
          content: [
            ...thoughtsOf(message),
            ...said(contentOf(message)),
            ...tools.map((call) => ({ functionCall: { id: call['id'], name: call['name'], args: call['args'] } })),
          ],
        },
      ],
    };
    const next = messages[at + 1]?.[1]['timestamp'];
    for (const [index, call] of tools.entries()) {
      const failed = call['status'] === 'error' || call['status'] === 'cancelled';
      const end = textOf(call['timestamp']);
      const result = resultOf(call['result']);
      yield {
        ...shared,
        spanId: callId(call, id, index),
        parentSpanId: turn.id,
        name: textOf(call['name']) ?? 'tool',
        kind: 'tool',
        start: time,
        end: end ?? next ?? (isLast ? null : time),
        isEstimated: true,
        order: orderOf((order += 1)),
        source: call,
        status: failed ? 'error' : 'unset',
        statusMessage: failed ? (textOf(isObject(result) ? result['error'] : null) ?? textOf(call['status'])) : null,
        tool: {
          name: call['name'],
          callId: call['id'],
          arguments: call['args'],
          result: result ?? call['resultDisplay'],
        },
      };
      if (end !== null && (before === null || end > before)) before = end;
    }
    heard = tools.length === 0 ? [] : [{ role: 'user', content: tools.flatMap((call) => said(call['result'])) }];
    if (time !== null && (before === null || time > before)) before = time;
  }
}

const callId = (call: Fields, message: string, index: number): string =>
  textOf(call['id']) ?? `${message}-tool-${index + 1}`;

const toolsOf = (message: Fields): readonly Fields[] =>
  Array.isArray(message['toolCalls']) ? message['toolCalls'].filter(isObject) : [];

const thoughtsOf = (message: Fields): readonly Fields[] =>
  Array.isArray(message['thoughts'])
    ? message['thoughts'].filter(isObject).map(({ subject, description }) => ({
        type: 'reasoning',
        text: [subject, description].flatMap((text) => textOf(text) ?? []).join('\n'),
      }))
    : [];

/** `[{ functionResponse: { response } }]`, mostly one. */
function resultOf(result: unknown): unknown {
  const [only, more] = Array.isArray(result) ? (result as readonly unknown[]) : [];
  const response =
    isObject(only) && isObject(only['functionResponse']) ? only['functionResponse']['response'] : undefined;
  return more === undefined && response !== undefined ? response : result;
}

/** What was thought stands beside the output, what a cache had is part of the input. */
function tokensOf(tokens: unknown): ToldTokens | undefined {
  if (!isObject(tokens)) return undefined;
  const tool = amount(tokens['tool']) ?? 0;
  return {
    input: tool > 0 ? (amount(tokens['input']) ?? 0) + tool : tokens['input'],
    output: tokens['output'],
    total: tokens['total'],
    cacheRead: tokens['cached'],
    reasoning: tokens['thoughts'],
    reasoningBeside: true,
  };
}
