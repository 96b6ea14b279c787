import type { Expansion } from '../layout/expansion.ts';
import type { TimeWindow } from '../layout/timeScale.ts';
import type { SpanKey, Trace } from '../model/types.ts';

/** The pieces of view state that a host may own. Each exists as prop X, defaultX and onXChange. */
export interface ViewPieces {
  readonly selectedSpan: SpanKey | null;
  readonly expansion: Expansion;
  /** Null = the whole trace. */
  readonly timeWindow: TimeWindow | null;
  /** Text to find in names. */
  readonly query: string;
}

/** Where the keyboard is: a row, and a cell of it or, with -1, the row as a whole. */
export interface Focus { readonly key: SpanKey; readonly cell: number }

export interface TraceState extends ViewPieces {
  readonly trace: Trace | null;
  /** What the query matches, in order of rows. */
  readonly matches: Uint32Array;
  readonly focus: Focus | null;
  /** The time window while a gesture goes on; painted at once, told to the host when the gesture ends. */
  readonly gesture: TimeWindow | null;
  /** The last asked-for look at a row. Each request is a new object, so that the same row can be asked for twice. */
  readonly lookAt: { readonly key: SpanKey } | null;
  /** The last wish that the grid take the keyboard; each is a new object. */
  readonly takeFocus: object | null;
  /** Whether the details are shown. */
  readonly detailOpen: boolean;
}

/** How a store is tied to its host: which pieces the host owns, and whom to tell of changes. */
export interface HostLink {
  readonly controlled: Partial<ViewPieces>;
  readonly onChange: { readonly [Piece in keyof ViewPieces]?: ((value: ViewPieces[Piece]) => void) | undefined };
}
