import type { Message, Part, Trace } from '../../../src/core.ts';
import { askedTrace } from '../query/askedTrace.ts';

/** `u: hello`, `a: hi`, `s: be kind`, `a> search {"q":1} #id` (a call), `t< found #id` (its result). */
export function said(line: string): Message {
  const [, who, sign, rest] = /^(\w)([:<>]) ?(.*)$/s.exec(line)!;
  const role = { s: 'system', u: 'user', a: 'assistant', t: 'tool' }[who!]!;
  if (sign === ':') return { role, parts: [{ type: 'text', text: rest! }] };
  const [, body, id] = /^(.*?)(?: #(\S+))?$/s.exec(rest!)!;
  const about = id === undefined ? {} : { id };
  if (sign === '<') return { role, parts: [{ type: 'toolResult', ...about, result: body }] };
  const [, name, given] = /^(\S+) ?(.*)$/s.exec(body!)!;
  return {
    role,
    parts: [
      {
        type: 'toolCall',
        ...about,
        name: name!,
        arguments: given === '' ? undefined : (JSON.parse(given!) as unknown),
      },
    ],
  };
}

export const talk = (...lines: readonly string[]): readonly Message[] => lines.map(said);

/** In OpenTelemetry's words. */
const written = (messages: readonly Message[]): string =>
  JSON.stringify(messages.map(({ role, parts }) => ({ role, parts: parts.map(writtenPart) })));

function writtenPart(part: Part): object {
  switch (part.type) {
    case 'text':
      return { type: 'text', content: part.text };
    case 'reasoning':
      return { type: 'reasoning', content: part.text };
    case 'toolCall':
      return {
        type: 'tool_call',
        ...(part.id === undefined ? {} : { id: part.id }),
        name: part.name,
        arguments: part.arguments,
      };
    case 'toolResult':
      return { type: 'tool_call_response', ...(part.id === undefined ? {} : { id: part.id }), response: part.result };
    default:
      throw new Error(part.type);
  }
}

/**
 * A drawn trace whose calls hold messages, by name of the span: what was sent, `=>`, what was answered. Further
 * attributes beside them.
 */
export function talkTrace(
  drawing: string,
  calls: Readonly<Record<string, readonly string[]>>,
  attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): Trace {
  const held = Object.fromEntries(
    Object.entries(calls).map(([name, lines]) => {
      const answer = lines.indexOf('=>');
      const [input, output] = answer === -1 ? [lines, []] : [lines.slice(0, answer), lines.slice(answer + 1)];
      return [
        name,
        {
          'gen_ai.input.messages': written(talk(...input)),
          ...(output.length > 0 ? { 'gen_ai.output.messages': written(talk(...output)) } : {}),
        },
      ];
    }),
  );
  return askedTrace(drawing, { ...attributes, ...held });
}
