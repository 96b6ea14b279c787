import { TraceInputError } from '../../model/diagnostics.ts';
import { READ_FROM } from './formatWords.ts';

/** Answers the line of a position, from 1; positions must not fall from call to call. */
export function createLineCounter(text: string): (position: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (position) => {
    for (; next !== -1 && next < position; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}

/** Line and column of positions, both from 1; positions must not fall from call to call. */
export function createPlaces(
  text: string,
): (position: number) => { readonly line: number; readonly column: number; readonly position: number } {
  const lineAt = createLineCounter(text);
  let line = 1;
  let begin = 0;
  return (position) => {
    if (lineAt(position) !== line) {
      line = lineAt(position);
      begin = text.lastIndexOf('\n', position - 1) + 1;
    }
    return { line, column: position - begin + 1, position };
  };
}

/** How a text breaks and where, in words: lines and columns count from 1, `position` from 0. */
export function describeBreak(text: string, position: number): { readonly how: string; readonly line: number } {
  const line = createLineCounter(text)(position);
  const column = position - text.lastIndexOf('\n', position - 1);
  const breaks = text.slice(position).trim() === '' ? 'ends too early,' : 'breaks';
  return { how: `${breaks} at line ${line}, column ${column} (position ${position})`, line };
}

/**
 * Texts that are met where traces are, by how they begin, and what they are or how to get JSON instead. None of them
 * says what is in the text.
 */
const NO_JSON: readonly (readonly [begin: RegExp, what: string])[] = [
  [/^<(?:!doctype html|html|head|body)/i, 'It looks like HTML: perhaps a page was saved in place of its data.'],
  [/^</, 'It looks like HTML or XML.'],
  [/^PK/, 'It looks like a zip archive.'],
  [/^PAR1/, 'It looks like a Parquet file.'],
  [
    /^[[{]\s*(?:\{\s*)?[A-Za-z_$][\w$]*\s*:/,
    'It looks like what a JavaScript console prints of an object: JSON.stringify gives JSON.',
  ],
  [/^[[{]\s*(?:\{\s*)?'/, 'It looks like what Python prints of a dictionary: json.dumps gives JSON.'],
  [/^[\w.-]+(?: [\w.-]+)*:\s/, 'It looks like YAML or a log.'],
  [/^"?[\w. -]+"?(?:[,;\t]"?[\w. -]*"?)+\r?\n/, 'It looks like a table (CSV).'],
];

/**
 * The error for a text without a document. `start` is where the text begins behind a byte order mark and white space.
 */
export function notJson(text: string, start: number, position: number): TraceInputError {
  const { how, line } = describeBreak(text, position);
  const beginning = text.slice(start, start + 2000);
  const looks = NO_JSON.find(([begin]) => begin.test(beginning))?.[1];
  return new TraceInputError(
    'not-json',
    `The input is not JSON.${looks === undefined ? '' : ` ${looks}`} It ${how}. ${READ_FROM}`,
    { line, position },
  );
}
