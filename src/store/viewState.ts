import { createKeyText, VIEW_STATE_LIMITS } from './pieceText.ts';
import {
  PIECE_ROWS,
  piecesIn,
  type AlwaysViewed,
  type PieceRow,
  type ViewedIfChanged,
  type ViewPieces,
} from './viewPieces.ts';
import { sameValue } from './sameValue.ts';

/**
 * The whole view as one small value. `filterMode`, `sort`, `shortenIdle` and `criticalPath` are only there where they
 * are not as by default.
 */
export interface ViewState extends Omit<AlwaysViewed, 'shownColumns'>, ViewedIfChanged {
  readonly version: 1;
  /** Ids of the columns that are shown, in order; an empty list = those that are shown by default. */
  readonly shownColumns: readonly string[];
}

/** The rows of the table that are part of an address. */
const ROWS = PIECE_ROWS.filter((row): row is Required<PieceRow> => row.letter !== undefined);

/**
 * A view as a short text of letters, digits, `-`, `.`, `_` and `*`, which no part of a URL escapes:
 *
 * 1.s4f7b…_2f00f0.e2*_k00a1.w0*1500000000.qkind_3allm
 *
 * The version, then each piece by its letter, in the order of `VIEW_PIECES`: selected span, expansion, folds, time
 * window, query, columns, panel, filter mode (`mh` = hide), order of siblings (`ocost*d` = largest first), idle time
 * (`is` = shortened), critical path (`kn` = not drawn). Pieces that say nothing (no selection, all open, no query) are
 * left out; lists are divided by `*`. Other characters are written `_` and two hexadecimal digits or `_u` and four;
 * `_k` stands for the trace id and slash that the first key began with.
 */
export function encodeViewState(state: ViewState): string {
  const keys = createKeyText();
  const pieces = ROWS.flatMap((row) => {
    const value = (state as Partial<ViewPieces>)[row.name];
    const text =
      value === undefined || value === null || sameValue(value, row.default) ? null : row.encode(value, keys);
    return text === null ? [] : [row.letter + text];
  });
  return ['1', ...pieces].join('.');
}

/**
 * The view that `encodeViewState` wrote; null for any other text, of a later version, too long or made up. Keys and
 * names may still be of nothing that is there.
 */
export function decodeViewState(text: string): ViewState | null {
  if (typeof text !== 'string' || text.length > VIEW_STATE_LIMITS.text) return null;
  const [version, ...pieces] = text.split('.');
  if (version !== '1' || pieces.length > ROWS.length) return null;
  const keys = createKeyText();
  const read: Partial<Record<keyof ViewPieces, unknown>> = {};
  let last = -1;
  for (const piece of pieces) {
    // Each piece once, in the order in which they are written.
    const place = ROWS.findIndex(({ letter }) => letter === piece[0]);
    if (place <= last) return null;
    last = place;
    const row = ROWS[place]!;
    const value = row.decode(piece.slice(1), keys);
    if (value === null) return null;
    read[row.name] = value;
  }
  return viewStateOf(read as Partial<ViewPieces>);
}

/** The view that pieces of state make, such as the state of a store: what `encodeViewState` writes. */
export const viewStateOf = (pieces: Partial<ViewPieces>): ViewState =>
  Object.fromEntries([
    ['version', 1],
    ...ROWS.flatMap((row) => {
      const value = pieces[row.name] === undefined ? row.default : pieces[row.name];
      if (row.in === 'changed' && sameValue(value, row.default)) return [];
      return [[row.name, row.name === 'shownColumns' ? (value ?? BY_DEFAULT) : value]];
    }),
  ]) as unknown as ViewState;

const BY_DEFAULT: readonly string[] = [];

/** The pieces of state that a view speaks of: what `createTraceStore` begins with. */
export function viewPiecesOf(view: ViewState | null | undefined): Partial<ViewPieces> {
  if (!view) return {};
  const pieces = piecesIn(view, (name) => name) as Partial<ViewPieces>;
  return pieces.shownColumns?.length === 0 ? { ...pieces, shownColumns: null } : pieces;
}
