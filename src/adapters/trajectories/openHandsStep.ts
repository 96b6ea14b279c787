import { isObject, parsed, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { ToldTokens } from '../spans/spanRecord.ts';
import { plainText } from '../spans/words.ts';

/** An event in one form, whichever version of OpenHands wrote it. */
export interface Step {
  /** What the model said or did, what it heard, what a tool gave back, sums, or anything else worth a mark. */
  readonly kind: 'said' | 'action' | 'heard' | 'result' | 'state' | 'mark';
  readonly event: Fields;
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly content: unknown;
  /** The answer of the model that it was part of. */
  readonly response: string | null;
  readonly parts: readonly unknown[];
  readonly tool: string | null;
  readonly callId: string | null;
  readonly arguments: unknown;
  /** Of a result: the ids of the action or call that it belongs to. */
  readonly answers: readonly string[];
  readonly failure: string | null;
  readonly model: string | null;
  readonly tokens: ToldTokens | null;
  readonly metrics: readonly Fields[] | null;
}

export function readStep(event: Fields): Step {
  const blank: Step = {
    kind: 'mark',
    event,
    id: textOf(event['id']) ?? '',
    name: textOf(event['kind']) ?? textOf(event['action']) ?? textOf(event['observation']) ?? 'event',
    role: textOf(event['source']) ?? 'user',
    content: null,
    response: null,
    parts: [],
    tool: null,
    callId: null,
    arguments: null,
    answers: [],
    failure: null,
    model: null,
    tokens: null,
    metrics: metricsOf(event['llm_metrics']),
  };
  return typeof event['kind'] === 'string' ? sdkStep(event, blank) : earlierStep(event, blank);
}

const blocks = (content: unknown): readonly unknown[] => {
  if (Array.isArray(content)) return content;
  return textOf(content) === null ? [] : [{ type: 'text', text: content }];
};

const thought = (event: Fields): readonly unknown[] =>
  textOf(event['reasoning_content']) === null ? [] : [{ type: 'reasoning', text: event['reasoning_content'] }];

function sdkStep(event: Fields, blank: Step): Step {
  const response = textOf(event['llm_response_id']);
  const tool = textOf(event['tool_name']);
  const callId = textOf(event['tool_call_id']);
  const ids = [textOf(event['action_id']), callId].filter((id) => id !== null);
  switch (event['kind']) {
    case 'SystemPromptEvent':
      return {
        ...blank,
        kind: 'heard',
        role: 'system',
        content: blocks(isObject(event['system_prompt']) ? event['system_prompt']['text'] : event['system_prompt']),
      };
    case 'MessageEvent': {
      const message = isObject(event['llm_message']) ? event['llm_message'] : {};
      if (event['source'] !== 'agent')
        return { ...blank, kind: 'heard', role: 'user', content: blocks(message['content']) };
      return { ...blank, kind: 'said', response, parts: [...thought(message), ...blocks(message['content'])] };
    }
    case 'ActionEvent': {
      const call = isObject(event['tool_call']) ? event['tool_call'] : {};
      const inner = isObject(call['function']) ? call['function'] : call;
      const { kind: _, ...action } = isObject(event['action']) ? event['action'] : {};
      const given = parsed(inner['arguments']) ?? action;
      const name = tool ?? textOf(inner['name']);
      const part = { type: 'tool_call', id: callId, name, arguments: given };
      return {
        ...blank,
        kind: 'action',
        response,
        tool: name,
        callId,
        arguments: given,
        parts: [...thought(event), ...blocks(event['thought']), part],
      };
    }
    case 'ObservationEvent': {
      const observation = isObject(event['observation']) ? event['observation'] : {};
      const content = observation['content'] ?? observation['output'] ?? observation;
      const failure =
        observation['is_error'] === true ? (plainText(content) ?? 'failed') : (textOf(observation['error']) ?? null);
      return { ...blank, kind: 'result', callId, answers: ids, content, failure };
    }
    case 'UserRejectObservation':
    case 'AgentErrorEvent': {
      const failure = textOf(event['error'] ?? event['rejection_reason']) ?? 'failed';
      return { ...blank, kind: 'result', callId, answers: ids, content: failure, failure };
    }
    case 'ConversationStateUpdateEvent':
      return {
        ...blank,
        kind: 'state',
        metrics: metricsOf(
          event['key'] === 'stats' ? event['value'] : isObject(event['value']) ? event['value']['stats'] : null,
        ),
      };
    default:
      return { ...blank, name: /^Condensation/.test(blank.name) ? 'compaction' : blank.name };
  }
}

/** `{ usage_to_metrics: { <model>: {…} } }`, or the sums of one model alone. */
export function metricsOf(stats: unknown): readonly Fields[] | null {
  if (!isObject(stats)) return null;
  const all = stats['usage_to_metrics'] ?? stats['service_to_metrics'];
  if (isObject(all)) return Object.values(all).filter(isObject);
  return 'accumulated_cost' in stats || 'accumulated_token_usage' in stats ? [stats] : null;
}

/** Of OpenHands before its SDK: `action` with `args`, `observation` with `cause`. */
function earlierStep(event: Fields, blank: Step): Step {
  const metadata = isObject(event['tool_call_metadata']) ? event['tool_call_metadata'] : {};
  const answer = isObject(metadata['model_response']) ? metadata['model_response'] : {};
  const args = isObject(event['args']) ? event['args'] : {};
  const action = textOf(event['action']);
  const callId = textOf(metadata['tool_call_id']);
  if (action === null) {
    const cause = textOf(event['cause']);
    const name = blank.name;
    if (cause === null) return name === 'agent_state_changed' ? { ...blank, kind: 'state' } : blank;
    const failure = name === 'error' ? (textOf(event['content'] ?? event['message']) ?? 'failed') : null;
    return { ...blank, kind: 'result', callId, answers: [cause], content: event['content'], failure };
  }
  const text = args['content'] ?? event['message'];
  if (action === 'system') return { ...blank, kind: 'heard', role: 'system', content: blocks(text) };
  if (event['source'] !== 'agent')
    return action === 'message'
      ? { ...blank, kind: 'heard', role: 'user', content: blocks(text) }
      : { ...blank, kind: 'state' };
  if (action === 'condensation') return { ...blank, name: 'compaction' };
  if (action === 'change_agent_state' || action === 'recall') return { ...blank, kind: 'state' };
  const response = textOf(answer['id']);
  const model = textOf(answer['model']);
  const usage = isObject(answer['usage']) ? answer['usage'] : null;
  const tokens: ToldTokens | null = usage && {
    input: usage['prompt_tokens'],
    output: usage['completion_tokens'],
    total: usage['total_tokens'],
  };
  const told = { ...blank, response, model, tokens: blank.metrics === null ? tokens : null };
  if (action === 'message') return { ...told, kind: 'said', parts: blocks(text) };
  const { thought: said, ...given } = args;
  const tool = textOf(metadata['function_name']) ?? action;
  return {
    ...told,
    kind: 'action',
    tool,
    callId,
    arguments: given,
    parts: [...blocks(said), { type: 'tool_call', id: callId ?? blank.id, name: tool, arguments: given }],
  };
}
