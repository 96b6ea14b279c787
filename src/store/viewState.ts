import type { Expansion } from '../layout/rows/expansion.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { SpanKey } from '../model/types.ts';
import type { FilterMode, Sort } from './types.ts';

/** The whole view as one small value. */
export interface ViewState {
  readonly version: 1;
  readonly selectedSpan: SpanKey | null;
  readonly expansion: Expansion;
  readonly folds: Expansion;
  /** Null = the whole trace. */
  readonly timeWindow: TimeWindow | null;
  readonly query: string;
  readonly columns: readonly string[];
  readonly panel: string | null;
  /**
   * What follows is only there where it is not as by default: what the query does not match is dimmed, siblings are in
   * the order of the trace, time has its real length, the critical path is drawn, the details leave room for it, and
   * arguments stand behind the names of tools.
   */
  readonly filterMode?: FilterMode;
  readonly sort?: Sort;
  readonly shortenIdle?: boolean;
  readonly criticalPath?: boolean;
  readonly reading?: boolean;
  readonly argumentsInRows?: boolean;
}

/**
 * What does not fit is left out, so that an address stays one: browsers and servers differ in what they take. Lengths
 * are in UTF-16 units.
 */
export const VIEW_STATE_LIMITS = {
  text: 40_000,
  key: 256,
  query: 1024,
  columns: 32,
  name: 64,
  exceptions: 500,
} as const;
/** Characters that one list of exceptions may take in the written text. */
const LIST_AT_MOST = 8192;
const DEEPEST = 1_000_000;

/**
 * A view as a short text of letters, digits, `-`, `.`, `_` and `*`, which no part of a URL escapes:
 *
 *     1.s4f7b…_2f00f0.e2*_k00a1.w0*1500000000.qkind_3allm
 *
 * The version, then each piece by its letter: selected span, expansion, folds, time window, query, columns, panel,
 * filter mode (`mh` = hide), order of siblings (`ocost*d` = largest first), idle time (`is` = shortened), critical path
 * (`kn` = not drawn), reading (`dw` = the details are wide), arguments behind names (`an` = not shown). Pieces that say nothing (no selection, all open, no query) are left out; lists are divided by
 * `*`. Other characters are written `_` and two hexadecimal digits or `_u` and four; `_k` stands for the trace id and
 * slash that the first key began with.
 */
export function encodeViewState(state: ViewState): string {
  const {
    selectedSpan,
    expansion,
    folds,
    timeWindow,
    query,
    columns,
    panel,
    filterMode,
    sort,
    shortenIdle,
    criticalPath,
    reading,
    argumentsInRows,
  } = state;
  let trace: string | null = null;
  const keyText = (key: string): string => {
    const cut = key.indexOf('/') + 1;
    return cut > 0 && key.slice(0, cut) === trace ? `_k${escapeText(key.slice(cut))}` : escapeText(key);
  };
  /** To be called for each key that is written, as the reader remembers the first trace it comes by. */
  const remember = (key: string): void => {
    const cut = key.indexOf('/') + 1;
    if (cut > 0) trace ??= key.slice(0, cut);
  };
  const expansionText = ({ base, except }: Expansion): string => {
    let text =
      typeof base === 'number'
        ? String(Math.min(Math.max(Math.trunc(base) || 0, 0), DEEPEST))
        : base === 'all'
          ? 'a'
          : 'n';
    for (const key of except.slice(0, VIEW_STATE_LIMITS.exceptions)) {
      if (key.length > VIEW_STATE_LIMITS.key) continue;
      const next = `*${keyText(key)}`;
      if (text.length + next.length > LIST_AT_MOST) break;
      text += next;
      remember(key);
    }
    return text;
  };
  const pieces = ['1'];
  const add = (letter: string, text: string, silent = ''): void => {
    if (text !== silent) pieces.push(letter + text);
  };
  if (selectedSpan !== null && selectedSpan.length <= VIEW_STATE_LIMITS.key) {
    pieces.push(`s${keyText(selectedSpan)}`);
    remember(selectedSpan);
  }
  add('e', expansionText(expansion), 'a');
  add('f', expansionText(folds), 'a');
  if (timeWindow && isWindow(timeWindow)) add('w', timeWindow.map((time) => escapeText(String(time))).join('*'));
  if (query.length <= VIEW_STATE_LIMITS.query) add('q', escapeText(query));
  const shown = columns.slice(0, VIEW_STATE_LIMITS.columns).filter((name) => name.length <= VIEW_STATE_LIMITS.name);
  if (shown.length > 0) pieces.push(`c${shown.map(escapeText).join('*')}`);
  if (panel !== null && panel.length <= VIEW_STATE_LIMITS.name) pieces.push(`p${escapeText(panel)}`);
  if (filterMode === 'hide') pieces.push('mh');
  if (sort && sort.id.length <= VIEW_STATE_LIMITS.name)
    pieces.push(`o${escapeText(sort.id)}*${sort.descending ? 'd' : 'a'}`);
  if (shortenIdle === true) pieces.push('is');
  if (criticalPath === false) pieces.push('kn');
  if (reading === true) pieces.push('dw');
  if (argumentsInRows === false) pieces.push('an');
  return pieces.join('.');
}

const isWindow = ([from, to]: TimeWindow): boolean => Number.isFinite(from) && Number.isFinite(to) && from <= to;

