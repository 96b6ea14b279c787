import { parsed } from '../../conventions/json.ts';
import { setOwn } from '../../model/ownValue.ts';

/** Names under which tables of spans keep the ids of a span and of its trace. */
const SPAN_IDS: ReadonlySet<string> = new Set(['span_id', 'spanid', 'context.span_id', 'trace.span_id', 'id']);
const TRACE_IDS: ReadonlySet<string> = new Set(['trace_id', 'traceid', 'context.trace_id', 'trace.trace_id']);
/** Longer heads are none. */
const LONGEST_HEAD = 10_000;

/**
 * The rows of a table of spans (CSV by RFC 4180, or with tabs or semicolons), each as an object: what is JSON in a cell
 * is taken as such, an empty cell is not there. Null where it is no such table: its first line must name the ids of
 * spans and traces. `onCut` is told of a text that ends inside a quoted cell; what stood there is kept.
 */
export function readCsv(text: string, onCut?: () => void): readonly object[] | null {
  const begin = text.startsWith('\uFEFF') ? 1 : 0;
  const headEnd = text.slice(begin, begin + LONGEST_HEAD).search(/\r?\n/);
  if (headEnd === -1) return null;
  const head = text.slice(begin, begin + headEnd);
  const separator = [',', '\t', ';'].find((sign) => isHead(cellsOf(head, sign).next().value ?? []));
  if (separator === undefined) return null;
  const [names = [], ...rows] = cellsOf(text.slice(begin), separator, onCut);
  return rows.filter((cells) => cells.length > 1 || cells[0] !== '').map((cells) => rowOf(names, cells));
}

const isHead = (names: readonly string[]): boolean => {
  const words = names.map((name) => name.trim().toLowerCase());
  return words.some((word) => SPAN_IDS.has(word)) && words.some((word) => TRACE_IDS.has(word));
};

function rowOf(names: readonly string[], cells: readonly string[]): object {
  const row: Record<string, unknown> = {};
  names.forEach((name, at) => {
    const cell = cells[at] ?? '';
    if (cell !== '') setOwn(row, name.trim(), /^\s*[[{]/.test(cell) ? parsed(cell) : cell);
  });
  return row;
}

/** The cells of each row. A quoted cell may hold separators, ends of lines, and quotes that are written twice. */
function* cellsOf(text: string, separator: string, onCut?: () => void): Generator<readonly string[], void> {
  const plain = new RegExp(`[^${separator}\r\n]*`, 'y');
  let row: string[] = [];
  for (let at = 0; at <= text.length;) {
    let cell: string;
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1);
      while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
      if (end === -1) onCut?.();
      const last = end === -1 ? text.length : end;
      cell = text.slice(at + 1, last).replaceAll('""', '"');
      at = last + 1;
    } else {
      plain.lastIndex = at;
      [cell] = plain.exec(text) as unknown as [string];
      at += cell.length;
    }
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    // What stands behind a closing quote is no part of a table; the next end of line ends the row.
    const next = at >= text.length ? -1 : text.indexOf('\n', at);
    yield row;
    row = [];
    if (next === -1) return;
    at = next + 1;
    if (at === text.length) return;
  }
}
