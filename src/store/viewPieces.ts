import type { GraphMeasure, GraphMode } from '../analysis/graph/types.ts';
import type { StatisticsColumn } from '../analysis/statistics/sortRows.ts';
import type { StatisticsBy } from '../analysis/statistics/types.ts';
import type { FlameMeasure } from '../layout/flame/types.ts';
import { ALL_OPEN, type Expansion } from '../layout/rows/expansion.ts';
import type { DiffFilter } from '../layout/diff/mergedTrace.ts';
import type { DiffAlignment } from '../layout/diff/placedTimes.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { SpanKey } from '../model/types.ts';
import {
  choicesText,
  expansionText,
  laterWord,
  namesText,
  pairsText,
  sortText,
  spanKeyText,
  textUpTo,
  VIEW_STATE_LIMITS,
  windowText,
  wordFor,
  wordsFor,
  yesOrNo,
  type PieceText,
} from './pieceText.ts';

/** `hide` keeps the ancestors of what matches. */
export type FilterMode = 'dim' | 'hide';

/** What the list over the rows tells: what is to know, or what is worth speeding up. */
export type FindingsList = 'findings' | 'speedups';

/** What the colour of a row says. */
export type ColorBy = 'kind' | 'service';

/** Siblings by the value of a column, unknown values last. */
export interface Sort {
  readonly id: string;
  readonly descending: boolean;
}

/** What a reader said of two traces: pairs of spans that are the same step, [key in A, key in B], and such that are not. */
export interface DiffPairs {
  readonly pair: readonly (readonly [SpanKey, SpanKey])[];
  readonly forbid: readonly (readonly [SpanKey, SpanKey])[];
}
const NO_PAIRS: DiffPairs = { pair: [], forbid: [] };

/** How the flame graph is drawn; what is not said is as the part has it by default. */
export interface FlameLook {
  /** What widths say. */
  readonly measure?: FlameMeasure;
  /** Whether calls on one path are one bar. */
  readonly merged?: boolean;
  /** Whether it stands upside down. */
  readonly inverted?: boolean;
}

/** How the graph of the agents is drawn; what is not said is as by default. */
export interface GraphLook {
  /** Who calls whom, or what followed what. */
  readonly mode?: GraphMode;
  /** What the width of its lines says. */
  readonly measure?: GraphMeasure;
}

/** How the statistics are put together and ordered; what is not said is as the part has it by default. */
export interface StatisticsLook {
  readonly by?: StatisticsBy;
  readonly sort?: StatisticsColumn;
  readonly descending?: boolean;
}

/** How a piece stands in the text of a view: by which letter, and how its value is written there. */
interface Written<Value> extends PieceText<NonNullable<Value>> {
  readonly letter: string;
}

/** In every `ViewState`. */
const always = <Value>(value: Value, written: Written<Value>) =>
  ({ default: value, in: 'always', ...written }) as const;
/** In a `ViewState` only where it is not as by default. */
const changed = <Value>(value: Value, written: Written<Value>) =>
  ({ default: value, in: 'changed', ...written }) as const;
/** Never in a `ViewState`: what somebody does for a moment. */
const momentary = <Value>(value: Value) => ({ default: value, in: 'never' }) as const;

/**
 * The pieces of view state: for each its default and, where it is part of an address, its letter and how it is written.
 * The state of a store, the props X, defaultX and onXChange, `ViewState`, `encodeViewState`, `decodeViewState` and
 * `useViewState` follow from this table. Its order is that of the pieces in a text.
 */
