import type { Message, Part, SpanContent } from '../model/types.ts';
import { block, inlineText } from './markdownText.ts';

/** What was sent to a model and what it answered: a heading per message, below it its parts as they were. */
export function* conversationMarkdown(
  { messages, toolDefinitions, parameters }: Pick<SpanContent, 'messages' | 'toolDefinitions' | 'parameters'>,
  level: number,
): Generator<string> {
  const heading = `${'#'.repeat(Math.min(level, 6))} `;
  if (Object.keys(parameters).length > 0) yield `${heading}Parameters\n\n${block(parameters)}\n`;
  if (toolDefinitions.length > 0) yield `${heading}Tools\n\n${block(toolDefinitions)}\n`;
  if (!messages) return;
  for (const message of messages.input) yield* messageMarkdown(message, heading, '');
  for (const message of messages.output) yield* messageMarkdown(message, heading, ', answer');
}

function* messageMarkdown(
  { role, name, parts, finishReason }: Message,
  heading: string,
  side: string,
): Generator<string> {
  const facts = [
    ...(name === undefined ? [] : [inlineText(name)]),
    ...(finishReason === undefined ? [] : [`finish: ${inlineText(finishReason)}`]),
  ];
  const told = facts.length > 0 ? ` (${facts.join(', ')})` : '';
  yield `${heading}${inlineText(role.slice(0, 1).toUpperCase() + role.slice(1))}${side}${told}\n\n`;
  for (const part of parts) yield `${partMarkdown(part)}\n`;
}

function partMarkdown(part: Part): string {
  switch (part.type) {
    case 'text':
      return block(part.text);
    case 'refusal':
      return `Refusal:\n\n${block(part.text)}`;
    case 'reasoning':
      return part.text === ''
        ? 'Reasoning, which the provider keeps to itself.\n'
        : `Reasoning:\n\n${block(part.text)}`;
    case 'toolCall':
      return `Calls ${inlineText(part.name)}${idWords(part.id)}${part.arguments === undefined ? '\n' : `:\n\n${block(part.arguments)}`}`;
    case 'toolResult':
      return `${resultWords(part)}${idWords(part.id)}:\n\n${block(part.result ?? null)}`;
    case 'unknown':
      return block(part.value ?? null);
    default: {
      const place =
        part.uri === undefined
          ? part.data === undefined
            ? ''
            : ', whose bytes are not copied'
          : `:\n\n${block(part.uri)}`;
      const transcript = part.transcript === undefined ? '' : `\nTranscript:\n\n${block(part.transcript)}`;
      return `${inlineText(part.mimeType ?? part.type)}${place}\n${transcript}`;
    }
  }
}

const resultWords = ({ error, name }: Extract<Part, { type: 'toolResult' }>): string =>
  `${error === true ? 'Error' : 'Result'}${name === undefined ? '' : ` of ${inlineText(name)}`}`;

const idWords = (id: string | undefined): string => (id === undefined ? '' : ` (${inlineText(id)})`);
