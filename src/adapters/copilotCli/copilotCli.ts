import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { outermostSenders } from '../spans/outermostSenders.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { latest, timeBefore } from '../spans/times.ts';
import { firstWords, orderOf, picked } from '../spans/words.ts';
import type { ReadAll } from '../types.ts';
import {
  dataOf,
  isCall,
  resultOf,
  walkEvents,
  type Call,
  type Sender,
  type Session,
  type ToolStep,
  type Turn,
} from './walkEvents.ts';

/**
 * Sessions of GitHub Copilot's CLI (`~/.copilot/session-state/<session>/events.jsonl`): events of the session and of the
 * agents that it sent off, in one file; and what `copilot --output-format json` prints, which is the same without usage.
 * What a user said begins a turn, which is a trace: the agent, its model calls, as long as their usage says that they
 * took, their tools, and agents below the call that sent them off.
 */
export const readCopilotCli: ReadAll = (documents, sink) => {
  const byInput = new Map<number, Fields[]>();
  const seen = new Set<string>();
  let repeats = 0;
  for (const { fields, input } of entriesOf(documents, sink)) {
    const id = textOf(fields['id']);
    if (id !== null && seen.has(id)) {
      repeats += 1;
      continue;
    }
    if (id !== null) seen.add(id);
    const events = byInput.get(input);
    if (events) events.push(fields);
    else byInput.set(input, [fields]);
  }
  if (repeats > 0)
    sink.diagnostic('duplicate-span', 'The same event of a session came more than once and counts once.', {
      count: repeats,
    });
  for (const events of byInput.values()) {
    const session = walkEvents(events);
    const outermost = outermostSenders(({ turn }: Sender) => senderOf(turn, session));
    const sessionId = textOf(session.about['sessionId']);
    for (const turn of session.turns) {
      const place = placeOf(senderOf(turn, session), outermost);
      for (const told of turnRecords(turn, session, place)) sink.span(spanRecord(told));
      // What is said of the trace is said by the turn of the user.
      if (place) continue;
      const { context } = session.about;
      sink.trace(turn.id, {
        name: nameOf(turn, session),
        ...(sessionId === null ? {} : { sessionId }),
        metadata: Object.fromEntries([
          ...picked(isObject(context) ? context : {}, ['cwd', 'repository', 'branch']),
          ...picked(session.about, ['copilotVersion']),
        ]),
      });
    }
  }
};

interface AgentPlace {
  readonly traceId: string;
  readonly parentSpanId: string;
}

/** The call that sent off the agent of a turn. */
const senderOf = ({ agent }: Turn, { senders, tools }: Session): Sender | undefined =>
  agent === null ? undefined : tools.get(textOf(senders.get(agent)?.['toolCallId']) ?? '');

function placeOf(own: Sender | undefined, outermost: (sender: Sender) => Sender | null): AgentPlace | null {
  const first = own && outermost(own);
  return first ? { traceId: first.turn.id, parentSpanId: own.step.spanId } : null;
}

function nameOf({ prompt, agent }: Turn, { senders }: Session): string {
  const asked = firstWords(prompt ? textOf(dataOf(prompt)['content']) : null);
  return asked ?? textOf(agent === null ? null : senders.get(agent)?.['agentName']) ?? 'session';
}

function* turnRecords(turn: Turn, session: Session, place: AgentPlace | null): Generator<ToldSpan, void> {
  const { prompt, steps, first, failure, agent } = turn;
  const shared = {
    traceId: place?.traceId ?? turn.id,
    timeUnit: 'iso' as const,
    sessionId: session.about['sessionId'],
    service: 'copilot-cli',
    isOver: true,
  };
  const told = steps.map((step) => (isCall(step) ? callFacts(step, session) : toolFacts(step)));
  const start = textOf(first['timestamp']);
  const answer = steps.findLast((step): step is Call => isCall(step) && textOf(step.answer?.['content']) !== null);
  const sender = agent === null ? undefined : session.senders.get(agent);
  yield {
    ...shared,
    spanId: turn.id,
    parentSpanId: place?.parentSpanId ?? null,
    name: nameOf(turn, session),
    kind: 'agent',
    start,
    end: latest([start, ...told.map((each) => textOf(each.end) ?? textOf(each.start))]),
    order: orderOf(0),
    source: first,
    status: failure === null ? 'unset' : 'error',
    statusMessage: failure,
    inputMessages: prompt ? [{ role: 'user', content: dataOf(prompt)['content'] }] : [],
    outputMessages: answer ? said(answer) : [],
    attributes: picked(sender, ['agentName']).map(([, name]) => ['gen_ai.agent.name', name] as const),
    events: turn.marks.map((event) => ({
      name: textOf(event['type']) ?? 'event',
      time: event['timestamp'],
      attributes: new Map(Object.entries(dataOf(event))),
    })),
  };
  for (const [at, facts] of told.entries())
    yield { ...shared, ...facts, parentSpanId: turn.id, order: orderOf(at + 1) };
}