export const VIEW_PIECES = {
  /** The span whose details are shown, by its key `traceId/spanId`; null = none. */
  selectedSpan: always<SpanKey | null>(null, { letter: 's', ...spanKeyText }),
  /** Which spans are open. */
  expansion: always<Expansion>(ALL_OPEN, { letter: 'e', ...expansionText }),
  /** Which loops are open, each by the key of its first span. By default all that are short. */
  folds: always<Expansion>(ALL_OPEN, { letter: 'f', ...expansionText }),
  /** The shown stretch of time; null = the whole trace. `onTimeWindowChange` is called when a gesture ends. */
  timeWindow: always<TimeWindow | null>(null, { letter: 'w', ...windowText }),
  /** What spans are looked for, as it is typed: `kind:llm refund`. */
  query: always<string>('', { letter: 'q', ...textUpTo(VIEW_STATE_LIMITS.query) }),
  /**
   * Ids of the columns that are shown, in order (`columns` is what there is to choose from): the host's, the built-in
   * ones and `attribute:<key>`. Null = those that are shown by default.
   */
  shownColumns: always<readonly string[] | null>(null, { letter: 'c', ...namesText }),
  /**
   * The tab of the span detail, by the id of its panel: a host's own, or `messages`, `io`, `scores`, `attributes`,
   * `events`, `links`, `raw`. Null = the first that fits the span. One that does not fit a span waits for the next that
   * it fits.
   */
  panel: always<string | null>(null, { letter: 'p', ...textUpTo(VIEW_STATE_LIMITS.name) }),
  /**
   * Which view of the trace the main area shows, by its id: `timeline`, `transcript`, `flame` or `statistics`. One that does not fit the trace
   * waits for the next that it fits. @default 'timeline'
   */
  mainView: changed<string>('timeline', { letter: 'v', ...textUpTo(VIEW_STATE_LIMITS.name) }),
  /** What becomes of spans that the query does not match; `hide` keeps the ancestors of what matches. @default 'dim' */
  filterMode: changed<FilterMode>('dim', { letter: 'm', ...wordFor<FilterMode>('hide', 'h') }),
  /** The column by which siblings are ordered; null = in the order of the trace. */
  sort: changed<Sort | null>(null, { letter: 'o', ...sortText }),
  /**
   * Whether pauses in which nothing that works was recorded are drawn shorter than they were, with a mark where that
   * can be seen. Readers are offered it where they take a quarter of the window. @default false
   */
  shortenIdle: changed<boolean>(false, { letter: 'i', ...wordFor<boolean>(true, 's') }),
  /** Whether the critical path is drawn. @default true */
  criticalPath: changed<boolean>(true, { letter: 'k', ...wordFor<boolean>(false, 'n') }),
  /** What the colours of rows and bars say: the kind of a step, or the service that recorded it. @default 'kind' */
  colorBy: changed<ColorBy>('kind', { letter: 'b', ...wordFor<ColorBy>('service', 's') }),
  /** Whether the details are as wide as they can be, over the timeline. @default false */
  reading: changed<boolean>(false, { letter: 'd', ...wordFor<boolean>(true, 'w') }),
  /** Whether a short word about the arguments stands behind the names of tools, masked as they are. @default true */
  argumentsInRows: changed<boolean>(true, { letter: 'a', ...wordFor<boolean>(false, 'n') }),
  /** Which traces of a set are looked for, as it is typed into a list of them: `status:error OR duration>5s`. */
  traceQuery: changed<string>('', { letter: 't', ...textUpTo(VIEW_STATE_LIMITS.query) }),
  /** The list over the rows that is open; null = none. @default null */
  findingsList: changed<FindingsList | null>(null, {
    letter: 'h',
    ...wordsFor<FindingsList>({ findings: 'f', speedups: 's' }),
  }),
  /** Whether a trace opens at its first finding, where nothing is selected and there is one. @default false */
  atFinding: changed<boolean>(false, { letter: 'n', ...wordFor<boolean>(true, 'f') }),
  /** What the flame graph shows: the measure, one bar for each path or for each span, upside down. */
  flameLook: changed<FlameLook>(
    {},
    { letter: 'u', ...choicesText<FlameLook>({ measure: laterWord(), merged: yesOrNo, inverted: yesOrNo }) },
  ),
  /** What the graph of the agents shows: calls or what followed what, and the measure. */
  graphLook: changed<GraphLook>(
    {},
    { letter: 'r', ...choicesText<GraphLook>({ mode: laterWord(), measure: laterWord() }) },
  ),
  /** What the statistics show: by what spans are put together, and the order of the rows. */
  statisticsLook: changed<StatisticsLook>(
    {},
    { letter: 'z', ...choicesText<StatisticsLook>({ by: laterWord(), sort: laterWord(), descending: yesOrNo }) },
  ),
  /**
   * The agent whose context window is shown, by the key of its span; '' = the calls of none. Null = that of what is
   * selected, else the fullest.
   */
  contextAgent: changed<SpanKey | null>(null, { letter: 'y', ...spanKeyText }),
  /**
   * Whether the newest rows of a trace that still arrives are kept in view. Ends when somebody scrolls, or chooses a
   * row. @default true
   */
  follow: momentary<boolean>(true),
  /**
   * Of two traces, where their bars stand: both from the left, each span of A where its partner begins, or A before B.
   *
   * @default 'trace'
   */
  alignment: changed<DiffAlignment>('trace', { letter: 'l', ...wordsFor<DiffAlignment>({ span: 's', apart: 'a' }) }),
  /** Of two traces, which rows are left. @default 'all' */
  differences: changed<DiffFilter>('all', {
    letter: 'g',
    ...wordsFor<DiffFilter>({ added: 'a', removed: 'r', changed: 'c', moved: 'm' }),
  }),
  /** Of two traces, what the reader said about which step became which. */
  pairs: changed<DiffPairs>(NO_PAIRS, { letter: 'j', ...pairsText }),
  /**
   * A stretch of time that somebody marked, to measure it or to zoom to it; null = none. `onRangeChange` is called
   * while it is drawn, too.
   */
  range: momentary<TimeWindow | null>(null),
} as const;

