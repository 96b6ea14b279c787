import type { ReactNode } from 'react';
import type { ParseOptions, TraceInput } from '../adapters/types.ts';
import type { Column } from '../hooks/context/HostColumnsContext.ts';
import type { Expansion } from '../layout/rows/expansion.ts';
import type { RevealMasked } from '../hooks/context/TraceContext.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { Renderers } from '../hooks/context/RenderersContext.ts';
import type { Labels } from '../labels.ts';
import type { FilterMode, Sort } from '../store/types.ts';
import type { ViewState } from '../store/viewState.ts';
import type { PanelText } from './SpanDetail/find/panelTexts.ts';
import type { Span, SpanContent, SpanKey, Trace, TraceSet } from '../model/types.ts';

/** Each piece of view state X also exists as X, defaultX, onXChange. `onTimeWindowChange` fires when a gesture ends. */
export interface TraceViewProps {
  readonly selectedSpan?: SpanKey | null;
  readonly defaultSelectedSpan?: SpanKey | null;
  readonly onSelectedSpanChange?: (key: SpanKey | null) => void;
  readonly expansion?: Expansion;
  readonly defaultExpansion?: Expansion;
  readonly onExpansionChange?: (expansion: Expansion) => void;
  readonly timeWindow?: TimeWindow | null;
  readonly defaultTimeWindow?: TimeWindow | null;
  readonly onTimeWindowChange?: (window: TimeWindow | null) => void;
  readonly query?: string;
  readonly defaultQuery?: string;
  readonly onQueryChange?: (query: string) => void;
  /** What becomes of spans that the query does not match; `hide` keeps the ancestors of what matches. @default 'dim' */
  readonly filterMode?: FilterMode;
  readonly defaultFilterMode?: FilterMode;
  readonly onFilterModeChange?: (mode: FilterMode) => void;
  /** Where the view begins, as `decodeViewState` reads it. What a `defaultX` or `X` says goes before it. */
  readonly defaultViewState?: ViewState | null;
  /** Called when the view has changed, with all of it: what `encodeViewState` makes an address of. */
  readonly onViewStateChange?: (view: ViewState) => void;
  /**
   * The host's own columns. They take the place of duration, tokens and cost until `shownColumns` says otherwise; all
   * others can be chosen beside them. One with the id of a built-in column replaces it. Keep the list outside of your
   * component: a new column is a new thing to sort by.
   */
  readonly columns?: readonly Column[];
  /**
   * Ids of the columns that are shown, in order (`columns` is what there is to choose from): the host's, the built-in
   * ones and `attribute:<key>`. Null = by default.
   */
  readonly shownColumns?: readonly string[] | null;
  readonly defaultShownColumns?: readonly string[] | null;
  readonly onShownColumnsChange?: (ids: readonly string[] | null) => void;
  /** The column by which siblings are ordered; null = in the order of the trace. */
  readonly sort?: Sort | null;
  readonly defaultSort?: Sort | null;
  readonly onSortChange?: (sort: Sort | null) => void;
  /**
   * The tab of the span detail, by the id of its panel: a host's own, or `steps`, `messages`, `io`, `trace`, `scores`,
   * `attributes`, `events`, `links`, `raw`. Null = the first that fits.
   */
  readonly panel?: string | null;
  readonly defaultPanel?: string | null;
  readonly onPanelChange?: (id: string | null) => void;
  /** Whether the details are as wide as they can be, over the timeline. @default false */
  readonly reading?: boolean;
  readonly defaultReading?: boolean;
  readonly onReadingChange?: (on: boolean) => void;
  /** Whether the critical path is drawn. @default true */
  readonly criticalPath?: boolean;
  readonly defaultCriticalPath?: boolean;
  readonly onCriticalPathChange?: (shown: boolean) => void;
  /**
   * Whether pauses in which nothing that works was recorded are drawn shorter than they were, with a mark where that
   * can be seen. Readers are offered it where they take a quarter of the window. @default false
   */
  readonly shortenIdle?: boolean;
  readonly defaultShortenIdle?: boolean;
  readonly onShortenIdleChange?: (on: boolean) => void;
  /** Whether a short word about the arguments stands behind the names of tools, masked as they are. @default true */
  readonly argumentsInRows?: boolean;
  readonly defaultArgumentsInRows?: boolean;
  readonly onArgumentsInRowsChange?: (shown: boolean) => void;
  /**
   * A stretch of time that is marked, with its length; null = none. `onRangeChange` is called while it is drawn, too.
   */
  readonly range?: TimeWindow | null;
  readonly defaultRange?: TimeWindow | null;
  readonly onRangeChange?: (range: TimeWindow | null) => void;
  /**
   * Panels of the span detail; a host's own come before the built-in ones. One with the id of a built-in panel stands
   * in its place.
   */
  readonly panels?: readonly Panel[];
  /** How recorded values are drawn, wherever the details show one. Keep the object outside of your component. */
  readonly renderers?: Renderers;
  /** Names, colours and glyphs of kinds, by kind. */
  readonly kinds?: Readonly<Record<string, KindStyle>>;
  /** Replaces words on screen. */
  readonly labels?: Partial<Labels>;
  /** Shows what masking rules took away, one value at a time, if the host will. Without it nobody can ask. */
  readonly onReveal?: RevealMasked;
  /** Of numbers and dates. @default 'en' */
  readonly locale?: string;
  /** Of dates. @default the reader's */
  readonly timeZone?: string;
  /** Height of rows. @default 'compact' */
  readonly density?: 'compact' | 'comfortable' | 'touch';
  /** @default the `color-scheme` of the page */
  readonly theme?: 'light' | 'dark';
  readonly className?: string;
  readonly style?: object;
}

/** `<TraceViewer input={json} />` is the thirty-second embed; `trace` or `traces` when the host has parsed already. */
export interface TraceViewerProps extends TraceViewProps {
  readonly input?: TraceInput | readonly TraceInput[];
  readonly traces?: TraceSet;
  readonly trace?: Trace;
  readonly options?: ParseOptions;
  /** The host's own controls, at the end of the header. */
  readonly headerEnd?: ReactNode;
  /**
   * Whether times of services with wrong clocks are moved (`correctClocks`). The switch is only there where that is
   * known. @default false
   */
  readonly correctClocks?: boolean;
  readonly defaultCorrectClocks?: boolean;
  readonly onCorrectClocksChange?: (on: boolean) => void;
  /**
   * Whether Ctrl F (Cmd F) goes to the box of the viewer while the focus is inside. The browser's own find knows only
   * what is on screen. @default false
   */
  readonly captureFind?: boolean;
}

export interface TraceViewerRef {
  /** Selects a span and scrolls to it. */
  revealSpan(key: SpanKey): void;
  zoomTo(window: TimeWindow): void;
  /** Shows the whole trace. */
  fit(): void;
  /** Puts the keyboard on the grid. */
  focus(): void;
}

export type { Column, PanelText };

/** A panel of the span detail. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** Whether the panel has something to say about a span. */
  match(span: Span, content: SpanContent): boolean;
  render(span: Span, content: SpanContent): ReactNode;
  /** What it shows, so that find in the details looks through it. */
  texts?(span: Span, content: SpanContent): Iterable<PanelText>;
  /** A number beside the title. */
  count?(span: Span, content: SpanContent): number | null;
}

/** How a kind is named and drawn. */
export interface KindStyle {
  readonly label: string;
  readonly color?: string;
  glyph?(): ReactNode;
}
