import { spokenText } from '../../analysis/transcript/spokenText.ts';
import type { SpanContent } from '../../model/types.ts';

/** Characters of a preview. */
const LENGTH = 200;

/** What a turn was asked: the last message of a user in what its root was given, else that as a whole. */
export function askedIn({ messages, input }: SpanContent): string {
  const user = messages?.input.findLast(({ role }) => role === 'user') ?? messages?.input.at(-1);
  return shortened(textParts(user?.parts) || spokenText(input));
}

/** What a turn answered: the last message of its root, else what it gave back. */
export function answeredIn({ messages, output }: SpanContent): string {
  return shortened(textParts(messages?.output.at(-1)?.parts) || spokenText(output));
}

const textParts = (parts: readonly { readonly type: string }[] | undefined): string =>
  (parts ?? [])
    .map((part) => (part.type === 'text' && 'text' in part ? String(part.text) : ''))
    .filter((text) => text !== '')
    .join(' ');

/** The beginning, on one line; never half a mark of a masked value, never half a character. */
function shortened(text: string): string {
  const whole = text
    .slice(0, LENGTH * 2)
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (whole.length <= LENGTH) return whole;
  let cut = whole.slice(0, LENGTH);
  const mark = cut.lastIndexOf('⟦');
  if (mark > cut.lastIndexOf('⟧')) cut = cut.slice(0, mark);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
