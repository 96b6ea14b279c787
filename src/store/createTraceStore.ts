import { createStore } from 'zustand/vanilla';
import {
  ALL_OPEN,
  createIsOpen,
  foldedInto,
  keepRows,
  parentsWithin,
  reveal,
  setOpen,
  WHOLLY_OPEN,
  wholeExpansion,
  type Expansion,
} from '../layout/rows/expansion.ts';
import { closedLoops, headsWithin, revealInLoops, setLoopsOpen } from '../layout/rows/loopRows.ts';
import { rowTree } from '../layout/rows/rowTree.ts';
import { shortAxis } from '../layout/time/shortAxis.ts';
import type { TimeAxis } from '../layout/time/timeAxis.ts';
import {
  bringIntoView,
  clampWindow,
  fitSpan,
  fitWindow,
  LINEAR,
  panWindow,
  placesOf,
  timesOf,
  wholeNanos,
  zoomWindow,
  type TimeWindow,
} from '../layout/time/timeScale.ts';
import { liveEnd } from '../layout/time/liveEnd.ts';
import { placeOf } from '../layout/time/stepPlaces.ts';
import { continues, originShift } from '../analysis/versions.ts';
import type { Nanos, SpanKey, Trace } from '../model/types.ts';
import type { DiffAlignment } from '../layout/diff/placedTimes.ts';
import type { DiffFilter } from '../layout/diff/mergedTrace.ts';
import { sameValue } from './sameValue.ts';
import { createSpanSearch, keptBy, type SpanSearch } from './spanSearch.ts';
import { findLoops, loopsAtOnce } from './loopSearch.ts';
import { createStepping, type Stepping } from './stepping.ts';
import type { Focus, HostLink, TraceState, ValueView } from './types.ts';
import {
  allPieces,
  type ColorBy,
  type DiffPairs,
  type FilterMode,
  type FindingsList,
  type FlameLook,
  type GraphLook,
  type Sort,
  type StatisticsLook,
  type ViewPieces,
} from './viewPieces.ts';

/** What can be done to the view. All of it works without a page, so a test or a host can drive a viewer through it. */
export interface TraceActions extends Stepping {
  /**
   * Null while another trace is on its way: selection and window wait for it, and stay where it is the same trace
   * again.
   */
  setTrace(trace: Trace | null): void;
  /** Selects a span and opens its ancestors and the details; null clears. */
  select(key: SpanKey | null): void;
  /** Asks the details of a span to bring the words at a place of a text of its content into view. */
  lookInside(key: SpanKey, source: string, at: number, words: string): void;
  closeDetail(): void;
  focus(focus: Focus | null): void;
  /** Asks the grid to take the keyboard. */
  focusGrid(): void;
  /** Closes an open span, opens a closed one. */
  toggle(index: number): void;
  setOpen(indices: Iterable<number>, open: boolean): void;
  /** Opens or closes a span, all below it, and all loops in there. */
  toggleSubtree(index: number, open: boolean): void;
  /** Opens or closes all spans; loops open with them, and are as at first when they close. */
  openAll(open: boolean): void;
  /** Opens or closes the loop that begins with a span. */
  setLoopOpen(head: number, open: boolean): void;
  /** Folds all long loops to a row each, or opens all; by default what is not so. */
  foldLoops(folded?: boolean): void;
  setQuery(query: string): void;
  /** Which traces of a set are looked for. */
  setTraceQuery(query: string): void;
  setFilterMode(mode: FilterMode): void;
  /** Null = the columns shown by default. */
  showColumns(ids: readonly string[] | null): void;
  /** Orders siblings by a column; null = in the order of the trace. */
  sortBy(sort: Sort | null): void;
  /** Chooses a tab of the details; null = the first that fits. */
  showPanel(id: string | null): void;
  /** Chooses what the main area shows, by the id of the view. */
  showView(id: string): void;
  /** Changes what the flame graph shows, the graph of the agents, the statistics. */
  showFlame(look: FlameLook): void;
  showGraph(look: GraphLook): void;
  showStatistics(look: StatisticsLook): void;
  /** Shows the context window of an agent. */
  showContextOf(agent: SpanKey): void;
  /** Makes the details as wide as they can be, or as they were. */
  showReading(on: boolean): void;
  /** How values in a kind of field are looked at from now on. */
  showValuesAs(field: string, view: ValueView): void;
  /** A fold of the details is open, or closed, from now on. */
  keepFold(name: string, open: boolean): void;
  /** Pixels; null = the width that the stylesheet gives. */
  setDetailWidth(width: number | null): void;
  /** Pixels by column id; null gives a column its own width back. */
  setColumnWidths(widths: Readonly<Record<string, number | null>>): void;
  showCriticalPath(shown: boolean): void;
  /** What colours say. */
  colorBy(field: ColorBy): void;
  /** Opens a list over the rows; null closes it. */
  showFindings(list: FindingsList | null): void;
  /** Draws pauses in the work shorter than they were, or as they were. */
  shortenIdle(on: boolean): void;
  /** Shows or hides the arguments behind the names of tools. */
  showArguments(shown: boolean): void;
  /** Marks a stretch of time, given from either end; null clears. */
  setRange(range: TimeWindow | null): void;
  /** Marks a span's time; `extend` also keeps what is marked already. */
  markSpan(index: number, extend?: boolean): void;
  /** Shows what is marked, and nothing else. */
  zoomToRange(): void;
  /**
   * Factor < 1 = closer. `about` is the time that keeps its place; by default the middle of the selected span if it is
   * in view, else of the window.
   */
  zoom(factor: number, about?: Nanos): void;
  /** Share of the window's width; positive = later. */
  pan(share: number): void;
  /** Shows a window while a gesture goes on. */
  showWindow(window: TimeWindow): void;
  zoomTo(window: TimeWindow | null): void;
  fitSpan(index: number): void;
  /** Shows a stretch of time with a little room at its sides. */
  fit(stretch: TimeWindow): void;
  /** Ends the gesture that `zoom`, `pan` and `showWindow` began and reports it to the host. */
  settle(): void;
  /** Of two traces: where their bars stand. */
  align(alignment: DiffAlignment): void;
  /** Of two traces: which rows are left. */
  showDifferences(which: DiffFilter): void;
  /** Of two traces: which steps are the same, and which are not, whatever the texts say. */
  pairSteps(pairs: DiffPairs): void;
  /** Keeps the newest rows of a trace that still arrives in view, or leaves the reader where they are. */
  followNewest(on: boolean): void;
  /** Of a trace that still arrives: time has gone on to here, with nothing new. */
  reach(now: Nanos): void;
  /** Says which time is under the pointer; null = none. */
  hover(time: Nanos | null): void;
}

