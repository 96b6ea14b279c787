import { TraceInputError } from '../model/diagnostics.ts';

/** Answers the line of a position, from 1; positions must not fall from call to call. */
export function createLineCounter(text: string): (position: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (position) => {
    for (; next !== -1 && next < position; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}

/** How a text breaks and where, in words: lines and columns count from 1, `position` from 0. */
export function describeBreak(text: string, position: number): { readonly how: string; readonly line: number } {
  const line = createLineCounter(text)(position);
  const column = position - text.lastIndexOf('\n', position - 1);
  return { how: `${text.slice(position).trim() === '' ? 'ends too early,' : 'breaks'} at line ${line}, column ${column} (position ${position})`, line };
}

/** The error for a text without a document. `start` is where the text begins behind a byte order mark and white space. */
export function notJson(text: string, start: number, position: number): TraceInputError {
  const { how, line } = describeBreak(text, position);
  const looks = text[start] === '<' ? ' It looks like HTML or XML.' : text.startsWith('PK', start) ? ' It looks like a zip archive.' : '';
  return new TraceInputError('not-json', `The input is not JSON.${looks} It ${how}.`, { line, position });
}
