import type { CSSProperties, ReactNode } from 'react';
import type { ParseOptions, TraceInput } from '../adapters/types.ts';
import type { PriceTable } from '../conventions/prices.ts';
import type { Column } from '../hooks/context/HostColumnsContext.ts';
import type { KindStyle, Panel, PanelText } from '../hooks/context/HostLookContext.ts';
import type { RevealMasked } from '../hooks/context/TraceContext.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';
import type { Renderers } from '../hooks/context/RenderersContext.ts';
import type { Labels } from '../labels.ts';
import type { TraceStore } from '../store/createTraceStore.ts';
import type { HostPieces } from '../store/viewPieces.ts';
import type { ViewState } from '../store/viewState.ts';
import type { AssertionRule } from '../analysis/agents/rules.ts';
import type { TraceSide } from '../analysis/diff/types.ts';
import type { SpanKey, Trace, TraceSet } from '../model/types.ts';

export type Default<Pieces> = {
  readonly [Piece in keyof Pieces as `default${Capitalize<Piece & string>}`]?: Pieces[Piece];
};
export type OnChange<Pieces> = {
  readonly [Piece in keyof Pieces as `on${Capitalize<Piece & string>}Change`]?: (value: Pieces[Piece]) => void;
};

/**
 * What is seen of a trace. Each piece of view state X exists as X, which the host then owns, as defaultX, where it
 * begins, and as onXChange.
 */
export interface TraceViewStateProps extends Partial<HostPieces>, Default<HostPieces>, OnChange<HostPieces> {
  /** Where the view begins, as `decodeViewState` reads it. What a `defaultX` or `X` says goes before it. */
  readonly defaultViewState?: ViewState | null;
  /** Called when the view has changed, with all of it: what `encodeViewState` makes an address of. */
  readonly onViewStateChange?: (view: ViewState) => void;
  /**
   * The view itself, kept outside React or shared with other views, which then go in step: what `createTraceStore`
   * gives. It begins as it was made, so the `defaultX` are not looked at. @default one of its own
   */
  readonly store?: TraceStore;
}

/** How it looks, in which words, and what the host adds. */
export interface TraceLookProps {
  /**
   * The host's own columns. They take the place of duration, tokens and cost, unless `defaultColumns` are among them,
   * until `shownColumns` says otherwise; all
   * others can be chosen beside them. One with the id of a built-in column replaces it. Keep the list outside of your
   * component: a new column is a new thing to sort by.
   */
  readonly columns?: readonly Column[] | undefined;
  /**
   * Panels of the span detail; a host's own come before the built-in ones. One with the id of a built-in panel stands in
   * its place.
   */
  readonly panels?: readonly Panel[] | undefined;
  /** How recorded values are drawn, wherever the details show one. Keep the object outside of your component. */
  readonly renderers?: Renderers | undefined;
  /** Names, colours and glyphs of kinds, by kind. */
  readonly kinds?: Readonly<Record<string, KindStyle>> | undefined;
  /**
   * What you ask of every span: what breaks one of these rules is among the findings. `check` is called for all spans, in
   * slices. Keep the list outside of your component.
   */
  readonly rules?: readonly AssertionRule[] | undefined;
  /**
   * What models take at most and what a cached token costs, as LiteLLM's table has it: for `ContextWindow`. @default of a
   * viewer `options.prices`
   */
  readonly prices?: PriceTable | undefined;
  /** Replaces words on screen. */
  readonly labels?: Partial<Labels> | undefined;
  /** Shows what masking rules took away, one value at a time, if the host will. Without it nobody can ask. */
  readonly onReveal?: RevealMasked | undefined;
  /** Of numbers and dates. @default 'en' */
  readonly locale?: string | undefined;
  /** Of dates. @default the reader's */
  readonly timeZone?: string | undefined;
  /** Height of rows. @default 'compact' */
  readonly density?: 'compact' | 'comfortable' | 'touch' | undefined;
  /** Light or dark. @default the `color-scheme` of the page */
  readonly theme?: 'light' | 'dark' | undefined;
  /** Of the root element, which has the class `tv-root`. */
  readonly className?: string | undefined;
  /** Of the root element. */
  readonly style?: CSSProperties | undefined;
}

/** What `TraceProvider` and `TraceViewer` have in common. */
export interface TraceViewProps extends TraceViewStateProps, TraceLookProps {}

/** `<TraceViewer input={json} />` is the thirty-second embed; `trace` or `traces` when the host has parsed already. */
export interface TraceViewerProps extends TraceViewProps {
  /** What to read: text, bytes, a file, a response, a stream, a parsed document, or a list of these. */
  readonly input?: TraceInput | readonly TraceInput[];
  /** In place of `input`: what `parseTraces` gave. The largest trace is shown first, the others are offered. */
  readonly traces?: TraceSet;
  /** In place of `input` and `traces`: the one trace to show. */
  readonly trace?: Trace;
  /** How `input` is read: masking rules, prices, adapters, limits. */
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
   * Somebody wants to compare two traces of the list, or a span with another iteration or with the same step of another
   * trace. @default a `TraceDiff` of the two in place of the trace, with a way back
   */
  readonly onCompare?: (a: TraceSide, b: TraceSide) => void;
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

export type { Column, KindStyle, Panel, PanelText };