/**
 * The view of one trace outside React: what is shown, a way to hear of changes, and all that can be done to it. A
 * `TraceProvider` makes one for itself, or takes one of yours as its `store`.
 */
export interface TraceStore {
  getState(): TraceState;
  /** The state that the store began with. */
  getInitialState(): TraceState;
  /** The returned function ends it. */
  subscribe(listener: (state: TraceState, before: TraceState) => void): () => void;
  readonly actions: TraceActions;
}

/** How views are tied to a store: for the provider, not for hosts. */
export interface StoreViews {
  /** Sets which pieces a view's host owns, and its callbacks; anew whenever they change. */
  link(host: HostLink, view?: object): void;
  /** Forgets a view and the end of its looking. */
  unlink(view: object): void;
  /** Searching pauses while no view is looked at, and goes on with `resume`. A new store searches. */
  pause(): void;
  resume(): void;
}

/** Under a symbol, so that hosts see nothing of it and a store that is spread into another object keeps it. */
const VIEWS = Symbol('views');

/** Throws for anything that `createTraceStore` has not made: that is a mistake of the page, not of the data. */
export function viewsOf(store: TraceStore): StoreViews {
  const views = (store as { readonly [VIEWS]?: StoreViews })[VIEWS];
  if (!views) throw new Error('spanwise: `store` takes what createTraceStore() gives.');
  return views;
}

/** The axis that times are drawn on. */
export const currentAxis = ({ trace, shortenIdle }: Pick<TraceState, 'trace' | 'shortenIdle'>): TimeAxis =>
  trace && shortenIdle ? shortAxis(trace) : LINEAR;

type Whole = Pick<TraceState, 'trace' | 'shortenIdle' | 'liveEnd'>;

/** The window that shows the whole trace, and of one that still goes on the room that it grows into. */
export const wholeWindow = (state: Whole): TimeWindow =>
  state.trace ? fitWindow(state.trace, currentAxis(state), state.liveEnd) : [0, 1000];

/** The window on screen: of the gesture, else the chosen one, else the whole trace. */
export function currentWindow(state: Pick<TraceState, 'gesture' | 'timeWindow'> & Whole): TimeWindow {
  const { gesture, timeWindow } = state;
  const bounds = wholeWindow(state);
  return gesture ?? (timeWindow?.every(Number.isFinite) ? clampWindow(timeWindow, bounds) : bounds);
}

