import { createStore, type StoreApi } from 'zustand/vanilla';
import { errors } from '../analysis/errors.ts';
import { matchNames } from '../analysis/matchNames.ts';
import { ALL_CLOSED, ALL_OPEN, createIsOpen, parentsWithin, reveal, setOpen } from '../layout/expansion.ts';
import { clampWindow, fitSpan, fitWindow, panWindow, zoomWindow, type TimeWindow } from '../layout/timeScale.ts';
import { lowerBound } from '../model/lowerBound.ts';
import type { Nanos, SpanKey, Trace } from '../model/types.ts';
import type { Focus, HostLink, TraceState, ViewPieces } from './types.ts';

/** What can be done to the view. All of it works without a page, so a test or a host can drive a viewer through it. */
export interface TraceActions {
  setTrace(trace: Trace | null): void;
  /** Selects a span and opens its ancestors and the details; null clears. */
  select(key: SpanKey | null): void;
  closeDetail(): void;
  focus(focus: Focus | null): void;
  /** Opens or closes spans; without `open` it turns the first one over. */
  toggle(index: number, open?: boolean): void;
  toggleSubtree(index: number, open: boolean): void;
  openAll(open: boolean): void;
  setQuery(query: string): void;
  /** Selects the next (1) or previous (-1) match or failed span, counted from the selection, and goes round at the end. */
  stepMatch(by: 1 | -1): void;
  stepError(by: 1 | -1): void;
  /** Factor < 1 = closer. `about` is the time that keeps its place; the middle by default. */
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
  return gesture ?? timeWindow ?? (trace ? fitWindow(trace) : [0, 1000]);
}

/** One store per provider: two viewers on a page never meet. */
export function createTraceStore(initial: Partial<ViewPieces> = {}): TraceStore {
  let host: HostLink = { controlled: {}, onChange: {} };
  const store = createStore<TraceState>()(() => ({
    trace: null, selectedSpan: null, expansion: ALL_OPEN, timeWindow: null, query: '', ...initial,
    matches: NO_MATCHES, focus: null, gesture: null, lookAt: null, detailOpen: true,
  }));
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

  const lookAt = (index: number): void => {
    const { trace, expansion } = getState();
    if (!trace) return;
    change('expansion', reveal(trace, expansion, index));
    setState({ lookAt: { key: trace.span(index).key } });
  };

  const step = (targets: Uint32Array, by: 1 | -1): void => {
    const { trace, selectedSpan } = getState();
    if (!trace || targets.length === 0) return;
    const here = selectedSpan === null ? undefined : trace.find(selectedSpan)?.index;
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
      const before = getState();
      if (before.trace === trace) return;
      const keep = (key: SpanKey | null | undefined): boolean => key !== null && key !== undefined && trace?.find(key) !== undefined;
      setState(withMatches({ trace, gesture: null, focus: keep(before.focus?.key) ? before.focus : null, lookAt: null }));
      if (before.trace && before.trace.key !== trace?.key) change('timeWindow', null);
      if (before.trace && !keep(before.selectedSpan)) change('selectedSpan', null);
      if (keep(getState().selectedSpan)) lookAt(trace!.find(getState().selectedSpan!)!.index);
    },
    select(key) {
      change('selectedSpan', key);
      const span = key === null ? undefined : getState().trace?.find(key);
      if (!span) return;
      setState({ detailOpen: true, focus: { key: span.key, cell: -1 } });
      lookAt(span.index);
    },
    closeDetail: () => setState({ detailOpen: false }),
    focus: (focus) => setState({ focus }),
    toggle(index, open) {
      const { trace, expansion } = getState();
      if (trace) change('expansion', setOpen(trace, expansion, [index], open ?? !createIsOpen(trace, expansion)(index)));
    },
    toggleSubtree(index, open) {
      const { trace, expansion } = getState();
      if (trace) change('expansion', setOpen(trace, expansion, parentsWithin(trace, index), open));
    },
    openAll: (open) => change('expansion', open ? ALL_OPEN : ALL_CLOSED),
    setQuery: (query) => change('query', query),
    stepMatch: (by) => step(getState().matches, by),
    stepError(by) {
      const { trace } = getState();
      if (trace) step(errors(trace), by);
    },
    zoom: (factor, about) => gesture((window, bounds) => zoomWindow(window, factor, about ?? (window[0] + window[1]) / 2, bounds)),
    pan: (share) => gesture((window, bounds) => panWindow(window, share * (window[1] - window[0]), bounds)),
    zoomTo(window) {
      const { trace } = getState();
      setState({ gesture: null });
      change('timeWindow', window && trace ? clampWindow(window, fitWindow(trace)) : window);
    },
    fitSpan(index) {
      const { trace } = getState();
      if (!trace) return;
      const { start, end } = trace.span(index);
      actions.zoomTo(fitSpan(start, Number.isNaN(end) ? trace.end : end, fitWindow(trace)));
    },
    settle() {
      const { gesture: window, trace } = getState();
      if (!window || !trace) return;
      const [from, to] = fitWindow(trace);
      const whole = window[0] <= from && window[1] >= to;
      change('timeWindow', whole ? null : window);
      setState({ gesture: null });
    },
  };

  return Object.assign(store, {
    actions,
    link(next: HostLink) {
      host = next;
      const owned = Object.fromEntries(Object.entries(next.controlled).filter(([piece, value]) => value !== undefined && !Object.is(getState()[piece as keyof ViewPieces], value)));
      if (Object.keys(owned).length === 0) return;
      setState(withMatches(owned));
      const span = owned['selectedSpan'] === undefined ? undefined : getState().trace?.find(String(owned['selectedSpan']));
      if (span) lookAt(span.index);
    },
  });
}
