import { TraceInputError, type DiagnosticLog } from '../model/diagnostics.ts';
import { closeJson, type ClosedDocument } from './closeJson.ts';
import { jsonBreak, scanJson, type JsonScan } from './scanJson.ts';

/** A parsed document of a text. */
export interface TextDocument {
  readonly document: unknown;
  /** The line it begins on, where the text holds several. */
  readonly line?: number;
  /** The text ends or breaks within this document: what of it is incomplete, and the error for when nothing in it is complete. */
  readonly cut?: { readonly incomplete: ReadonlySet<unknown>; readonly place: Place; readonly error: TraceInputError };
}

/** `position` counts characters from 0, `line` and `column` from 1. */
export interface Place { readonly position: number; readonly line: number; readonly column: number }

/** Byte order mark, white space, and the guard that some servers put before JSON. */
const START = /^[\uFEFF\s]*(?:\)\]\}'?,?\s*)?/;
const BETWEEN = /[\s,]*/y;

/**
 * The documents of a text: a single one, one per line (JSON Lines), or one behind the other in any layout. Lines that break are reported
 * (`bad-line`) and left out; a last document that is cut off, or an only one that breaks, is closed behind its last whole value. Throws
 * `TraceInputError` (`empty-input`, `not-json`) with the place where the text holds no document.
 */
export function* splitDocuments(text: string, log: DiagnosticLog): Generator<TextDocument, void> {
  const start = START.exec(text)![0].length;
  const body = text.slice(start).trimEnd();
  if (body === '') throw new TraceInputError('empty-input', 'The input is empty.');
  const whole = parse(body);
  if (whole) {
    yield whole;
    return;
  }
  const lineAt = createLineCounter(text);
  // Brackets that an earlier look found unclosed: a second look would break at the same place, and so all looks together are linear.
  const unclosed = new Set<number>();
  const cutDocument = ({ document, incomplete }: ClosedDocument, breakAt: number): TextDocument => {
    const place = placeOf(text, breakAt);
    return { document, line: place.line, cut: { incomplete, place, error: notJson(text, start, breakAt) } };
  };
  let found = 0;
  let first: JsonScan | null = null;
  for (let at = 0; at < body.length; at = skip(BETWEEN, body, at)) {
    const line = lineAt(start + at);
    const lineEnd = endOfLine(body, at);
    const document = at === 0 || body[at - 1] === '\n' ? parseLine(body, at, lineEnd) : null;
    if (document) {
      if (isContainer(document.document)) found += 1;
      yield { ...document, line };
      at = lineEnd;
      continue;
    }
    const scan = unclosed.has(at) ? null : scanJson(body, at);
    const next = scan && scan.end !== -1 ? parse(body.slice(at, scan.end)) : null;
    if (scan && next) {
      if (isContainer(next.document)) found += 1;
      yield { ...next, line };
      at = scan.end;
      continue;
    }
    const closed = scan?.cutOff && !lastLineStands(body, at) ? closeJson(body, at, scan) : null;
    if (closed) {
      if (found > 0) log.report('bad-line', { line, message: `Line ${line}, the last one, is not valid JSON; the file may be cut off.` });
      yield cutDocument(closed, start + scan!.breakAt);
      return;
    }
    if (at === 0) first = scan;
    for (const bracket of scan?.open ?? []) unclosed.add(bracket);
    log.report('bad-line', { line, message: `${at === 0 || body[at - 1] === '\n' ? 'Line' : 'The rest of line'} ${line} is not valid JSON and was left out.` });
    at = nextBeginning(body, at);
  }
  // Lines of anything parse now and then (`1`, `"a"`): documents are objects or lists.
  if (found > 0) return;
  const closed = first ? closeJson(body, 0, first) : null;
  if (!closed) throw notJson(text, start, start + jsonBreak(body));
  yield cutDocument(closed, start + first!.breakAt);
}

const isContainer = (document: unknown): boolean => document !== null && typeof document === 'object';

function parse(text: string): { readonly document: unknown } | null {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** A line that is a document. Most other lines show by their last character that they are none, which saves an exception. */
function parseLine(text: string, from: number, end: number): { readonly document: unknown } | null {
  const last = text[text[end - 1] === '\r' ? end - 2 : end - 1];
  return last === '}' || last === ']' ? parse(text.slice(from, end)) : null;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The last line is a document of its own, so what begins at `at` is a broken line before it and not a document that is cut off. */
function lastLineStands(text: string, at: number): boolean {
  const last = text.lastIndexOf('\n') + 1;
  return last > at && (text[last] === '{' || text[last] === '[') && parse(text.slice(last)) !== null;
}

/** The next line that can begin a document: not indented further than the one that broke, and not the closing bracket of its remains. */
function nextBeginning(text: string, at: number): number {
  const indent = at - (text.lastIndexOf('\n', at) + 1);
  for (let end = endOfLine(text, at); end < text.length; end = endOfLine(text, end + 1)) {
    let first = end + 1;
    while (text[first] === ' ' || text[first] === '\t') first += 1;
    if (first - end - 1 <= indent && !'}]\r\n'.includes(text[first] ?? '\n')) return first;
  }
  return text.length;
}

/** Answers the line of a position; positions must not fall. */
function createLineCounter(text: string): (position: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (position) => {
    for (; next !== -1 && next < position; next = text.indexOf('\n', next + 1)) line += 1;
    return line;
  };
}

function placeOf(text: string, position: number): Place {
  return { position, line: createLineCounter(text)(position), column: position - text.lastIndexOf('\n', position - 1) };
}

/** `start` is where the text begins behind a byte order mark and white space. */
function notJson(text: string, start: number, breakAt: number): TraceInputError {
  const { line, column, position } = placeOf(text, breakAt);
  const looks = text[start] === '<' ? ' It looks like HTML or XML.' : text.startsWith('PK', start) ? ' It looks like a zip archive.' : '';
  const ends = text.slice(position).trim() === '' ? 'ends too early,' : 'breaks';
  return new TraceInputError('not-json', `The input is not JSON.${looks} It ${ends} at line ${line}, column ${column} (position ${position}).`, { line, position });
}