/**
 * A store for a `TraceProvider` or for several, which then go in step. `initial` is where the view begins; what it does
 * not speak of is as by default.
 */
export function createTraceStore(initial: Partial<ViewPieces> = {}, first: Trace | null = null): TraceStore {
  /** What the host of each view owns, and its callbacks. */
  const hosts = new Map<object, HostLink>();
  /** Views that are looked at. */
  let looking = 0;
  /** The last trace that was shown, also while there is none. */
  let shown = first;
  const search = createSpanSearch((found) =>
    setState({ ...found, kept: getState().filterMode === 'hide' ? keptBy(getState().trace, found.hits) : null }),
  );
  const store = createStore<TraceState>()(() => startState(initial, first, search));
  const { getState, setState } = store;

  /** Changes a piece of view state, unless the host owns it, and reports it to the host either way. */
  const change = <Piece extends keyof ViewPieces>(piece: Piece, value: ViewPieces[Piece]): void => {
    if (sameValue(getState()[piece], value)) return;
    const links = [...hosts.values()];
    if (links.every(({ controlled }) => controlled[piece] === undefined)) setState(withMatches({ [piece]: value }));
    // Views that go in step may have one host, to whom it is reported once.
    for (const report of new Set(links.map(({ onChange }) => onChange[piece]))) report?.(value);
  };

  /** Matches follow from trace and query; they are kept in step wherever either changes. */
  const withMatches = (next: Partial<TraceState>): Partial<TraceState> => {
    if (!('trace' in next) && !('query' in next) && !('filterMode' in next)) return next;
    const { trace, query, filterMode, hits } = { ...getState(), ...next };
    const found = 'trace' in next || 'query' in next ? search.ask(trace, query) : { hits };
    return { ...next, ...found, kept: filterMode === 'hide' ? keptBy(trace, found.hits) : null };
  };

  /** The row that a key belongs to, be it that of a span or of a parent that is missing. */
  const rowOfKey = (key: SpanKey | null | undefined): number | undefined => {
    const { trace } = getState();
    return key && trace ? rowTree(trace).find(key)?.index : undefined;
  };
  const selectedIndex = (): number | undefined => rowOfKey(getState().selectedSpan);

  /** Opens the way to a row, asks for its row, and moves the window where the span lies wholly outside it. */
  const lookAt = (trace: Trace, index: number): void => {
    change('expansion', reveal(trace, getState().expansion, index));
    change('folds', revealInLoops(trace, getState().loops, getState().folds, index));
    const window = currentWindow(getState());
    const [start, end] = placeOf(trace, index);
    if (end < window[0] || start > window[1])
      actions.zoomTo(
        moveWindow((places, bounds, { toAxis }) => bringIntoView(places, toAxis(start), toAxis(end), bounds)),
      );
    setState({ lookAt: { key: rowTree(trace).keyOf(index) } });
  };

  /** What is open from now on. What that folds away takes selection and focus along to the closed span or loop. */
  const expand = (trace: Trace, { expansion, folds }: { expansion?: Expansion; folds?: Expansion }): void => {
    if (expansion) change('expansion', expansion);
    if (folds) change('folds', folds);
    const selected = selectedIndex();
    const rowOf = createRowOf(trace, getState());
    const visible = selected === undefined ? undefined : rowOf(selected);
    if (visible !== undefined && visible !== selected) change('selectedSpan', rowTree(trace).keyOf(visible));
    moveFocus(trace, rowOf);
  };

  const moveFocus = (trace: Trace, rowOf: (index: number) => number): void => {
    const { focus } = getState();
    const focused = rowOfKey(focus?.key);
    const row = focused === undefined ? undefined : rowOf(focused);
    if (row !== undefined && row !== focused) setState({ focus: { key: rowTree(trace).keyOf(row), cell: -1 } });
  };

  /** Loops of a large trace fold a moment after it is there. What is selected keeps its row. */
  const loopSearch = findLoops((trace, loops) => {
    if (!loops || getState().trace !== trace) return;
    setState({ loops });
    const selected = selectedIndex();
    if (selected !== undefined) change('folds', revealInLoops(trace, loops, getState().folds, selected));
    moveFocus(trace, createRowOf(trace, getState()));
  });

  /**
   * The window on screen after a move, which is made in places of the axis: it looks the same wherever time is
   * shortened.
   */
  const moveWindow = (
    move: (window: TimeWindow, bounds: TimeWindow, axis: TimeAxis) => TimeWindow,
  ): TimeWindow | null => {
    const axis = currentAxis(getState());
    const { trace } = getState();
    return (
      trace &&
      timesOf(move(placesOf(currentWindow(getState()), axis), placesOf(wholeWindow(getState()), axis), axis), axis)
    );
  };
  const gesture = (move: Parameters<typeof moveWindow>[0]): void => {
    const window = moveWindow(move);
    if (window) setState({ gesture: window });
  };

  /** A stream has brought more of the trace: all that is on screen stays what it is, and where it is. */
  const goOn = (before: Trace, trace: Trace): void => {
    const shift = originShift(before, trace);
    const moved = (window: TimeWindow | null): TimeWindow | null => window && [window[0] + shift, window[1] + shift];
    const { gesture: drawn, timeWindow, range, expansion, folds, loops, focus, liveEnd: reached } = getState();
    setState(
      withMatches({
        trace,
        ...liveFacts(trace, reached + shift),
        streamed: true,
        loops: loopSearch.known(trace, closedLoops(loops, folds).any),
        gesture: moved(drawn),
        focus: focus && rowTree(trace).find(focus.key) ? focus : null,
      }),
    );
    shown = trace;
    if (looking > 0) loopSearch.begin(trace);
    change('timeWindow', moved(timeWindow));
    change('range', moved(range));
    change('expansion', keepRows(before, trace, expansion));
    const { selectedSpan } = getState();
    if (selectedSpan !== null && rowTree(before).find(selectedSpan) && selectedIndex() === undefined)
      change('selectedSpan', null);
  };

  /** Who looks at something stays there, whatever arrives. */
  const stay = (): void => {
    if (getState().trace?.live) change('follow', false);
  };

  const actions: TraceActions = {
    setTrace(trace) {
      if (getState().trace === trace) return;
      const before = shown;
      if (trace && before && continues(before, trace)) return goOn(before, trace);
      setState(
        withMatches({ trace, ...liveFacts(trace), loops: loopSearch.known(trace), gesture: null, lookAt: null }),
      );
      if (looking > 0 && trace) loopSearch.begin(trace);
      if (!trace) return;
      shown = trace;
      change('folds', foldsFor(trace, getState().folds));
      if (getState().selectedSpan !== null || getState().query !== '') stay();
      const { focus, selectedSpan } = getState();
      if (focus && rowOfKey(focus.key) === undefined) setState({ focus: null });
      if (before && before.key !== trace.key) {
        change('timeWindow', null);
        change('range', null);
      }
      if (before && selectedSpan !== null && selectedIndex() === undefined) change('selectedSpan', null);
      const selected = selectedIndex();
      if (selected !== undefined) lookAt(trace, selected);
    },
    select(key) {
      change('selectedSpan', key);
      const { trace } = getState();
      const index = rowOfKey(key);
      if (!trace || index === undefined) return;
      stay();
      // Who jumps to a hidden span wants to see it where it is.
      if (getState().kept?.[index] === 0) change('filterMode', 'dim');
      setState({ detailOpen: true, focus: { key: rowTree(trace).keyOf(index), cell: -1 } });
      lookAt(trace, index);
    },
    lookInside: (key, source, at, words) =>
      setState({ lookInside: { key, source, range: [at, at + words.length], words } }),
    closeDetail: () => setState({ detailOpen: false }),
    focus(focus) {
      setState({ focus });
      if (focus) stay();
    },
    focusGrid: () => setState({ takeFocus: {} }),
    toggle(index) {
      const { trace, expansion } = getState();
      if (!trace) return;
      const tree = rowTree(trace);
      expand(trace, { expansion: setOpen(tree, expansion, [index], !createIsOpen(tree, expansion)(index)) });
    },
    setOpen(indices, open) {
      const { trace, expansion } = getState();
      if (trace) expand(trace, { expansion: setOpen(rowTree(trace), expansion, indices, open) });
    },
    toggleSubtree(index, open) {
      const { trace, loops, expansion, folds } = getState();
      if (!trace) return;
      const tree = rowTree(trace);
      // The whole trace is a base, not a list of all its spans.
      if (tree.roots === 1 && tree.parentOf(index) === -1) return actions.openAll(open);
      const loop = closedLoops(loops, folds).at(index);
      const ranges = loop ? [[loop.head, loop.end] as const] : tree.within(index);
      expand(trace, {
        expansion: setOpen(tree, expansion, parentsWithin(trace, index, loop?.end), open),
        ...(loops ? { folds: setLoopsOpen(loops, folds, headsWithin(loops, ranges), open) } : {}),
      });
    },
    openAll(open) {
      const { trace } = getState();
      if (trace) expand(trace, { expansion: wholeExpansion(trace, open), folds: open ? WHOLLY_OPEN : ALL_OPEN });
    },
    setLoopOpen(head, open) {
      const { trace, loops, folds } = getState();
      if (trace && loops) expand(trace, { folds: setLoopsOpen(loops, folds, [head], open) });
    },
    foldLoops(folded) {
      const { trace, loops, folds } = getState();
      if (!trace || !loops) return;
      expand(trace, { folds: (folded ?? !closedLoops(loops, folds).any) ? ALL_OPEN : WHOLLY_OPEN });
    },
    setQuery(query) {
      change('query', query);
      if (query !== '') stay();
    },
    setTraceQuery: (query) => change('traceQuery', query),
    setFilterMode: (mode) => change('filterMode', mode),
    showColumns: (ids) => change('shownColumns', ids),
    sortBy: (sort) => change('sort', sort),
    showPanel: (id) => change('panel', id),
    showView: (id) => change('mainView', id),
    showFlame: (look) => change('flameLook', { ...getState().flameLook, ...look }),
    showGraph: (look) => change('graphLook', { ...getState().graphLook, ...look }),
    showStatistics: (look) => change('statisticsLook', { ...getState().statisticsLook, ...look }),
    showContextOf: (agent) => change('contextAgent', agent),
    showReading: (on) => change('reading', on),
    showValuesAs: (field, view) => setState({ valueViews: { ...getState().valueViews, [field]: view } }),
    keepFold: (name, open) => setState({ openFolds: { ...getState().openFolds, [name]: open } }),
    setDetailWidth: (detailWidth) => setState({ detailWidth }),
    setColumnWidths(widths) {
      const all = Object.entries({ ...getState().columnWidths, ...widths }).filter(
        (entry): entry is [string, number] => entry[1] !== null,
      );
      setState({ columnWidths: Object.fromEntries(all) });
    },
    ...createStepping(
      getState,
      (key) => actions.select(key),
      (key) => setState({ lookAt: { key, centred: true } }),
    ),
    showCriticalPath: (on) => change('criticalPath', on),
    colorBy: (field) => change('colorBy', field),
    showFindings: (list) => change('findingsList', list),
    shortenIdle: (on) => change('shortenIdle', on),
    align(alignment) {
      change('alignment', alignment);
      change('timeWindow', null);
    },
    showDifferences: (which) => change('differences', which),
    pairSteps: (pairs) => change('pairs', pairs),
    showArguments: (on) => change('argumentsInRows', on),
    setRange(range) {
      const { trace } = getState();
      if (!range || !trace) return change('range', null);
      const [least, most] = wholeWindow(getState());
      const inside = (time: Nanos): Nanos => Math.min(Math.max(Math.round(time), least), most);
      change('range', [inside(Math.min(...range)), inside(Math.max(...range))]);
    },
    markSpan(index, extend = false) {
      const { trace, range } = getState();
      if (!trace) return;
      const [from, to] = placeOf(trace, index);
      actions.setRange(extend && range ? [Math.min(from, range[0]), Math.max(to, range[1])] : [from, to]);
    },
    zoomToRange() {
      const { range } = getState();
      if (!range) return;
      actions.zoomTo(range);
      actions.setRange(null);
    },
    zoom: (factor, about) =>
      gesture((window, bounds, axis) =>
        zoomWindow(
          window,
          factor,
          about === undefined ? middle(getState(), window, axis, selectedIndex()) : axis.toAxis(about),
          bounds,
        ),
      ),
    pan: (share) => gesture((window, bounds) => panWindow(window, share * (window[1] - window[0]), bounds)),
    showWindow: (next) => gesture((_, bounds, axis) => clampWindow(placesOf(next, axis), bounds)),
    zoomTo(window) {
      const { trace } = getState();
      setState({ gesture: null });
      change('timeWindow', window && trace ? wholeNanos(clampWindow(window, wholeWindow(getState()))) : window);
    },
    fitSpan(index) {
      const { trace } = getState();
      if (trace) actions.fit(placeOf(trace, index));
    },
    fit: (stretch) => actions.zoomTo(moveWindow((_, bounds, axis) => fitSpan(...placesOf(stretch, axis), bounds))),
    settle() {
      const { gesture: window, trace } = getState();
      if (!window || !trace) return;
      const [from, to] = wholeWindow(getState());
      actions.zoomTo(window[0] <= from && window[1] >= to ? null : window);
    },
    followNewest: (on) => change('follow', on),
    reach(now) {
      const { trace, liveEnd: reached } = getState();
      if (trace?.live && now > reached) setState({ liveEnd: liveEnd(now) });
    },
    hover(time) {
      if (getState().hover !== time) setState({ hover: time });
    },
  };

  const views: StoreViews = {
    pause() {
      looking = Math.max(0, looking - 1);
      if (looking > 0) return;
      search.stop();
      loopSearch.stop();
    },
    resume() {
      looking += 1;
      search.resume();
      const { trace } = getState();
      if (trace) loopSearch.begin(trace);
    },
    unlink: (view) => hosts.delete(view),
    link(next, view = hosts) {
      hosts.set(view, next);
      const owned: Partial<TraceState> = Object.fromEntries(
        Object.entries(next.controlled).filter(
          ([piece, value]) => value !== undefined && !sameValue(getState()[piece as keyof ViewPieces], value),
        ),
      );
      if (Object.keys(owned).length === 0) return;
      setState(withMatches(owned));
      const { trace } = getState();
      const index = rowOfKey(owned.selectedSpan);
      if (!trace || index === undefined) return;
      setState({ detailOpen: true });
      lookAt(trace, index);
    },
  };
  const { getInitialState, subscribe } = store;
  return { getState, getInitialState, subscribe, actions, [VIEWS]: views } as TraceStore;
}

