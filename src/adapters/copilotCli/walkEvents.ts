import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';

/** One call of the model: its usage, its answer, or its failure. */
export interface Call {
  readonly spanId: string;
  readonly heard: readonly Fields[];
  readonly system: Fields | null;
  /** When the step began in which it was called. */
  readonly begun: string | null;
  readonly sources: Fields[];
  usage?: Fields;
  answer?: Fields;
  failure?: Fields;
  /** When what is known of it was written. */
  written: string | null;
}

export interface ToolStep {
  readonly spanId: string;
  readonly start: Fields;
  end?: Fields;
}

/** What somebody said, and all that was done until the next. */
export interface Turn {
  readonly id: string;
  readonly agent: string | null;
  readonly prompt: Fields | null;
  readonly first: Fields;
  readonly steps: (Call | ToolStep)[];
  readonly marks: Fields[];
  failure: string | null;
}

/** Where a tool ran, which may be one that sends an agent off. */
export interface Sender {
  readonly turn: Turn;
  readonly step: ToolStep;
}

export interface Session {
  readonly about: Fields;
  readonly turns: readonly Turn[];
  /** By agents, the call that sent each off, and what the agent is. */
  readonly senders: ReadonlyMap<string, Fields>;
  /** By ids of calls, where their tools ran. */
  readonly tools: ReadonlyMap<string, Sender>;
}

export const isCall = (step: Call | ToolStep): step is Call => 'heard' in step;
export const dataOf = ({ data }: Fields): Fields => (isObject(data) ? data : {});

/** What says nothing of its own about what was done, as what is ephemeral does not, which is printed and not kept. */
const SILENT =
  /^(?:session\.(?:start|resume|shutdown|info|usage_info|title_changed)|assistant\.(?:turn_start|turn_end|intent)|subagent\.)/;

/** What one agent is about: that of the session itself, or one that it sent off. */
interface Lane {
  readonly agent: string | null;
  turn: Turn | null;
  call: Call | null;
  begun: string | null;
  system: Fields | null;
  heard: Fields[];
}

export function walkEvents(events: readonly Fields[]): Session {
  const lanes = new Map<string | null, Lane>();
  const turns: Turn[] = [];
  const senders = new Map<string, Fields>();
  const tools = new Map<string, Sender>();
  let about: Fields = {};
  const laneOf = (agent: string | null): Lane => {
    let lane = lanes.get(agent);
    if (!lane) lanes.set(agent, (lane = { agent, turn: null, call: null, begun: null, system: null, heard: [] }));
    return lane;
  };
  const turnOf = (lane: Lane, event: Fields, prompt: Fields | null = null): Turn => {
    if (lane.turn && !prompt) return lane.turn;
    const id = textOf(event['id']) ?? `turn-${turns.length + 1}`;
    const { agent } = lane;
    const turn: Turn = { id: `${id}-turn`, agent, prompt, first: event, steps: [], marks: [], failure: null };
    turns.push(turn);
    lane.turn = turn;
    lane.call = null;
    return turn;
  };
  /** The usage comes before the answer, and both name the call. */
  const callOf = (lane: Lane, event: Fields, named: unknown, isAnswer: boolean): Call => {
    const turn = turnOf(lane, event);
    const { call } = lane;
    const known = call && (isAnswer ? call.answer : call.usage) === undefined && !call.failure;
    const name = textOf(named);
    if (call && known && (name === null || call.spanId.endsWith(`/${name}`))) return call;
    const spanId = `${textOf(event['id']) ?? `${turn.id}-${turn.steps.length}`}/${name ?? 'call'}`;
    const { heard, system, begun } = lane;
    const next: Call = { spanId, heard, system, begun, sources: [], written: null };
    turn.steps.push(next);
    lane.call = next;
    lane.heard = [];
    lane.system = null;
    lane.begun = null;
    return next;
  };
  const written = (call: Call, event: Fields): void => {
    call.sources.push(event);
    call.written = textOf(event['timestamp']) ?? call.written;
  };
  for (const event of events) {
    const type = textOf(event['type']) ?? '';
    const data = dataOf(event);
    const lane = laneOf(textOf(event['agentId']));
    const time = textOf(event['timestamp']);
    if (type === 'session.start') about = data;
    else if (type === 'result') about = { sessionId: event['sessionId'], ...about };
    else if (type === 'system.message') lane.system = data;
    else if (type === 'user.message') {
      turnOf(lane, event, event);
      lane.heard = [{ role: 'user', content: data['content'] }];
    } else if (type === 'assistant.turn_start') lane.begun = time;
    else if (type === 'session.usage_record') {
      const usage = isObject(data['usage']) ? data['usage'] : {};
      const call = callOf(lane, event, usage['apiCallId'], false);
      call.usage = usage;
      written(call, event);
    } else if (type === 'assistant.message') {
      const call = callOf(lane, event, data['apiCallId'], true);
      call.answer = data;
      written(call, event);
    } else if (type === 'session.error' || type === 'abort') {
      const turn = turnOf(lane, event);
      turn.failure = textOf(data['message']) ?? textOf(data['reason']) ?? type;
      // A step that began and had no answer.
      if (lane.begun !== null) {
        const call = callOf(lane, event, null, true);
        call.failure = data;
        written(call, event);
      }
      turn.marks.push(event);
    } else if (type === 'tool.execution_start') {
      const turn = turnOf(lane, event);
      const step: ToolStep = { spanId: textOf(event['id']) ?? `${turn.id}-${turn.steps.length}`, start: event };
      turn.steps.push(step);
      tools.set(textOf(data['toolCallId']) ?? step.spanId, { turn, step });
    } else if (type === 'tool.execution_complete') {
      const found = tools.get(textOf(data['toolCallId']) ?? '');
      if (found && !found.step.end) found.step.end = event;
      lane.heard.push({ role: 'tool', tool_call_id: data['toolCallId'], content: resultOf(data) });
    } else if (type === 'subagent.started') {
      if (lane.agent !== null) senders.set(lane.agent, data);
    } else if (event['ephemeral'] !== true && !SILENT.test(type)) lane.turn?.marks.push(event);
  }
  return { about, turns, senders, tools };
}

/** What a tool gave, or why it failed. */
export function resultOf({ result, error }: Fields): unknown {
  const given = isObject(result) ? (result['content'] ?? result) : result;
  return given ?? (isObject(error) ? error['message'] : error);
}
