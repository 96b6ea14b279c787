import type { Expansion } from '../layout/rows/expansion.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { Nanos, SpanKey, Trace } from '../model/types.ts';
import type { Found } from './spanSearch.ts';

/** The pieces of view state that a host may own. Each exists as prop X, defaultX and onXChange. */
export interface ViewPieces {
  readonly selectedSpan: SpanKey | null;
  readonly expansion: Expansion;
  /** Null = the whole trace. */
  readonly timeWindow: TimeWindow | null;
  /** What spans are looked for, as it is typed: `kind:llm refund`. */
  readonly query: string;
  /** What becomes of spans that the query does not match. */
  readonly filterMode: FilterMode;
  /**
   * Ids of the columns between name and timeline, in order; null = those that are shown by default. `columns` of the
   * props are what there is to choose from.
   */
  readonly shownColumns: readonly string[] | null;
  /** The column by which siblings are ordered; null = in the order of the trace. */
  readonly sort: Sort | null;
  /**
   * The tab of the details; null = the first that fits the span. One that does not fit a span waits for the next that
   * it fits.
   */
  readonly panel: string | null;
  /** Whether the details are as wide as they can be, over the timeline. */
  readonly reading: boolean;
  /** Whether the critical path is drawn. */
  readonly criticalPath: boolean;
  /**
   * Whether pauses in which nothing that works was recorded are drawn shorter than they were. Where that can be seen it
   * is marked.
   */
  readonly shortenIdle: boolean;
  /** Whether a short word about the arguments stands behind the names of tools. */
  readonly argumentsInRows: boolean;
  /** A stretch of time that somebody marked, to measure it or to zoom to it; null = none. */
  readonly range: TimeWindow | null;
}

/** How a recorded value can be looked at. */
export type ValueView = 'text' | 'markdown' | 'json' | 'code';

/** `hide` keeps the ancestors of what matches. */
export type FilterMode = 'dim' | 'hide';

/** Siblings by the value of a column, unknown values last. */
export interface Sort {
  readonly id: string;
  readonly descending: boolean;
}

/** Where the keyboard is: a row, and a cell of it or, with -1, the row as a whole. */
export interface Focus {
  readonly key: SpanKey;
  readonly cell: number;
}

export interface TraceState extends ViewPieces, Found {
  readonly trace: Trace | null;
  /** By index, 0 = hidden. Null = nothing is hidden. */
  readonly kept: Uint8Array | null;
  readonly focus: Focus | null;
  /** The time window while a gesture goes on; painted at once, told to the host when the gesture ends. */
  readonly gesture: TimeWindow | null;
  /** The time under the pointer, as all views show it; it changes outside React. */
  readonly hover: Nanos | null;
  /**
   * The last asked-for look at a row. Each request is a new object, so that the same row can be asked for twice. `amid`
   * = away from the edges.
   */
  readonly lookAt: { readonly key: SpanKey; readonly amid?: true } | null;
  /** The last wish that the grid take the keyboard; each is a new object. */
  readonly takeFocus: object | null;
  /** Pixels of columns that somebody made wider or narrower, by id. */
  readonly columnWidths: Readonly<Record<string, number>>;
  /** Pixels of the details where somebody made them wider or narrower. */
  readonly detailWidth: number | null;
  /** Whether the details are shown. */
  readonly detailOpen: boolean;
  /** How values are looked at, by the kind of field that they stand in: what somebody chose holds for the next one. */
  readonly valueViews: Readonly<Record<string, ValueView>>;
  /** Folds of the details that somebody opened or closed, by their names: they stay so from span to span. */
  readonly openFolds: Readonly<Record<string, boolean>>;
}

/** How a store is tied to its host: which pieces the host owns, and whom to tell of changes. */
export interface HostLink {
  readonly controlled: Partial<ViewPieces>;
  readonly onChange: { readonly [Piece in keyof ViewPieces]?: ((value: ViewPieces[Piece]) => void) | undefined };
}
