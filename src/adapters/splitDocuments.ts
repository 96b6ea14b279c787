import { TraceInputError, type DiagnosticLog } from '../model/diagnostics.ts';

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
  let failure: unknown;
  try {
    return [{ document: JSON.parse(body) as unknown }];
  } catch (error) {
    failure = error;
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
  if (!documents.some(({ document }) => document !== null && typeof document === 'object')) throw notJson(body, failure);
  for (const { line, last } of bad) {
    log.report('bad-line', { line, message: last ? `Line ${line}, the last one, is not valid JSON and was left out; the file may be cut off.` : `Line ${line} is not valid JSON and was left out.` });
  }
  return documents;
}

function notJson(text: string, failure: unknown): TraceInputError {
  const place = placeOf(text, failure);
  const where = place ? ` It breaks at line ${place.line}, column ${place.column}.` : '';
  const looks = text.startsWith('<') ? ' It looks like HTML or XML.' : text.startsWith('PK') ? ' It looks like a zip archive.' : '';
  return new TraceInputError('not-json', `The input is not JSON.${looks}${where}`, place ?? {});
}

/** Engines say the position in words, "at position 214"; at the end of the input they say none. */
function placeOf(text: string, failure: unknown): { readonly position: number; readonly line: number; readonly column: number } | null {
  const message = failure instanceof Error ? failure.message : '';
  const told = /position (\d+)/.exec(message);
  const position = told ? Number(told[1]) : /end of/i.test(message) ? text.length : null;
  if (position === null) return null;
  const before = text.slice(0, position);
  return { position, line: before.split('\n').length, column: position - before.lastIndexOf('\n') };
}
