import type { Operator, TextRange } from '../types.ts';

const SPACE = /\s/;
const NAME = /[A-Za-z_][\w.-]*/y;
const OPERATOR = /:|!=|<=?|>=?|=/y;

/** A value as typed: its text without quotes, and where it stands with them. */
export interface TypedValue {
  readonly text: string;
  readonly quoted: boolean;
  readonly range: TextRange;
}

/** First place at or after `at` that holds no white space. */
export function skipSpace(text: string, at: number): number {
  let place = at;
  while (place < text.length && SPACE.test(text[place]!)) place += 1;
  return place;
}

/** Where the word that begins at `at` ends. */
export function wordEnd(text: string, at: number, stop = ''): number {
  let place = at;
  while (place < text.length && !SPACE.test(text[place]!) && text[place] !== stop) place += 1;
  return place;
}

/**
 * Text in double quotes, which begins at `at`; within it, `\"` is a quote and `\\` a backslash. Unclosed quotes go on
 * to the end.
 */
export function readQuoted(
  text: string,
  at: number,
): { readonly text: string; readonly end: number; readonly closed: boolean } {
  let content = '';
  let place = at + 1;
  for (; place < text.length && text[place] !== '"'; place += 1) {
    if (text[place] === '\\' && (text[place + 1] === '"' || text[place + 1] === '\\')) place += 1;
    content += text[place];
  }
  return { text: content, end: Math.min(place + 1, text.length), closed: place < text.length };
}

/** A name with an operator behind it, `kind:` or `attr."my key"!=`; null where none begins at `at`. */
export function readHead(
  text: string,
  at: number,
): { readonly name: string; readonly operator: Operator | '!='; readonly end: number } | null {
  NAME.lastIndex = at;
  let name = NAME.exec(text)?.[0];
  if (name === undefined) return null;
  let end = at + name.length;
  if (/^(?:attr|score)\.$/i.test(name) && text[end] === '"') {
    const key = readQuoted(text, end);
    if (!key.closed) return null;
    name += key.text;
    end = key.end;
  }
  OPERATOR.lastIndex = end;
  const operator = OPERATOR.exec(text)?.[0] as Operator | '!=' | undefined;
  return operator === undefined ? null : { name, operator, end: end + operator.length };
}

/**
 * The values behind an operator, divided by commas (or one, commas and all). `unclosed` is the place of a quote that
 * nothing closes.
 */
export function readValues(
  text: string,
  at: number,
  single: boolean,
): { readonly values: readonly TypedValue[]; readonly end: number; readonly unclosed: number | null } {
  const values: TypedValue[] = [];
  let unclosed: number | null = null;
  let end = at;
  for (;;) {
    const from = end;
    let value = '';
    const quoted = text[end] === '"';
    if (quoted) {
      const found = readQuoted(text, end);
      if (!found.closed) unclosed = end;
      value = found.text;
      end = found.end;
    }
    const rest = wordEnd(text, end, single ? '' : ',');
    value += text.slice(end, rest);
    end = rest;
    if (value !== '') values.push({ text: value, quoted, range: [from, end] });
    if (single || text[end] !== ',') return { values, end, unclosed };
    end += 1;
  }
}
