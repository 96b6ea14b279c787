import type { Payload, SpanContent } from '../../model/types.ts';

/** Characters of a preview. */
const LENGTH = 200;
/** Longer texts are not parsed for a preview. */
const PARSED_UP_TO = 100_000;

/** What a turn was asked: the last message of a user in what its root was given, else that as a whole. */
export function askedIn({ messages, input }: SpanContent): string {
  const user = messages?.input.findLast(({ role }) => role === 'user') ?? messages?.input.at(-1);
  return shortened(textParts(user?.parts) || payloadText(input));
}

/** What a turn answered: the last message of its root, else what it gave back. */
export function answeredIn({ messages, output }: SpanContent): string {
  return shortened(textParts(messages?.output.at(-1)?.parts) || payloadText(output));
}

const textParts = (parts: readonly { readonly type: string }[] | undefined): string =>
  (parts ?? [])
    .map((part) => (part.type === 'text' && 'text' in part ? String(part.text) : ''))
    .filter((text) => text !== '')
    .join(' ');

/** The one text in an object that holds a single one (`{"question": "…"}`), else the text as recorded. */
function payloadText(payload: Payload | null): string {
  if (!payload) return '';
  if (payload.text.length > PARSED_UP_TO || !/^\s*[[{"]/.test(payload.text)) return payload.text;
  let value: unknown = payload.json();
  for (let depth = 0; depth < 4 && value !== null && typeof value === 'object'; depth += 1) {
    const values: readonly unknown[] = Object.values(value);
    if (values.length !== 1) return payload.text;
    [value] = values;
  }
  return typeof value === 'string' ? value : payload.text;
}

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