type Table = typeof VIEW_PIECES;

/** All pieces of view state. */
export type ViewPieces = { readonly [Piece in keyof Table]: Table[Piece]['default'] };

/** The pieces of a view of two traces alone. */
export type DiffPieces = Pick<ViewPieces, 'alignment' | 'differences' | 'pairs'>;

/** The pieces of a view of a trace that a host may own: each exists as prop X, defaultX and onXChange. */
export type HostPieces = Omit<ViewPieces, keyof DiffPieces>;

type Named<Place> = { [Piece in keyof Table]: Table[Piece]['in'] extends Place ? Piece : never }[keyof Table];

/** The pieces that every `ViewState` has. */
export type AlwaysViewed = Pick<ViewPieces, Named<'always'>>;
/** The pieces that a `ViewState` has where they are not as by default. */
export type ViewedIfChanged = { readonly [Piece in Named<'changed'>]?: NonNullable<ViewPieces[Piece]> };

/** A row of the table, whatever the type of its values. */
export interface PieceRow extends Partial<Written<unknown>> {
  readonly name: keyof ViewPieces;
  readonly default: unknown;
  readonly in: 'always' | 'changed' | 'never';
}

/** The table as a list. */
export const PIECE_ROWS: readonly PieceRow[] = Object.entries(VIEW_PIECES).map(
  ([name, row]) => ({ name, ...row }) as PieceRow,
);

/** Values for some of the pieces, made complete: what is not given is as by default. */
export const allPieces = (given: Partial<ViewPieces>): ViewPieces =>
  Object.fromEntries(
    PIECE_ROWS.map(({ name, default: byDefault }) => [name, given[name] === undefined ? byDefault : given[name]]),
  ) as unknown as ViewPieces;

/**
 * What an object says of each piece, by the name that `nameOf` gives of it; pieces it does not speak of are left out.
 */
export const piecesIn = (
  object: object,
  nameOf: (piece: string) => string,
): Partial<Record<keyof ViewPieces, unknown>> =>
  Object.fromEntries(
    PIECE_ROWS.flatMap(({ name }) => {
      const value = (object as Readonly<Record<string, unknown>>)[nameOf(name)];
      return value === undefined ? [] : [[name, value]];
    }),
  );
