import type { Loops } from '../layout/rows/loopRows.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { Nanos, SpanKey, Trace } from '../model/types.ts';
import type { Found } from './spanSearch.ts';
import type { ViewPieces } from './viewPieces.ts';

/** How a recorded value can be looked at. */
export type ValueView = 'text' | 'markdown' | 'json' | 'code';

/** Where the keyboard is: a row, and a cell of it or, with -1, the row as a whole. */
export interface Focus {
  readonly key: SpanKey;
  readonly cell: number;
}

export interface TraceState extends ViewPieces, Found {
  readonly trace: Trace | null;
  /** Up to where the timeline of a trace is drawn that still goes on, at least; 0 = no longer than it is. */
  readonly liveEnd: Nanos;
  /** Whether the trace comes, or came, from a stream: totals were not final when it was first shown. */
  readonly streamed: boolean;
  /** The loops of the trace that can be folded; null while they are not known, and where there are none. */
  readonly loops: Loops | null;
  /** By index, 0 = hidden. Null = nothing is hidden. */
  readonly kept: Uint8Array | null;
  readonly focus: Focus | null;
  /** The time window while a gesture goes on; painted at once, reported to the host when the gesture ends. */
  readonly gesture: TimeWindow | null;
  /** The time under the pointer, as all views show it; it changes outside React. */
  readonly hover: Nanos | null;
  /**
   * The last asked-for look at a row. Each request is a new object, so that the same row can be asked for twice.
   * `centred` = away from the edges.
   */
  readonly lookAt: { readonly key: SpanKey; readonly centred?: true } | null;
  /**
   * The last asked-for look at a place in what a span holds, as a path in its content: `messages.input[0].parts[0].text`,
   * and where in that text. Each request is a new object.
   */
  readonly lookInside: {
    readonly key: SpanKey;
    /** What stands there, and is marked. */
    readonly words: string;
    readonly source: string;
    readonly range: readonly [number, number];
  } | null;
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

/** How a store is tied to its host: which pieces the host owns, and its callbacks. */
export interface HostLink {
  readonly controlled: Partial<ViewPieces>;
  readonly onChange: { readonly [Piece in keyof ViewPieces]?: ((value: ViewPieces[Piece]) => void) | undefined };
}
