import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan, type ToldTokens } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { blocksOf, sessionsOf, textOfLine, type Lane, type Line, type Session } from './sessions.ts';
import type { SentRequest } from './requests.ts';
import { walkLane, type Call, type Mark, type ToolStep, type Turn } from './walkLane.ts';

/**
 * Sessions of Claude Code: JSON Lines as it keeps them (1.0 to 2.1), the files of agents that it sent off beside them,
 * and what `claude -p --output-format stream-json` prints. A turn is a trace: its root is the agent, below it model
 * calls, tools, and the agents behind tools. One answer is several lines that each repeat the whole usage: it is one
 * call. Lines say when they were written, so most lengths are estimates; `stream-json` says no times at all.
 */
export const readClaudeCode: ReadAll = (documents, sink) => {
  for (const session of sessionsOf(entriesOf(documents, sink), sink)) readSession(session, sink);
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

function readSession(session: Session, sink: SpanSink): void {
  const lanes = [session.main, ...session.agents].map((lane): WalkedLane => ({ lane, turns: walkLane(lane) }));
  const standOf = createStands(session, lanes);
  const facts = laneFacts(session);
  for (const walked of lanes) {
    walked.turns.forEach((turn, at) => {
      const { traceId, parent } = standOf(walked, turn);
      const isLast = at === walked.turns.length - 1;
      const isOnly = walked === lanes[0] && walked.turns.length === 1;
      for (const record of turnRecords(turn, walked.lane, { traceId, parent, session, isLast, isOnly, facts }))
        sink.span(spanRecord(record));
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
        const told = tool.result?.line.fields['toolUseResult'];
        const agent = isObject(told) ? textOf(told['agentId']) : null;
        if (agent !== null) byAgent.set(agent, place);
        const input = tool.block['input'];
        const prompt = isObject(input) ? textOf(input['prompt']) : null;
        if (prompt !== null) byPrompt.set(prompt.trim(), [...(byPrompt.get(prompt.trim()) ?? []), place]);
      }
    }
  }
  const callers = new Map<WalkedLane, Place>();
  for (const walked of lanes) {
    const { agent, lines } = walked.lane;
    if (agent === null) continue;
    const first = lines[0];
    const prompt = first ? textOfLine(first)?.trim() : undefined;
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
  const init = main.lines.find(({ fields }) => fields['subtype'] === 'init');
  const first = main.lines[0] ?? agents[0]?.lines[0];
  const names = ['cwd', 'gitBranch', 'version', 'claude_code_version', 'permissionMode'];
  return Object.fromEntries([...picked(first?.fields, names), ...picked(init?.fields, names)]);
}

function nameOf({ prompt }: Turn, { agent }: Lane): string {
  const said = prompt ? textOfLine(prompt) : null;
  const command = /<command-name>([^<]*)<\/command-name>/.exec(said ?? '')?.[1];
  if (command !== undefined) return firstWords(command) ?? 'command';
  const notification = /^\s*<task-notification>[\s\S]*?<summary>([^<]*)<\/summary>/.exec(said ?? '')?.[1];
  if (notification !== undefined) return firstWords(notification) ?? 'notification';
  return firstWords(said) ?? (agent === null ? 'session' : 'subagent');
}

interface Around extends Stand {
  readonly session: Session;
  readonly isLast: boolean;
  /** The session has no other turn, so what it cost is what the turn cost. */
  readonly isOnly: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
}

function* turnRecords(turn: Turn, lane: Lane, around: Around): Generator<ToldSpan, void> {
  const { traceId, session, isLast } = around;
  const rootId = lane.agent === null ? turn.id : `agent-${lane.agent}`;
  const shared = {
    traceId,
    timeUnit: 'iso' as const,
    sessionId: session.id,
    service: 'claude-code',
    isOver: true,
  };
  const { prompt, result } = turn;
  const sources = [prompt, ...turn.marks.map(({ line }) => line), result].flatMap((line) =>
    line ? [line.fields] : [],
  );
  const source = sources[0] ?? turn.calls[0]?.lines[0]?.fields ?? {};
  const failed = result?.fields['is_error'] === true;
  const spoken = turn.calls.at(-1);
  yield {
    ...shared,
    spanId: rootId,
    parentSpanId: around.parent,
    name: nameOf(turn, lane),
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
      ...Object.entries(around.facts).map(([key, value]) => [`claude_code.${key}`, value] as const),
      ...(amount(result?.fields['duration_ms']) === null
        ? []
        : ([['claude_code.duration_ms', result!.fields['duration_ms']]] as const)),
    ],
  };
  for (const call of turn.calls) yield { ...shared, parentSpanId: rootId, ...callFacts(call, session) };
  for (const tool of turn.tools) yield { ...shared, parentSpanId: rootId, ...toolFacts(tool, isLast) };
}

/** The last words of a turn. */
function answerOf(call: Call | undefined, result: Line | undefined): unknown {
  const said = textOf(result?.fields['result']);
  if (said !== null) return [{ role: 'assistant', content: said }];
  const texts = call?.lines.flatMap(blocksOf).filter(({ type }) => type === 'text') ?? [];
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

function callFacts(call: Call, { requests }: Session): CallFacts {
  const { id, end, lines, place } = call;
  const last = lines.at(-1)!;
  const model = textOf(messageOf(last)['model']);
  const isCall = model !== SYNTHETIC;
  const failed = lines.some(({ fields }) => fields['isApiErrorMessage'] === true);
  const stop = lines.map((line) => textOf(messageOf(line)['stop_reason'])).findLast((reason) => reason !== null);
  const costs = lines.flatMap(({ fields }) => amount(fields['costUSD']) ?? []);
  const request = requests.of(last.fields['requestRef']);
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
    statusMessage: failed ? plainText(messageOf(last)['content']) : null,
    ...(isCall ? { model, provider: 'anthropic', tokens: tokensOf(call) } : {}),
    ...(costs.length > 0 ? { cost: Math.max(...costs) } : {}),
    inputMessages: heardIn(call, request),
    instructions: request?.system,
    toolDefinitions: request?.tools,
    outputMessages: [
      { role: 'assistant', content: lines.flatMap(blocksOf), ...(stop === undefined ? {} : { stop_reason: stop }) },
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
function heardIn({ heard }: Call, request: SentRequest | null): readonly Fields[] {
  if (!request || request.messages.length === 0) return heard;
  const isSentWhole = request.messages.some(({ role }) => role === 'user');
  const further = isSentWhole
    ? heard.filter(({ content }) => Array.isArray(content) && content.some(isToolResult))
    : heard;
  return [...further, ...request.messages];
}

const isToolResult = (block: unknown): boolean => isObject(block) && block['type'] === 'tool_result';

const messageOf = ({ fields }: Line): Fields => (isObject(fields['message']) ? fields['message'] : {});

/**
 * Whether only the beginning of an answer says what it counts: `stream-json` prints the usage of `message_start`, in which
 * the output is one token, whatever follows (measured with 2.1.332). Session files are mended when the answer ends.
 */
const isUnfinished = ({ lines }: Call): boolean =>
  lines.every((line) => line.fields['session_id'] !== undefined && messageOf(line)['stop_reason'] === null);

/** Of lines that repeat the usage of one call the one that counts most output: earlier ones were written too early. */
function tokensOf(call: Call): ToldTokens | undefined {
  let best: Fields | undefined;
  for (const line of call.lines) {
    const { usage } = messageOf(line);
    if (isObject(usage) && (!best || (amount(usage['output_tokens']) ?? -1) >= (amount(best['output_tokens']) ?? -1)))
      best = usage;
  }
  return (
    best && {
      input: best['input_tokens'],
      output: best['output_tokens'],
      isUnfinished: isUnfinished(call),
      cacheRead: best['cache_read_input_tokens'],
      cacheWrite: best['cache_creation_input_tokens'],
      cacheBeside: true,
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

function toolFacts({ id, block, start, place, result }: ToolStep, isLast: boolean): CallFacts {
  const told = result?.line.fields['toolUseResult'];
  const end = result?.line.time ?? null;
  // What an agent took stands with the agent.
  const length = isObject(told) && told['agentId'] === undefined ? amount(told['durationMs']) : null;
  const begin = length === null || end === null ? null : before(end, length);
  const failed = result?.block['is_error'] === true || (typeof told === 'string' && told.startsWith('Error: '));
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
    statusMessage: failed ? firstWords(plainText(result?.block['content'])) : null,
    tool: { name, callId: id, arguments: block['input'], result: result?.block['content'] },
  };
}

function before(time: string, milliseconds: number): string | null {
  const at = Date.parse(time) - milliseconds;
  return milliseconds >= 0 && Number.isFinite(at) && at > 0 ? new Date(at).toISOString() : null;
}
