import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { ownValue } from '../../model/ownValue.ts';

/** As much of a text as names a row: its first line that says something, cut. */
export function firstWords(text: string | null): string | null {
  const line = /\S[^\n]*/.exec(text ?? '')?.[0].trim();
  if (line === undefined) return null;
  return ownText(line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME - 1).trimEnd()}…` : line);
}

/** The same text, for itself: engines hold all of a text as long as a part of it that was cut out. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
const LONGEST_NAME = 80;

/** The texts in a text or a list of parts; null where there is none. */
export function plainText(content: unknown): string | null {
  if (!Array.isArray(content)) return textOf(isObject(content) ? content['text'] : content);
  const texts = content.flatMap((part) => textOf(isObject(part) ? part['text'] : part) ?? []);
  return texts.length === 0 ? null : texts.join('\n');
}

/** A place in a list in words that sort. */
export const orderOf = (place: number): string => String(place).padStart(8, '0');

/** Those of the named fields that say something, under their own names behind a prefix. */
export const picked = (
  record: Fields | undefined,
  names: readonly string[],
  prefix = '',
): readonly (readonly [string, unknown])[] =>
  names.flatMap((name) => {
    const value = ownValue(record, name);
    return value === undefined || value === null || value === '' ? [] : [[prefix + name, value] as const];
  });
