import { createStore, type StoreApi } from 'zustand/vanilla';
import { errors } from '../analysis/errors.ts';
import { matchNames } from '../analysis/matchNames.ts';
import { ALL_CLOSED, ALL_OPEN, createIsOpen, foldedInto, parentsWithin, reveal, setOpen, type Expansion } from '../layout/expansion.ts';
import { endOf } from '../layout/ownStretches.ts';
import { bringIntoView, clampWindow, fitSpan, fitWindow, panWindow, wholeNanos, zoomWindow, type TimeWindow } from '../layout/timeScale.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { Nanos, SpanKey, Trace } from '../model/types.ts';
import type { Focus, HostLink, TraceState, ViewPieces } from './types.ts';

/** What can be done to the view. All of it works without a page, so a test or a host can drive a viewer through it. */
export interface TraceActions {
  /** Null while another trace is on its way: selection and window wait for it, and stay where it is the same trace again. */
  setTrace(trace: Trace | null): void;
  /** Selects a span and opens its ancestors and the details; null clears. */
  select(key: SpanKey | null): void;
  closeDetail(): void;
  focus(focus: Focus | null): void;
  /** Asks the grid to take the keyboard. */
  focusGrid(): void;
  /** Closes an open span, opens a closed one. */
  toggle(index: number): void;
  setOpen(indices: Iterable<number>, open: boolean): void;
  toggleSubtree(index: number, open: boolean): void;
  openAll(open: boolean): void;
  setQuery(query: string): void;
  /** Selects the next (1) or previous (-1) match or failed span, counted from the selection, and goes round at the end. */
  stepMatch(by: 1 | -1): void;
  stepError(by: 1 | -1): void;
  /** Factor < 1 = closer. `about` is the time that keeps its place; by default the middle of the selected span if it is in view, else of the window. */
  zoom(factor: number, about?: Nanos): void;
  /** Share of the window's width; positive = later. */
  pan(share: number): void;
  zoomTo(window: TimeWindow | null): void;
  fitSpan(index: number): void;
  /** Ends the gesture that `zoom` and `pan` began and tells the host. */
  settle(): void;
}

export type TraceStore = StoreApi<TraceState> & { readonly actions: TraceActions; link(host: HostLink): void };

const NO_MATCHES = new Uint32Array(0);

/** The window on screen: of the gesture, else the chosen one, else the whole trace. */
export function currentWindow({ gesture, timeWindow, trace }: Pick<TraceState, 'gesture' | 'timeWindow' | 'trace'>): TimeWindow {
  if (!trace) return [0, 1000];
  const bounds = fitWindow(trace);
  return gesture ?? (timeWindow ? clampWindow(timeWindow, bounds) : bounds);
}

