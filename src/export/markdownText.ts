import { toJson } from '../conventions/toJson.ts';
import { visibleControls } from '../visibleControls.ts';

/** Recorded text within a line of Markdown: on one line, hidden characters written out, and nothing in it markup. */
export const inlineText = (text: string): string =>
  visibleControls(text.replaceAll(/\s+/g, ' ').trim()).replaceAll(/[\\`*_[\]<>|~#&!]/g, String.raw`\$&`);

/**
 * Recorded text or structure as a block of its own, exactly as it is: within a fence that is longer than any in it. So
 * nothing in it is markup where it is pasted: no heading that looks like another message, no image that would be
 * fetched.
 */
export function block(value: unknown): string {
  const isText = typeof value === 'string';
  const text = isText ? value : toJson(value, 2);
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${isText ? '' : 'json'}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}\n`;
}
