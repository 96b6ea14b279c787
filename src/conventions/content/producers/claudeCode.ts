import { textOf } from '../../../model/attributes.ts';
import type { Message, SpanEvent } from '../../../model/types.ts';
import { firstOf, optional, parsed, payload } from '../../json.ts';
import type { Attributes, ContentReaders } from '../../types.ts';

/** Only these are asked for content: the others have none. */
const TYPES: ReadonlySet<unknown> = new Set(['interaction', 'llm_request', 'tool']);
const isOwn = (attributes: Attributes): boolean => TYPES.has(attributes.get('span.type'));

/**
 * What a span holds, in the words of `claudeCode`: the beta of detailed traces writes what is new in a request as texts
 * with a heading each (`[USER]`, `[TOOL RESULT: id]`), the answer, and arguments and results of tools.
 */
export const claudeCodeContent: Partial<ContentReaders> = {
  input: (attributes) =>
    isOwn(attributes)
      ? payload(attributes.get('user_prompt') ?? withoutHeading(attributes.get('tool_input')) ?? undefined)
      : null,
  output: (attributes, events) => (isOwn(attributes) ? payload(toolOutput(attributes, events)) : null),
  inputMessages(attributes) {
    if (!isOwn(attributes) || attributes.get('span.type') === 'tool') return null;
    const system = textOf(firstOf(attributes, 'system_prompt', 'user_system_prompt', 'system_prompt_preview'));
    const context = textOf(attributes.get('new_context'));
    const prompt = textOf(attributes.get('user_prompt'));
    const asked =
      context === null ? (prompt === null ? [] : [said('user', prompt)]) : context.split(BETWEEN).map(contextMessage);
    return asked.length === 0 ? null : [...(system === null ? [] : [said('system', system)]), ...asked];
  },
  outputMessages(attributes) {
    const answer = textOf(attributes.get('response.model_output'));
    return !isOwn(attributes) || answer === null
      ? null
      : [{ ...said('assistant', answer), ...optional('finishReason', attributes.get('stop_reason')) }];
  },
  tool(attributes, events) {
    const name = textOf(firstOf(attributes, 'gen_ai.tool.name', 'tool_name'));
    if (name === null || attributes.get('span.type') !== 'tool') return null;
    return {
      name,
      ...optional('callId', firstOf(attributes, 'gen_ai.tool.call.id', 'tool_use_id')),
      arguments: parsed(withoutHeading(attributes.get('tool_input'))) ?? detail(attributes),
      result: parsed(toolOutput(attributes, events)),
    };
  },
};

const BETWEEN = '\n\n---\n\n';
const HEADING = /^\[(USER|USER PROMPT|ASSISTANT|SYSTEM|TOOL RESULT|TOOL INPUT)(?:: ([^\]\n]*))?\]\n/;

const said = (role: string, text: string): Message => ({ role, parts: [{ type: 'text', text }] });

function contextMessage(text: string): Message {
  const [heading, word, id] = HEADING.exec(text) ?? ['', ''];
  const rest = text.slice(heading.length);
  if (word === 'TOOL RESULT')
    return { role: 'tool', parts: [{ type: 'toolResult', ...optional('id', id), result: parsed(rest) }] };
  return said(word === 'ASSISTANT' ? 'assistant' : word === 'SYSTEM' ? 'system' : 'user', rest);
}

function withoutHeading(value: unknown): string | undefined {
  const text = textOf(value);
  return text === null ? undefined : text.replace(HEADING, '');
}

/** Without the beta, details of a tool's call stand apart. */
function detail(attributes: Attributes): unknown {
  const found = (
    [
      ['command', 'full_command'],
      ['file_path', 'file_path'],
      ['skill', 'skill_name'],
      ['subagent_type', 'subagent_type'],
    ] as const
  ).flatMap(([name, key]) => (attributes.has(key) ? [[name, attributes.get(key)] as const] : []));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The result is in the text of the beta, else in an event. */
function toolOutput(attributes: Attributes, events: readonly SpanEvent[]): string | undefined {
  if (attributes.get('span.type') !== 'tool') return undefined;
  const event = events.find(({ name }) => name === 'tool.output')?.attributes;
  return (
    withoutHeading(attributes.get('new_context')) ?? textOf(event?.get('output') ?? event?.get('content')) ?? undefined
  );
}