/** One store per provider: two viewers on a page never meet. */
export function createTraceStore(initial: Partial<ViewPieces> = {}, first: Trace | null = null): TraceStore {
  let host: HostLink = { controlled: {}, onChange: {} };
  /** The last trace that was shown, also while there is none. */
  let shown = first;
  const store = createStore<TraceState>()(() => startState(initial, first));
  const { getState, setState } = store;

  /** Changes a piece of view state, unless the host owns it, and tells the host either way. */
  const change = <Piece extends keyof ViewPieces>(piece: Piece, value: ViewPieces[Piece]): void => {
    if (Object.is(getState()[piece], value)) return;
    if (host.controlled[piece] === undefined) setState(withMatches({ [piece]: value }));
    host.onChange[piece]?.(value);
  };

  /** Matches follow from trace and query; they are kept in step wherever either changes. */
  const withMatches = (next: Partial<TraceState>): Partial<TraceState> => {
    if (!('trace' in next) && !('query' in next)) return next;
    const { trace, query } = { ...getState(), ...next };
    return { ...next, matches: trace ? matchNames(trace, query) : NO_MATCHES };
  };

  const selectedIndex = (): number | undefined => {
    const { trace, selectedSpan } = getState();
    return selectedSpan === null ? undefined : trace?.find(selectedSpan)?.index;
  };

  /** Opens the way to a span, asks for its row, and moves the window where the span lies wholly outside it. */
  const lookAt = (trace: Trace, index: number): void => {
    change('expansion', reveal(trace, getState().expansion, index));
    const window = currentWindow(getState());
    const moved = bringIntoView(window, trace.columns.start[index]!, endOf(trace, index), fitWindow(trace));
    if (moved !== window) actions.zoomTo(moved);
    setState({ lookAt: { key: trace.span(index).key } });
  };

  /** A new expansion. What it folds away takes selection and focus along to the closed span. */
  const expand = (trace: Trace, expansion: Expansion): void => {
    change('expansion', expansion);
    const { focus } = getState();
    const selected = selectedIndex();
    const isOpen = createIsOpen(trace, getState().expansion);
    const visible = selected === undefined ? undefined : foldedInto(trace, isOpen, selected);
    if (visible !== undefined && visible !== selected) change('selectedSpan', trace.span(visible).key);
    const focused = focus ? trace.find(focus.key)?.index : undefined;
    const row = focused === undefined ? undefined : foldedInto(trace, isOpen, focused);
    if (row !== undefined && row !== focused) setState({ focus: { key: trace.span(row).key, cell: -1 } });
  };

  const step = (targets: Uint32Array, by: 1 | -1): void => {
    const { trace } = getState();
    if (!trace || targets.length === 0) return;
    const here = selectedIndex();
    const after = here === undefined ? 0 : lowerBound(targets, here + (by === 1 ? 1 : 0));
    const place = by === 1 ? after % targets.length : (after - 1 + targets.length) % targets.length;
    actions.select(trace.span(targets[place]!).key);
  };

  const gesture = (move: (window: TimeWindow, bounds: TimeWindow) => TimeWindow): void => {
    const { trace } = getState();
    if (trace) setState({ gesture: move(currentWindow(getState()), fitWindow(trace)) });
  };

  const actions: TraceActions = {
    setTrace(trace) {
      if (getState().trace === trace) return;
      const before = shown;
      setState(withMatches({ trace, gesture: null, lookAt: null }));
      if (!trace) return;
      shown = trace;
      const { focus, selectedSpan } = getState();
      if (focus && !trace.find(focus.key)) setState({ focus: null });
      if (before && before.key !== trace.key) change('timeWindow', null);
      if (before && selectedSpan !== null && !trace.find(selectedSpan)) change('selectedSpan', null);
      const selected = selectedIndex();
      if (selected !== undefined) lookAt(trace, selected);
    },
    select(key) {
      change('selectedSpan', key);
      const { trace } = getState();
      const span = key === null ? undefined : trace?.find(key);
      if (!trace || !span) return;
      setState({ detailOpen: true, focus: { key: span.key, cell: -1 } });
      lookAt(trace, span.index);
    },
    closeDetail: () => setState({ detailOpen: false }),
    focus: (focus) => setState({ focus }),
    focusGrid: () => setState({ takeFocus: {} }),
    toggle(index) {
      const { trace, expansion } = getState();
      if (trace) expand(trace, setOpen(trace, expansion, [index], !createIsOpen(trace, expansion)(index)));
    },
    setOpen(indices, open) {
      const { trace, expansion } = getState();
      if (trace) expand(trace, setOpen(trace, expansion, indices, open));
    },
    toggleSubtree(index, open) {
      const { trace } = getState();
      if (!trace) return;
      // The whole trace is a base, not a list of all its spans.
      if (index === 0 && trace.columns.subtreeEnd[0] === trace.spanCount) actions.openAll(open);
      else actions.setOpen(parentsWithin(trace, index), open);
    },
    openAll(open) {
      const { trace } = getState();
      if (trace) expand(trace, open ? ALL_OPEN : ALL_CLOSED);
    },
    setQuery: (query) => change('query', query),
    stepMatch: (by) => step(getState().matches, by),
    stepError(by) {
      const { trace } = getState();
      if (trace) step(errors(trace), by);
    },
    zoom: (factor, about) => gesture((window, bounds) => zoomWindow(window, factor, about ?? middle(getState(), window, selectedIndex()), bounds)),
    pan: (share) => gesture((window, bounds) => panWindow(window, share * (window[1] - window[0]), bounds)),
    zoomTo(window) {
      const { trace } = getState();
      setState({ gesture: null });
      change('timeWindow', window && trace ? wholeNanos(clampWindow(window, fitWindow(trace))) : window);
    },
    fitSpan(index) {
      const { trace } = getState();
      if (trace) actions.zoomTo(fitSpan(trace.columns.start[index]!, endOf(trace, index), fitWindow(trace)));
    },
    settle() {
      const { gesture: window, trace } = getState();
      if (!window || !trace) return;
      const [from, to] = fitWindow(trace);
      actions.zoomTo(window[0] <= from && window[1] >= to ? null : window);
    },
  };

  return Object.assign(store, {
    actions,
    link(next: HostLink) {
      host = next;
      const owned: Partial<TraceState> = Object.fromEntries(Object.entries(next.controlled).filter(([piece, value]) => value !== undefined && !Object.is(getState()[piece as keyof ViewPieces], value)));
      if (Object.keys(owned).length === 0) return;
      setState(withMatches(owned));
      const { trace } = getState();
      const span = owned.selectedSpan ? trace?.find(owned.selectedSpan) : undefined;
      if (!trace || !span) return;
      setState({ detailOpen: true });
      lookAt(trace, span.index);
    },
  });
}

function startState(initial: Partial<ViewPieces>, trace: Trace | null): TraceState {
  const { selectedSpan = null, expansion = ALL_OPEN, timeWindow = null, query = '' } = initial;
  const selected = selectedSpan === null ? undefined : trace?.find(selectedSpan);
  return {
    trace, selectedSpan, timeWindow, query,
    expansion: trace && selected ? reveal(trace, expansion, selected.index) : expansion,
    matches: trace ? matchNames(trace, query) : NO_MATCHES,
    focus: null, gesture: null, takeFocus: null, detailOpen: true,
    lookAt: selected ? { key: selected.key } : null,
  };
}

/** What keyboard zoom keeps in its place: the selected span's middle where it is in view, else the window's. */
function middle({ trace }: TraceState, [from, to]: TimeWindow, selected: number | undefined): Nanos {
  if (trace && selected !== undefined) {
    const span = (trace.columns.start[selected]! + endOf(trace, selected)) / 2;
    if (span >= from && span <= to) return span;
  }
  return (from + to) / 2;
}
