import type { ReactNode } from 'react';
import type { ParseOptions, TraceInput } from '../adapters/types.ts';
import type { Expansion } from '../layout/expansion.ts';
import type { RevealMasked } from '../hooks/TraceContext.ts';
import type { TimeWindow } from '../layout/timeScale.ts';
import type { Row } from '../layout/visibleRows.ts';
import type { Labels } from '../labels.ts';
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
  /** Columns between the name and the timeline. @default duration, tokens, cost */
  readonly columns?: readonly Column[];
  /** Panels of the span detail; a host's own come before the built-in ones. */
  readonly panels?: readonly Panel[];
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
  /** Whether times of services with wrong clocks are moved (`correctClocks`). The switch is only there where that is known. @default false */
  readonly correctClocks?: boolean;
  readonly defaultCorrectClocks?: boolean;
  readonly onCorrectClocksChange?: (on: boolean) => void;
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

/** A column of the grid: what it is called, and what it says of a row. */
export interface Column {
  readonly id: string;
  readonly header: string;
  /** Pixels. @default 72 */
  readonly width?: number;
  readonly align?: 'start' | 'end';
  value(row: Row, trace: Trace): string | number | null;
  /** How the value is drawn; by default as text. */
  cell?(row: Row, trace: Trace): ReactNode;
}

/** A panel of the span detail. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** Whether the panel has something to say about a span. */
  match(span: Span, content: SpanContent): boolean;
  render(span: Span, content: SpanContent): ReactNode;
  /** A number beside the title. */
  count?(span: Span, content: SpanContent): number | null;
}

/** How a kind is named and drawn. */
export interface KindStyle { readonly label: string; readonly color?: string; glyph?(): ReactNode }
