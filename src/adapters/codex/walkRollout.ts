import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { plainText } from '../spans/words.ts';

/** One call of the model: what it gave between two counts of tokens. */
export interface Call {
  readonly id: string;
  readonly place: number;
  readonly start: string | null;
  end: string | null;
  readonly model: string | null;
  readonly heard: readonly Fields[];
  readonly said: Fields[];
  usage?: Fields;
  readonly sources: Fields[];
}

export interface ToolStep {
  readonly id: string;
  readonly place: number;
  readonly item: Fields;
  readonly start: string | null;
  end?: string | null;
  result?: Fields;
  /** What the event about its end says. */
  ending?: Fields;
}

export interface Turn {
  readonly id: string;
  readonly place: number;
  readonly sources: Fields[];
  start: string | null;
  end: string | null;
  prompt: string | null;
  failure: string | null;
  isOver: boolean;
  readonly calls: Call[];
  readonly tools: ToolStep[];
  readonly marks: { readonly name: string; readonly time: string | null; readonly about: Fields }[];
}

export interface Rollout {
  readonly meta: Fields;
  readonly turns: readonly Turn[];
}

/** What Codex puts before what the user said. */
const INJECTED =
  /^\s*(?:<(?:environment_context|user_instructions|permissions|turn_aborted|skill|model_switch)|# AGENTS\.md)/;

/**
 * Follows the lines of one rollout. Events `user_message`, `agent_message` and `agent_reasoning` repeat what response
 * items say, totals of tokens add up over the thread and are repeated: of each call the last usage counts, once.
 */
export function walkRollout(lines: readonly Fields[], passedOver: (sort: string) => void): Rollout {
  const read = lines.map((line): Step => {
    const { payload, type } = line;
    // Old rollouts have bare items.
    if (isObject(payload)) return { line, time: textOf(line['timestamp']), type: textOf(type) ?? '', payload };
    const kind = typeof type === 'string' ? 'response_item' : 'session_meta';
    return { line, time: textOf(line['timestamp']), type: kind, payload: line };
  });
  const events = new Set(read.map(({ type, payload }) => (type === 'event_msg' ? payload['type'] : null)));
  const state = new RolloutState(
    events.has('task_started') || events.has('turn_started'),
    events.has('user_message'),
    events.has('token_count'),
  );
  for (const step of read) state.take(step, passedOver);
  state.endCall();
  return { meta: state.meta ?? {}, turns: state.turns };
}

interface Step {
  readonly line: Fields;
  readonly time: string | null;
  readonly type: string;
  readonly payload: Fields;
}

const SILENT: ReadonlySet<string> = new Set([
  'world_state',
  'token_usage_record',
  'inter_agent_communication_metadata',
]);
/** Events that repeat items, or say nothing of what was done. */
const REPEATS: ReadonlySet<string> = new Set(['agent_message', 'agent_reasoning', 'agent_reasoning_section_break']);

class RolloutState {
  meta: Fields | undefined;
  readonly turns: Turn[] = [];
  readonly #hasTasks: boolean;
  readonly #hasUserEvents: boolean;
  readonly #hasCounts: boolean;
  readonly #tools = new Map<string, ToolStep>();
  #model: string | null = null;
  #turnId: string | null = null;
  #heard: Fields[] = [];
  #call: Call | null = null;
  #answered = false;
  #before: string | null = null;
  #totals: string | null = null;
  #place = 0;

  constructor(hasTasks: boolean, hasUserEvents: boolean, hasCounts: boolean) {
    this.#hasTasks = hasTasks;
    this.#hasUserEvents = hasUserEvents;
    this.#hasCounts = hasCounts;
  }

  take(step: Step, passedOver: (sort: string) => void): void {
    const { type, payload, time } = step;
    if (type === 'session_meta') this.meta ??= payload;
    else if (type === 'turn_context') {
      this.#model = textOf(payload['model']) ?? this.#model;
      this.#turnId = textOf(payload['turn_id']) ?? this.#turnId;
    } else if (type === 'compacted') this.#mark('compaction', step);
    else if (type === 'event_msg') this.#event(step);
    else if (type === 'response_item') this.#item(step);
    else if (type === 'inter_agent_communication') this.#mark(type, step);
    else if (!SILENT.has(type)) passedOver(type);
    const turn = this.turns.at(-1);
    if (turn && !turn.isOver && time !== null && (turn.end === null || time > turn.end)) turn.end = time;
  }

  #begin(id: string | null, { line, time }: Step): Turn {
    this.endCall();
    const turn: Turn = {
      id: id ?? `${textOf(this.meta?.['id']) ?? 'rollout'}-turn-${this.turns.length + 1}`,
      place: (this.#place += 1),
      sources: [line],
      start: time,
      end: time,
      prompt: null,
      failure: null,
      isOver: false,
      calls: [],
      tools: [],
      marks: [],
    };
    this.turns.push(turn);
    this.#before = time;
    return turn;
  }

  #turn(step: Step): Turn {
    return this.turns.at(-1) ?? this.#begin(this.#turnId, step);
  }

  #mark(name: string, step: Step): void {
    this.#turn(step).marks.push({ name, time: step.time, about: step.payload });
  }

  #event(step: Step): void {
    const { payload, time } = step;
    const name = textOf(payload['type']) ?? '';
    if (name === 'task_started' || name === 'turn_started') {
      this.#begin(textOf(payload['turn_id']) ?? this.#turnId, step);
    } else if (name === 'task_complete' || name === 'turn_complete' || name === 'turn_aborted') {
      this.endCall();
      const turn = this.#turn(step);
      turn.end = time ?? turn.end;
      turn.isOver = true;
      turn.sources.push(step.line);
      if (name === 'turn_aborted') turn.failure = `turn aborted: ${textOf(payload['reason']) ?? 'no reason given'}`;
    } else if (name === 'user_message') {
      const last = this.turns.at(-1);
      const turn =
        this.#hasTasks || (last?.prompt === null && last.calls.length === 0)
          ? this.#turn(step)
          : this.#begin(null, step);
      if (turn.prompt === null) turn.prompt = textOf(payload['message']);
      else turn.marks.push({ name: 'user message', time, about: payload });
      turn.sources.push(step.line);
    } else if (name === 'token_count') {
      this.#count(step);
    } else if (name === 'error' || name === 'stream_error') {
      const turn = this.#turn(step);
      if (name === 'error') turn.failure = textOf(payload['message']) ?? 'error';
      turn.marks.push({ name, time, about: payload });
    } else if (name.endsWith('_end') && this.#tools.has(textOf(payload['call_id']) ?? '')) {
      this.#tools.get(textOf(payload['call_id']) ?? '')!.ending = payload;
    } else if (name === 'context_compacted' || name === 'thread_rolled_back') {
      if (name === 'thread_rolled_back') this.#mark('rewind', step);
    } else if (!REPEATS.has(name)) {
      this.turns.at(-1)?.marks.push({ name, time, about: payload });
    }
  }

  #item(step: Step): void {
    const { payload, time } = step;
    const type = textOf(payload['type']) ?? '';
    if (type === 'message' && payload['role'] !== 'assistant') {
      const text = plainText(payload['content']);
      if (payload['role'] === 'user' && !INJECTED.test(text ?? '')) {
        if (!this.#hasTasks && !this.#hasUserEvents) this.#begin(null, step);
        const turn = this.#turn(step);
        if (!this.#hasUserEvents) turn.prompt ??= text;
      }
      this.#heard.push(payload);
      this.#before = time ?? this.#before;
    } else if (type.endsWith('_output')) {
      const id = textOf(payload['call_id']) ?? '';
      const tool = this.#tools.get(id);
      if (tool && !tool.result) {
        tool.result = step.line;
        tool.end = time;
      }
      this.#heard.push(payload);
      this.#answered = true;
      this.#before = time ?? this.#before;
    } else if (type !== '') this.#said(step, type);
  }

  /** A message, a thought or a call of a tool, by the model. */
  #said(step: Step, type: string): void {
    const { payload, time } = step;
    const turn = this.#turn(step);
    // Where nobody counts tokens, an answer after a tool's result is another call.
    if (this.#call && this.#answered && !this.#hasCounts) this.endCall();
    const call = this.#open(turn, time);
    call.said.push(payload);
    call.sources.push(step.line);
    call.end = time ?? call.end;
    if (!type.endsWith('_call')) return;
    const id = textOf(payload['call_id'] ?? payload['id']) ?? `${turn.id}-tool-${turn.tools.length + 1}`;
    if (this.#tools.has(id)) return;
    const tool: ToolStep = { id, place: (this.#place += 1), item: payload, start: time };
    // Tools of the provider have no result of their own: they are over with the answer that names them.
    if (type === 'web_search_call' || type === 'image_generation_call') tool.end = time;
    this.#tools.set(id, tool);
    turn.tools.push(tool);
  }

  #open(turn: Turn, time: string | null): Call {
    if (this.#call) return this.#call;
    this.#answered = false;
    this.#call = {
      id: `${turn.id}-call-${turn.calls.length + 1}`,
      place: (this.#place += 1),
      start: this.#before ?? time,
      end: time,
      model: this.#model,
      heard: this.#heard,
      said: [],
      sources: [],
    };
    turn.calls.push(this.#call);
    this.#heard = [];
    return this.#call;
  }

  #count(step: Step): void {
    const { info } = step.payload;
    if (!isObject(info)) return;
    const total = isObject(info['total_token_usage']) ? info['total_token_usage'] : null;
    const last = isObject(info['last_token_usage']) ? info['last_token_usage'] : null;
    const totals = JSON.stringify(total ?? last);
    if (totals === this.#totals) return;
    const isFirst = this.#totals === null;
    this.#totals = totals;
    // After a fork or a resumption the first count repeats that of the thread before.
    if (isFirst && !this.#call && (amount(total?.['total_tokens']) ?? 0) > (amount(last?.['total_tokens']) ?? 0))
      return;
    const usage = last ?? (isFirst ? total : null);
    if (!usage) return;
    const call = this.#open(this.#turn(step), step.time);
    call.usage = usage;
    call.sources.push(step.line);
    this.endCall();
  }

  endCall(): void {
    this.#call = null;
  }
}