const escapeText = (text: string): string =>
  text.replace(/[^A-Za-z0-9-]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 256 ? `_${code.toString(16).padStart(2, '0')}` : `_u${code.toString(16).padStart(4, '0')}`;
  });

/** Undone `escapeText`; null for what it does not write. */
function unescapeText(text: string): string | null {
  const plain = text.replace(
    /_(?:u([0-9a-f]{4})|([0-9a-f]{2}))/g,
    (_, four: string | undefined, two: string | undefined) => String.fromCharCode(Number.parseInt((four ?? two)!, 16)),
  );
  return /^(?:[A-Za-z0-9-]|_u[0-9a-f]{4}|_[0-9a-f]{2})*$/.test(text) ? plain : null;
}

/** Of the pieces, in the order in which they are written. */
const LETTERS = 'sefwqcpmoikda';

/**
 * The view that `encodeViewState` wrote; null for any other text, of a later version, too long or made up. Keys and
 * names may still be of nothing that is there.
 */
export function decodeViewState(text: string): ViewState | null {
  if (typeof text !== 'string' || text.length > VIEW_STATE_LIMITS.text) return null;
  const [version, ...pieces] = text.split('.');
  if (version !== '1' || pieces.length > LETTERS.length) return null;
  let trace: string | null = null;
  const readKey = (written: string): string | null => {
    if (written.startsWith('_k')) {
      const rest = unescapeText(written.slice(2));
      return trace === null || rest === null ? null : within(trace + rest, VIEW_STATE_LIMITS.key);
    }
    const key = unescapeText(written);
    const cut = key === null ? 0 : key.indexOf('/') + 1;
    if (cut > 0) trace ??= key!.slice(0, cut);
    return within(key, VIEW_STATE_LIMITS.key);
  };
  const state: { -readonly [Piece in keyof ViewState]: ViewState[Piece] } = {
    version: 1,
    selectedSpan: null,
    expansion: { base: 'all', except: [] },
    folds: { base: 'all', except: [] },
    timeWindow: null,
    query: '',
    columns: [],
    panel: null,
  };
  let last = -1;
  for (const piece of pieces) {
    // Each piece once, in the order in which they are written.
    const place = LETTERS.indexOf(piece[0] ?? '?');
    if (place <= last) return null;
    last = place;
    const written = piece.slice(1);
    const value = readPiece(place, written, readKey);
    if (value === null) return null;
    Object.assign(state, value);
  }
  return state;
}

function readPiece(
  place: number,
  written: string,
  readKey: (written: string) => string | null,
): Partial<ViewState> | null {
  switch (place) {
    case 0:
      return piece('selectedSpan', readKey(written));
    case 1:
      return piece('expansion', readExpansion(written, readKey));
    case 2:
      return piece('folds', readExpansion(written, readKey));
    case 3:
      return piece('timeWindow', readWindow(written));
    case 4:
      return piece('query', within(unescapeText(written), VIEW_STATE_LIMITS.query));
    case 5:
      return piece(
        'columns',
        readList(written.split('*'), VIEW_STATE_LIMITS.columns, (name) =>
          within(unescapeText(name), VIEW_STATE_LIMITS.name),
        ),
      );
    case 6:
      return piece('panel', within(unescapeText(written), VIEW_STATE_LIMITS.name));
    case 7:
      return written === 'h' ? { filterMode: 'hide' } : null;
    case 8:
      return piece('sort', readSort(written));
    case 9:
      return written === 's' ? { shortenIdle: true } : null;
    case 10:
      return written === 'n' ? { criticalPath: false } : null;
    case 11:
      return written === 'w' ? { reading: true } : null;
    default:
      return written === 'n' ? { argumentsInRows: false } : null;
  }
}

const piece = <Name extends keyof ViewState>(
  name: Name,
  value: Required<ViewState>[Name] | null,
): Partial<ViewState> | null => (value === null ? null : { [name]: value });
const within = (text: string | null, most: number): string | null =>
  text !== null && text.length <= most ? text : null;

function readList(
  items: readonly string[],
  most: number,
  read: (item: string) => string | null,
): readonly string[] | null {
  if (items.length > most) return null;
  const list = items.map(read);
  return list.includes(null) ? null : (list as string[]);
}

function readExpansion(written: string, readKey: (written: string) => string | null): Expansion | null {
  const [first = '', ...keys] = written.split('*');
  const base =
    first === 'a'
      ? 'all'
      : first === 'n'
        ? 'none'
        : /^\d{1,7}$/.test(first) && Number(first) <= DEEPEST
          ? Number(first)
          : null;
  const except = readList(keys, VIEW_STATE_LIMITS.exceptions, readKey);
  return base === null || except === null ? null : { base, except };
}

function readSort(written: string): Sort | null {
  const [name = '', order, ...more] = written.split('*');
  const id = within(unescapeText(name), VIEW_STATE_LIMITS.name);
  return id === null || more.length > 0 || (order !== 'a' && order !== 'd') ? null : { id, descending: order === 'd' };
}

function readWindow(written: string): TimeWindow | null {
  const times = written.split('*').map((time) => {
    const number = unescapeText(time);
    return number !== null && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(number) ? Number(number) : Number.NaN;
  });
  const window = [times[0]!, times[1]!] as const;
  return times.length === 2 && isWindow(window) ? window : null;
}