function startState(initial: Partial<ViewPieces>, trace: Trace | null, search: SpanSearch): TraceState {
  const pieces = allPieces(initial);
  const { selectedSpan, query, filterMode, expansion } = pieces;
  const row = trace && selectedSpan !== null ? rowTree(trace).find(selectedSpan) : undefined;
  const selected = row?.index;
  const found = search.ask(trace, query);
  const loops = trace && loopsAtOnce(trace);
  const folds = foldsFor(trace, pieces.folds);
  return {
    ...pieces,
    trace,
    ...liveFacts(trace),
    follow: pieces.follow && !(trace?.live && (selected !== undefined || query !== '')),
    loops,
    columnWidths: {},
    detailWidth: null,
    expansion: trace && selected !== undefined ? reveal(trace, expansion, selected) : expansion,
    folds: trace && selected !== undefined ? revealInLoops(trace, loops, folds, selected) : folds,
    ...found,
    kept: filterMode === 'hide' ? keptBy(trace, found.hits) : null,
    focus: null,
    gesture: null,
    hover: null,
    takeFocus: null,
    detailOpen: true,
    valueViews: {},
    openFolds: {},
    lookAt: row ? { key: row.key } : null,
    lookInside: null,
  };
}

/** Of a trace that still arrives, how far its timeline is drawn; never less than it was. */
const liveFacts = (trace: Trace | null, reached: Nanos = 0): Pick<TraceState, 'liveEnd' | 'streamed'> => ({
  liveEnd: trace?.live ? liveEnd(Math.max(trace.end, reached)) : 0,
  streamed: trace?.live === true,
});

/**
 * Rows of a trace that still arrives do not fold away under the reader because the loop that they are in has become
 * long: loops are open unless somebody folds them.
 */
const foldsFor = (trace: Trace | null, folds: Expansion): Expansion =>
  trace?.live && sameValue(folds, ALL_OPEN) ? WHOLLY_OPEN : folds;

/** The row that stands for a span. */
function createRowOf(
  trace: Trace,
  { expansion, folds, loops }: Pick<TraceState, 'expansion' | 'folds' | 'loops'>,
): (index: number) => number {
  const isOpen = createIsOpen(rowTree(trace), expansion);
  const closed = closedLoops(loops, folds);
  return (index) => foldedInto(trace, isOpen, (at) => closed.at(at)?.head, index);
}

/** The place that keyboard zoom keeps: the selected span's middle where it is in view, else the window's. */
function middle({ trace }: TraceState, [from, to]: TimeWindow, axis: TimeAxis, selected: number | undefined): number {
  if (trace && selected !== undefined) {
    const [start, end] = placesOf(placeOf(trace, selected), axis);
    const span = (start + end) / 2;
    if (span >= from && span <= to) return span;
  }
  return (from + to) / 2;
}
