import type { SpanContent } from '../../model/types.ts';
import { partText } from './prompt.ts';
import type { PromptDifference } from './types.ts';

/** Where a difference stands in what a span holds: a path in its content, and an offset in the text that is there. */
export interface ContentPlace {
  readonly source: string;
  readonly offset: number;
  /** What stands there, up to the end of a line; '' = nothing to mark. */
  readonly words: string;
}

const WORDS = /^[^\n]{1,40}/;

/** The place of a difference in the content of the call that has it; null where it is nowhere in it. */
export function placeOfDifference(
  { messages, toolDefinitions }: SpanContent,
  { message, tool, offset }: PromptDifference,
): ContentPlace | null {
  if (tool !== null) {
    const place = toolDefinitions.findIndex(({ name }) => name === tool);
    return place === -1 ? null : { source: `toolDefinitions[${place}].name`, offset: 0, words: tool };
  }
  const parts = message === null ? [] : (messages?.input[message]?.parts ?? []);
  let from = 0;
  for (const [place, part] of parts.entries()) {
    const { length } = partText(part);
    const source = `messages.input[${message}].parts[${place}]`;
    if (offset <= from + length || place === parts.length - 1) {
      if (!('text' in part))
        return { source: part.type === 'toolResult' ? `${source}.result` : source, offset: 0, words: '' };
      let at = Math.min(Math.max(0, offset - from), length);
      // A word is shown whole.
      while (at > 0 && /[\w:.-]/.test(part.text.charAt(at - 1))) at -= 1;
      return {
        source: `${source}.text`,
        offset: at,
        words: /^[\w:.-]+/.exec(part.text.slice(at, at + 60))?.[0] ?? WORDS.exec(part.text.slice(at))?.[0] ?? '',
      };
    }
    from += length + 1;
  }
  return null;
}
