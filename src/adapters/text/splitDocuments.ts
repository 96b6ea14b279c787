import type { DiagnosticLog, TraceInputError } from '../../model/diagnostics.ts';
import { createLineCounter, createPlaces, describeBreak, notJson } from './breakPlace.ts';
import { closeJson, type ClosedDocument } from './closeJson.ts';
import { parseJson, type JsonBody } from './jsonBody.ts';
import { parseWithout, type Damage } from './repairJson.ts';
import { jsonBreak, matchLength, scanJson, type BadToken, type JsonScan } from './scanJson.ts';

/** A parsed document of a text. */
export interface TextDocument {
  readonly document: unknown;
  /** The line it begins on, where the text holds several. */
  readonly line?: number;
  /** What of it holds something that is no JSON, for which null stands now. */
  readonly damaged?: Damage;
  /** How far into the text it goes. */
  readonly end?: number;
  /**
   * The text ends or breaks within this document: what of it is incomplete, and the error for when nothing in it is
   * complete.
   */
  readonly cut?: {
    readonly incomplete: ReadonlySet<unknown>;
    readonly message: string;
    readonly error: TraceInputError;
  };
}

const BETWEEN = /[\s,]*/y;

/**
 * The documents of a text that is no JSON as a whole: one per line (JSON Lines), or one behind the other in any layout.
 * Lines that break are reported (`bad-line`) and left out; what is no JSON in the place of a value is reported
 * (`bad-token`) and passed over; a last document that is cut off, or an only one that breaks, is closed behind its last
 * whole value. Throws `TraceInputError` (`not-json`) with the place where the text holds no document. Where content is
 * `hidden`, notes quote none of it.
 */
export function* splitDocuments(
  text: string,
  { body, start }: JsonBody,
  log: DiagnosticLog,
  hidden: boolean,
): Generator<TextDocument, void> {
  const lineAt = createLineCounter(text);
  // Brackets that the last look which broke found unclosed, and how many of them are passed: a second look would break
  // at the same place, and so all looks together are linear. Looks from within what an earlier one has read open
  // nothing new, so one list is enough.
  let unclosed: readonly number[] = [];
  let passed = 0;
  let lineEnd = -1;
  const placeAt = createPlaces(text);
  const reportBad = (bad: readonly BadToken[]): void => {
    for (const { start: from, end, comma } of bad) {
      const { line, column, position } = placeAt(start + from);
      const what = comma
        ? 'A comma that nothing follows'
        : tokenName(body.slice(from, Math.min(end, from + LONGEST_QUOTE + 1)).trim(), hidden);
      log.report('bad-token', {
        line,
        position,
        message: `${what} at line ${line}, column ${column} (position ${position}) is not JSON and was passed over.`,
      });
    }
  };
  const cutDocument = ({ document, damaged, incomplete }: ClosedDocument, { breakAt }: JsonScan): TextDocument => ({
    document,
    damaged,
    cut: {
      incomplete,
      message: `The input ${describeBreak(text, start + breakAt).how}; what was complete before is shown.`,
      error: notJson(text, start, start + breakAt),
    },
  });
  const badLine = (what: string, line: number): void =>
    log.report('bad-line', { line, message: `${what} ${line} is not valid JSON and was left out.` });
  let found = 0;
  let first: { readonly scan: JsonScan; readonly line: number } | null = null;
  for (let at = 0; at < body.length; at += matchLength(BETWEEN, body, at)) {
    const line = lineAt(start + at);
    // Documents may all stand on one line: its end is looked for once. A loop, because V8 takes the search out of a
    // mere condition.
    for (; lineEnd < at; lineEnd = endOfLine(body, lineEnd + 1));
    const document = at === 0 || body[at - 1] === '\n' ? parseLine(body, at, lineEnd) : null;
    if (document) {
      if (isContainer(document.document)) found += 1;
      yield { ...document, line, end: start + lineEnd };
      at = lineEnd;
      continue;
    }
    while (passed < unclosed.length && unclosed[passed]! < at) passed += 1;
    const scan = unclosed[passed] === at ? null : scanJson(body, at);
    const next = scan && scan.end !== -1 ? parseWithout(scan.bad, body, at, scan.end) : null;
    if (scan && next) {
      reportBad(scan.bad);
      if (isContainer(next.document)) found += 1;
      yield { ...next, line, end: start + scan.end };
      at = scan.end;
      continue;
    }
    const closed = scan?.cutOff && !lastLineStands(body, at) ? closeJson(body, at, scan) : null;
    if (closed) {
      if (found > 0)
        log.report('bad-line', {
          line,
          message: `Line ${line}, the last one, is not valid JSON; the file may be cut off.`,
        });
      reportBad(scan!.bad);
      yield cutDocument(closed, scan!);
      return;
    }
    if (scan && scan.open.length > 0) {
      unclosed = scan.open;
      passed = 0;
    }
    // Whether what breaks at the beginning is a bad line or the only document is known at the end.
    if (at === 0) first = { scan: scan!, line };
    else badLine(body[at - 1] === '\n' ? 'Line' : 'The rest of line', line);
    at = nextBeginning(body, at);
  }
  // Lines of anything parse now and then (`1`, `"a"`): documents are objects or lists.
  if (found > 0) {
    if (first) badLine('Line', first.line);
    return;
  }
  const closed = first && closeJson(body, 0, first.scan);
  if (!closed) throw notJson(text, start, start + jsonBreak(body));
  reportBad(first!.scan.bad);
  yield cutDocument(closed, first!.scan);
}

/** Words that programs write where JSON has none: they say nothing of the content. */
const KNOWN_WORDS = /^(?:[-+]?(?:nan|inf|infinity)|undefined|none|true|false|null)$/i;
const LONGEST_QUOTE = 40;

function tokenName(token: string, hidden: boolean): string {
  if (token === '') return 'A missing value';
  if (hidden && !KNOWN_WORDS.test(token)) return 'A value';
  return `“${token.length > LONGEST_QUOTE ? `${token.slice(0, LONGEST_QUOTE)}…` : token}”`;
}

const isContainer = (document: unknown): boolean => document !== null && typeof document === 'object';

/**
 * A line that is a document. Most other lines show by their last character that they are none, which saves an
 * exception.
 */
function parseLine(text: string, from: number, end: number): { readonly document: unknown } | null {
  const last = text[text[end - 1] === '\r' ? end - 2 : end - 1];
  return last === '}' || last === ']' ? parseJson(text.slice(from, end)) : null;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/**
 * The last line is a document of its own, so what begins at `at` is a broken line before it and not a document that is
 * cut off.
 */
function lastLineStands(text: string, at: number): boolean {
  const last = text.lastIndexOf('\n') + 1;
  return last > at && (text[last] === '{' || text[last] === '[') && parseJson(text.slice(last)) !== null;
}

/**
 * The next line that can begin a document: not indented further than the one that broke, and not the closing bracket of
 * its remains.
 */
function nextBeginning(text: string, at: number): number {
  const indent = at - (text.lastIndexOf('\n', at) + 1);
  for (let end = endOfLine(text, at); end < text.length; end = endOfLine(text, end + 1)) {
    let first = end + 1;
    while (text[first] === ' ' || text[first] === '\t') first += 1;
    if (first - end - 1 <= indent && !'}]\r\n'.includes(text[first] ?? '\n')) return first;
  }
  return text.length;
}