type StepFacts = Omit<ToldSpan, 'traceId' | 'parentSpanId'>;

function said({ answer }: Call): readonly Fields[] {
  if (!answer) return [];
  const { content, reasoningText, toolRequests } = answer;
  const requests = Array.isArray(toolRequests) ? toolRequests.filter(isObject) : [];
  return [
    {
      role: 'assistant',
      parts: [
        ...(textOf(reasoningText) === null ? [] : [{ type: 'reasoning', content: reasoningText }]),
        ...(textOf(content) === null ? [] : [{ type: 'text', content }]),
        ...requests.map(({ toolCallId, name, arguments: given }) => ({
          ...{ type: 'tool_call', id: toolCallId, name, arguments: given },
        })),
      ],
    },
  ];
}

function callFacts(call: Call, { about }: Session): StepFacts {
  const { usage, answer, failure, written, begun } = call;
  const model = textOf(usage?.['model'] ?? answer?.['model'] ?? about['selectedModel']);
  const [duration, firstToken] = [amount(usage?.['duration']), amount(usage?.['timeToFirstTokenMs'])];
  const counted = usage ? textOf(call.sources[0]?.['timestamp']) : null;
  const start = timeBefore(counted, duration);
  const failed = failure ? (textOf(failure['message'] ?? failure['reason']) ?? 'failed') : null;
  return {
    spanId: call.spanId,
    name: model === null ? 'chat' : `chat ${model}`,
    kind: 'llm',
    start: start ?? begun ?? written,
    end: start === null ? written : counted,
    isEstimated: start === null,
    source: call.sources[0]!,
    sources: call.sources,
    model,
    provider: usage?.['isByok'] === true ? usage['providerType'] : usage && 'github',
    tokens: usage
      ? {
          input: usage['inputTokens'],
          output: usage['outputTokens'],
          cacheRead: usage['cacheReadTokens'],
          cacheWrite: usage['cacheWriteTokens'],
          reasoning: usage['reasoningTokens'],
        }
      : { output: answer?.['outputTokens'] },
    ...(firstToken === null ? {} : { firstTokenSeconds: firstToken / 1000 }),
    instructions: call.system?.['content'],
    inputMessages: call.heard,
    outputMessages: said(call),
    status: failed === null ? 'unset' : 'error',
    statusMessage: failed,
    attributes: picked(usage, ['apiCallId']).map(([, id]) => ['gen_ai.response.id', id] as const),
  };
}

function toolFacts({ spanId, start, end }: ToolStep): StepFacts {
  const { toolName, toolCallId, arguments: given } = dataOf(start);
  const done = end ? dataOf(end) : {};
  const { success, error, shellExecution } = done;
  const exit = amount(isObject(shellExecution) ? shellExecution['exitCode'] : null);
  const exitCode = exit === null || exit === 0 ? null : `exit code ${exit}`;
  const failed =
    success === false ? (firstWords(textOf(isObject(error) ? error['message'] : error)) ?? 'failed') : null;
  return {
    spanId,
    name: textOf(toolName) ?? 'tool',
    kind: 'tool',
    start: start['timestamp'],
    end: end?.['timestamp'],
    source: start,
    sources: end ? [start, end] : [start],
    status: failed === null && exitCode === null ? 'unset' : 'error',
    statusMessage: exitCode ?? failed,
    tool: { name: toolName, callId: toolCallId, arguments: given, result: resultOf(done) },
  };
}
