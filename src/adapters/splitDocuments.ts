import { TraceInputError, type DiagnosticLog } from '../model/diagnostics.ts';
import { jsonBreak } from './jsonBreak.ts';

/** A parsed document and the line it stands on, where the text has one document per line. */
export interface TextDocument { readonly document: unknown; readonly line?: number }

const START = /^[\uFEFF\s]*/;

/**
 * One JSON document, or JSON Lines. Lines that do not parse are reported (`bad-line`) and left out; where nothing parses, throws
 * `TraceInputError` (`empty-input`, `not-json`) with the place.
 */
export function splitDocuments(text: string, log: DiagnosticLog): readonly TextDocument[] {
  const body = text.slice(START.exec(text)![0].length);
  if (body === '') throw new TraceInputError('empty-input', 'The input is empty.');
  try {
    return [{ document: JSON.parse(body) as unknown }];
  } catch {
    // Perhaps one document per line.
  }
  const documents: TextDocument[] = [];
  const bad: { readonly line: number; readonly last: boolean }[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const lastLine = lines.findLastIndex((line) => line.trim() !== '');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    try {
      documents.push({ document: JSON.parse(line) as unknown, line: index + 1 });
    } catch {
      bad.push({ line: index + 1, last: index === lastLine });
    }
  });
  // Lines of a pretty-printed document parse now and then (`{`, `[]`, `1`): JSON Lines hold objects.
  if (!documents.some(({ document }) => document !== null && typeof document === 'object')) throw notJson(text, text.length - body.length);
  for (const { line, last } of bad) {
    log.report('bad-line', { line, message: last ? `Line ${line}, the last one, is not valid JSON and was left out; the file may be cut off.` : `Line ${line} is not valid JSON and was left out.` });
  }
  return documents;
}

/** `start` is where the text begins behind a byte order mark and white space. */
function notJson(text: string, start: number): TraceInputError {
  const body = text.slice(start);
  const position = start + jsonBreak(body);
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const looks = body.startsWith('<') ? ' It looks like HTML or XML.' : body.startsWith('PK') ? ' It looks like a zip archive.' : '';
  const ends = position === text.length ? ' It ends too early, ' : ' It breaks ';
  return new TraceInputError('not-json', `The input is not JSON.${looks}${ends}at line ${line}, column ${position - before.lastIndexOf('\n')}.`, { line, position });
}
