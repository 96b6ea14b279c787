import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { Slice } from '../content/slices.ts';
import { eachEntryOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { SessionPlaces, type SessionFacts, type Step, type Tell } from './places.ts';
import { isOfQwen, messageOf, sentIn, type SentRequest } from './requests.ts';
import { blocksOf, sessionsOf, textOfLine, type Lane, type Line, type Session } from './sessions.ts';
import { walkLane, type LineBlock, type Mark, type SaidCall, type ToolStep, type Turn } from './walkLane.ts';

/**
 * Sessions of Claude Code: JSON Lines as it keeps them (1.0 to 2.1), the files of agents that it sent off beside them,
 * and what `claude -p --output-format stream-json` prints. A turn is a trace: its root is the agent, below it model
 * calls, tools, and the agents behind tools. One answer is several lines that each repeat the whole usage: it is one
 * call. Lines say when they were written, so most lengths are estimates; `stream-json` says no times at all.
 */
export const readClaudeCode: ReadAll = (documents, sink) => {
  const places = new SessionPlaces(toldAgain);
  for (const session of sessionsOf(eachEntryOf(documents, sink), sink)) readSession(session, places, sink);
  places.finish();
};

/** Where in the tree a lane stands. */
interface Stand {
  readonly traceId: string;
  readonly parent: string | null;
}

interface WalkedLane {
  readonly lane: Lane;
  readonly turns: readonly Turn[];
}

function readSession(session: Session, places: SessionPlaces, sink: SpanSink): void {
  const lanes = [session.main, ...session.agents].map((lane): WalkedLane => ({ lane, turns: walkLane(lane) }));
  const standOf = createStands(session, lanes);
  const facts = laneFacts(session);
  const shared: SessionFacts = { id: session.id, facts };
  for (const walked of lanes) {
    walked.turns.forEach((turn, at) => {
      const { traceId, parent } = standOf(walked, turn);
      const isLast = at === walked.turns.length - 1;
      const isOnly = walked === lanes[0] && walked.turns.length === 1;
      for (const { told, step } of toldSpans(turn, walked.lane, { traceId, parent, session, isLast, isOnly, shared })) {
        const record = spanRecord(told);
        const number = places.add(step, shared);
        sink.span(
          number === -1 ? record : { ...record, content: undefined, slice: new Slice(places, number), isWhole: true },
        );
      }
      if (parent !== null) return;
      sink.trace(traceId, {
        name: nameOf(turn, walked.lane),
        ...(session.id === '' ? {} : { sessionId: session.id }),
        metadata: {
          ...facts,
          ...(session.title === null ? {} : { title: session.title }),
          ...(session.cost === null ? {} : { totalCostUSD: session.cost }),
        },
      });
    });
  }
}

/** Finds the tool behind which each agent was at work: by its id in the result, by its prompt, else by the time. */
function createStands(session: Session, lanes: readonly WalkedLane[]): (walked: WalkedLane, turn: Turn) => Stand {
  const byAgent = new Map<string, Place>();
  const byPrompt = new Map<string, Place[]>();
  for (const walked of lanes) {
    for (const turn of walked.turns) {
      for (const tool of turn.tools) {
        const place = { walked, turn, tool };
        byAgent.set(tool.id, place);
        const { agent, prompt } = tool;
        if (agent !== null && agent !== undefined) byAgent.set(agent, place);
        if (prompt !== null) byPrompt.set(prompt.trim(), [...(byPrompt.get(prompt.trim()) ?? []), place]);
      }
    }
  }
  const callers = new Map<WalkedLane, Place>();
  for (const walked of lanes) {
    const { agent, lines } = walked.lane;
    if (agent === null) continue;
    const first = lines[0];
    const prompt = first ? textOfLine(first.fields)?.trim() : undefined;
    const place = byAgent.get(agent) ?? (prompt === undefined ? undefined : byPrompt.get(prompt)?.shift());
    if (place && place.walked !== walked) callers.set(walked, place);
  }
  const main = lanes[0]!;
  return (walked, turn) => {
    if (walked === main) return { traceId: turn.id, parent: null };
    const caller = callers.get(walked);
    // Up from agent to agent, at most once through each of them.
    let at = caller;
    for (let step = 0; at && at.walked !== main && step < lanes.length; step += 1) {
      const next = callers.get(at.walked);
      if (!next) break;
      at = next;
    }
    if (caller && at && (at.walked === main || !callers.has(at.walked)))
      return {
        traceId: at.walked === main ? at.turn.id : `${session.id}:${at.walked.lane.agent}`,
        parent: caller.tool.id,
      };
    if (caller === undefined) {
      const around = main.turns.findLast(({ start }) => start !== null && turn.start !== null && start <= turn.start);
      if (around) return { traceId: around.id, parent: around.id };
    }
    return { traceId: `${session.id}:${walked.lane.agent}`, parent: null };
  };
}

interface Place {
  readonly walked: WalkedLane;
  readonly turn: Turn;
  readonly tool: ToolStep;
}

/** What lines repeat of their session. */
function laneFacts({ main, agents }: Session): Readonly<Record<string, unknown>> {
  const init = main.lines.find(({ subtype }) => subtype === 'init');
  const first = main.lines[0] ?? agents[0]?.lines[0];
  const names = ['cwd', 'gitBranch', 'version', 'claude_code_version', 'qwen_code_version', 'permissionMode'];
  return Object.fromEntries([...picked(first?.fields, names), ...picked(init?.fields, names)]);
}

function nameOf({ prompt }: Turn, { agent }: Lane): string {
  const said = prompt ? textOfLine(prompt.fields) : null;
  const command = /<command-name>([^<]*)<\/command-name>/.exec(said ?? '')?.[1];
  if (command !== undefined) return firstWords(command) ?? 'command';
  const notification = /^\s*<task-notification>[\s\S]*?<summary>([^<]*)<\/summary>/.exec(said ?? '')?.[1];
  if (notification !== undefined) return firstWords(notification) ?? 'notification';
  return firstWords(said) ?? (agent === null ? 'session' : 'subagent');
}

interface Around extends Stand {
  readonly session: Pick<Session, 'cost'>;
  readonly shared: SessionFacts;
  readonly isLast: boolean;
  /** The session has no other turn, so what it cost is what the turn cost. */
  readonly isOnly: boolean;
}

/** The spans of a turn, and what each was made of. */
function* toldSpans(
  turn: Turn,
  lane: Lane,
  around: Around & { readonly session: Session },
): Generator<{ readonly told: ToldSpan; readonly step: Step }, void> {
  const { traceId, session, shared, isLast } = around;
  const spanId = lane.agent === null ? turn.id : `agent-${lane.agent}`;
  const first = turn.calls[0]?.lines[0];
  const spoken = turn.calls.at(-1)?.lines ?? [];
  yield {
    told: { ...turnFacts(turn, first, spoken, around), spanId, name: nameOf(turn, lane) },
    step: { kind: 'turn', turn, first, spoken },
  };
  const within = { ...ofSession(shared), traceId, parentSpanId: spanId };
  // In the order in which they ran: lines are asked for again while they are remembered.
  for (const each of [...turn.calls, ...turn.tools].sort((a, b) => a.place - b.place)) {
    if ('heard' in each) {
      const request = session.requests.of(each.lines.at(-1)!.fields['requestRef']);
      yield { told: { ...within, ...callFacts(each, request) }, step: { kind: 'call', call: each, request } };
    } else {
      yield { told: { ...within, ...toolFacts(each, isLast) }, step: { kind: 'tool', tool: each } };
    }
  }
}

/** What a span holds, told again of what it was made of. Ids, times and amounts are known already. */
const toldAgain: Tell = (step, shared) => {
  const around = { traceId: '', parent: null, session: { cost: null }, shared, isLast: true, isOnly: false };
  if (step.kind === 'turn')
    return {
      ...turnFacts({ ...step.turn, calls: [], start: null, end: null }, step.first, step.spoken, around),
      spanId: '',
    };
  const facts =
    step.kind === 'call'
      ? callFacts({ ...step.call, id: '', start: null, end: null }, step.request)
      : toolFacts({ ...step.tool, id: textOf(blockAt(step.tool.block)?.['id']) ?? '', start: null }, true);
  return { ...ofSession(shared), ...facts, traceId: '' };
};

const ofSession = ({ id, facts }: SessionFacts) =>
  ({
    timeUnit: 'iso',
    sessionId: id,
    service: 'qwen_code_version' in facts ? 'qwen-code' : 'claude-code',
    isOver: true,
  }) as const;

type TurnFacts = Pick<Turn, 'prompt' | 'marks' | 'result' | 'calls' | 'start' | 'end' | 'place'>;

function turnFacts(
  turn: TurnFacts,
  first: Line | undefined,
  spoken: readonly Line[],
  around: Around,
): Omit<ToldSpan, 'spanId' | 'name'> {
  const { traceId, session, shared } = around;
  const { prompt, result } = turn;
  const sources = [prompt, ...turn.marks.map(({ line }) => line), result].flatMap((line) =>
    line ? [line.fields] : [],
  );
  const source = sources[0] ?? first?.fields ?? {};
  const failed = result?.fields['is_error'] === true;
  return {
    ...ofSession(shared),
    traceId,
    parentSpanId: around.parent,
    kind: 'agent',
    start: turn.start,
    end: turn.start === null ? null : turn.end,
    order: orderOf(turn.place),
    source,
    ...(sources.length > 1 ? { sources } : {}),
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? textOf(result.fields['result'] ?? result.fields['subtype']) : null,
    cost: result?.fields['total_cost_usd'] ?? (around.isOnly ? session.cost : null),
    tokens: result && turn.calls.some(isUnfinished) ? tokensOfModels(result.fields['modelUsage']) : undefined,
    inputMessages: prompt ? [prompt.fields['message']] : [],
    outputMessages: answerOf(spoken, result),
    events: turn.marks.map(markEvent),
    attributes: [
      ...Object.entries(shared.facts).map(([key, value]) => [`claude_code.${key}`, value] as const),
      ...(amount(result?.fields['duration_ms']) === null
        ? []
        : ([['claude_code.duration_ms', result!.fields['duration_ms']]] as const)),
    ],
  };
}

/** The last words of a turn. */
function answerOf(lines: readonly Line[], result: Line | undefined): unknown {
  const said = textOf(result?.fields['result']);
  if (said !== null) return [{ role: 'assistant', content: said }];
  const texts = lines.flatMap(({ fields }) => blocksOf(fields)).filter(({ type }) => type === 'text');
  return texts.length === 0 ? [] : [{ role: 'assistant', content: texts }];
}

const markEvent = ({ name, line: { fields, time } }: Mark): object => {
  const { subtype, content, compactMetadata, level, error } = fields;
  const about = { subtype, content, compactMetadata, level, error };
  return {
    name,
    time,
    attributes: new Map(Object.entries(about).filter(([, value]) => value !== undefined && value !== '')),
  };
};

type CallFacts = Omit<ToldSpan, 'traceId'>;

function callFacts(call: SaidCall, sent: SentRequest | null): CallFacts {
  const { id, end, lines, place } = call;
  const last = lines.at(-1)!;
  const model = textOf(messageOf(last.fields)['model']);
  const isCall = model !== SYNTHETIC;
  const failed = lines.some(({ fields }) => fields['isApiErrorMessage'] === true);
  const stop = lines.map((line) => textOf(messageOf(line.fields)['stop_reason'])).findLast((reason) => reason !== null);
  const costs = lines.flatMap(({ fields }) => amount(fields['costUSD']) ?? []);
  const request = sent && sentIn(sent);
  const start = request?.time ?? call.start;
  return {
    spanId: id,
    name: model === null || !isCall ? (failed ? 'API error' : 'note') : `chat ${model}`,
    kind: isCall || failed ? 'llm' : 'event',
    start,
    end,
    isEstimated: start !== null && !request?.time,
    order: orderOf(place),
    source: last.fields,
    sources: lines.map(({ fields }) => fields),
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? plainText(messageOf(last.fields)['content']) : null,
    ...(isCall ? { model, provider: isOfQwen(last.fields) ? null : 'anthropic', tokens: tokensOf(call) } : {}),
    ...(costs.length > 0 ? { cost: Math.max(...costs) } : {}),
    inputMessages: heardIn(call, request),
    instructions: request?.system,
    toolDefinitions: request?.tools,
    outputMessages: [
      {
        role: 'assistant',
        content: lines.flatMap(({ fields }) => blocksOf(fields)),
        ...(stop === undefined ? {} : { stop_reason: stop }),
      },
    ],
    attributes: lines.flatMap(({ fields }) =>
      textOf(fields['requestId']) === null ? [] : [['gen_ai.response.id', fields['requestId']] as const],
    ),
  };
}

/** The model of what the program says in the model's place. */
const SYNTHETIC = '<synthetic>';

/**
 * What was new to the model: as it was sent, where that is recorded, with what is no line of the session, such as
 * reminders. What a request repeats of the session, such as results of tools, is not recorded again.
 */
function heardIn(call: SaidCall, request: ReturnType<typeof sentIn> | null): readonly Fields[] {
  const heard = call.heard.map(({ fields }) => messageOf(fields));
  if (!request || request.messages.length === 0) return heard;
  const isSentWhole = request.messages.some(({ role }) => role === 'user');
  const further = isSentWhole
    ? heard.filter(({ content }) => Array.isArray(content) && content.some(isToolResult))
    : heard;
  return [...further, ...request.messages];
}

const isToolResult = (block: unknown): boolean => isObject(block) && block['type'] === 'tool_result';

/**
 * Whether only the beginning of an answer says what it counts: `stream-json` prints the usage of `message_start`, in which
 * the output is one token, whatever follows (measured with 2.1.332). Session files are mended when the answer ends.
 */
const isUnfinished = ({ lines }: SaidCall): boolean =>
  lines.every(
    ({ fields }) =>
      fields['session_id'] !== undefined && messageOf(fields)['stop_reason'] === null && !isOfQwen(fields),
  );

/** Of lines that repeat the usage of one call the one that counts most output: earlier ones were written too early. */
function tokensOf(call: SaidCall): ToldTokens | undefined {
  let best: Fields | undefined;
  for (const line of call.lines) {
    const { usage } = messageOf(line.fields);
    if (isObject(usage) && (!best || (amount(usage['output_tokens']) ?? -1) >= (amount(best['output_tokens']) ?? -1)))
      best = usage;
  }
  const isBeside = !isOfQwen(call.lines[0]!.fields);
  return (
    best && {
      input: best['input_tokens'],
      output: best['output_tokens'],
      isUnfinished: isUnfinished(call),
      cacheRead: best['cache_read_input_tokens'],
      cacheWrite: best['cache_creation_input_tokens'],
      cacheBeside: isBeside,
    }
  );
}

/** What a run used in all, by model: agents that were sent off included. */
function tokensOfModels(models: unknown): ToldTokens | undefined {
  if (!isObject(models)) return undefined;
  const each = Object.values(models).filter(isObject);
  const sum = (key: string): number => each.reduce((all, usage) => all + (amount(usage[key]) ?? Number.NaN), 0);
  const [input, output, cacheRead, cacheWrite] = [
    sum('inputTokens'),
    sum('outputTokens'),
    sum('cacheReadInputTokens'),
    sum('cacheCreationInputTokens'),
  ];
  return each.length === 0 ? undefined : { input, output, cacheRead, cacheWrite, cacheBeside: true };
}

/** Nothing where a host has changed or taken away the bytes it gave. */
const blockAt = (block: LineBlock | undefined): Fields | undefined => block && blocksOf(block.line.fields)[block.at];

function toolFacts(step: Pick<ToolStep, 'id' | 'block' | 'start' | 'place' | 'result'>, isLast: boolean): CallFacts {
  const { id, start, place, result } = step;
  const block = blockAt(step.block) ?? {};
  const given = blockAt(result);
  const told = result?.line.fields['toolUseResult'];
  const end = result?.line.time ?? null;
  // What an agent took stands with the agent.
  const length = isObject(told) && told['agentId'] === undefined ? amount(told['durationMs']) : null;
  const begin = length === null || end === null ? null : before(end, length);
  const failed = given?.['is_error'] === true || (typeof told === 'string' && told.startsWith('Error: '));
  const { name } = block;
  return {
    spanId: id,
    name: textOf(name) ?? 'tool',
    kind: 'tool',
    // A tool that says how long it took began no earlier than it was called.
    start: begin !== null && start !== null && begin > start ? begin : start,
    end,
    isEstimated: start !== null && end !== null && begin === null,
    isOver: result !== undefined || !isLast,
    order: orderOf(place),
    source: block,
    sources: [block, ...(result ? [result.line.fields] : [])],
    status: failed ? 'error' : 'unset',
    statusMessage: failed ? firstWords(plainText(given?.['content'])) : null,
    tool: { name, callId: id, arguments: block['input'], result: given?.['content'] },
  };
}

function before(time: string, milliseconds: number): string | null {
  const at = Date.parse(time) - milliseconds;
  return milliseconds >= 0 && Number.isFinite(at) && at > 0 ? new Date(at).toISOString() : null;
}
