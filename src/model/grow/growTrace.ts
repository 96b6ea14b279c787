import { markWrappers, NO_TIME } from '../build/buildTrace.ts';
import {
  createTables,
  fillGraphNode,
  fillRow,
  TextNumbers,
  type Filled,
  type GraphColumns,
  type Tables,
} from '../build/fillRow.ts';
import { compareTies, SpanRows } from '../build/spanRows.ts';
import { areTimesStray, isLate, surveyTimes, type TimeSurvey } from '../build/strayTimes.ts';
import { isMisplaced } from '../clocks/clockSkew.ts';
import { SPAN_FLAGS } from '../codes.ts';
import type { SpanEntry, TraceParts } from '../entry.ts';
import { compareInstants, isPlausible, nanosBetween, type Instant } from '../time.ts';
import type { TraceColumns } from '../types.ts';
import { FACTS, gather, GRAPH_FACTS, type FactName, type Facts } from './columnsOfRows.ts';
import { GrowingColumn, type Numbers } from './growingColumn.ts';
import { growOrder, type GrownOrder, type Insert } from './growOrder.ts';
import { partsOfRows } from './partsOfRows.ts';

/** All of a trace but what is known beside its spans. Columns are made when asked for: many states are never looked at. */
export type GrownParts = Omit<TraceParts, 'traceId' | 'about' | 'columns'> & { columns(): TraceColumns };

/** What of a trace is never changed: who kept it still sees it when there is more. */
interface State {
  /** By row: where it stands, and the number of its span. */
  readonly order: Pick<TraceColumns, 'parent' | 'subtreeEnd' | 'depth'>;
  readonly slots: Int32Array;
  /** By number of the span. */
  readonly entries: readonly SpanEntry[];
  readonly facts: Facts;
  readonly origin: Instant;
}

const ROOT = -1;
const LINKED = SPAN_FLAGS['missing-parent'] | SPAN_FLAGS['clock-skew'];

/**
 * A trace that grows span by span. What comes of it is what `buildTrace` makes of the same spans; the work is that of
 * the spans that are new, beside copying the columns. Only for spans each of which has an id of its own: where spans
 * share one, parents form a circle, or times lie too far apart, `grow` answers null, and the trace is to be built.
 */
export class TraceGrowth {
  /** Every span has a number here, whatever becomes of its row. */
  readonly #slots = new Map<string, number>();
  #entries: SpanEntry[] = [];
  #parents = new Int32Array(64).fill(ROOT);
  /** By the id of a parent that is not there: who names it. */
  readonly #waiting = new Map<string, Set<number>>();
  #rowOf = new Int32Array(64).fill(-1);
  /** So many have facts. */
  #filled = 0;
  #withoutStart = 0;
  #wrappers = 0;
  #graphSteps = 0;
  #graphNodes = 0;
  #times: { -readonly [Fact in keyof TimeSurvey]: TimeSurvey[Fact] } = surveyTimes(new SpanRows());
  #latestStart: Instant | null = null;
  readonly #tables: Tables = createTables();
  readonly #order = {
    parent: new GrowingColumn((length) => new Int32Array(length)),
    subtreeEnd: new GrowingColumn((length) => new Uint32Array(length)),
    depth: new GrowingColumn((length) => new Uint32Array(length)),
  };
  readonly #slotOf = new GrowingColumn((length) => new Int32Array(length));
  readonly #facts = new Map<FactName, GrowingColumn<Numbers>>();
  /** What the newest state shows of them, by row, and how many of the first rows that are as they were. */
  readonly #shown = new Map<FactName, { readonly column: GrowingColumn<Numbers>; kept: number }>();
  #state: State = EMPTY;

  /** Spans that are new, or that are known otherwise than before: each once. */
  grow(changed: readonly SpanEntry[]): GrownParts | null {
    const touched: number[] = [];
    const before = new Map<number, SpanEntry>();
    let mayMove = false;
    const withoutStart = this.#withoutStart;
    let isSurveyOld = false;
    for (const entry of changed) {
      const id = compareForm(entry.spanId);
      const known = this.#slots.get(id);
      if (known === undefined) {
        this.#slots.set(id, this.#entries.length);
        touched.push(this.#entries.push(entry) - 1);
      } else {
        const was = this.#entries[known]!;
        if (was.spanId !== entry.spanId) return null;
        touched.push(known);
        // States keep the list as it was.
        if (before.size === 0) this.#entries = this.#entries.slice();
        before.set(known, was);
        this.#entries[known] = entry;
        if (!isSameInstant(was.start, entry.start)) mayMove = true;
        if (isExtreme(was, entry, this.#times)) isSurveyOld = true;
        this.#count(was, -1);
      }
      this.#count(entry, 1);
    }
    if (isSurveyOld) this.#surveyAll();
    if (areTimesStray(this.#times)) return null;
    const origin = this.#times.earliest ?? NO_TIME;
    if (this.#latestStart && !Number.isSafeInteger(nanosBetween(origin, this.#latestStart))) return null;
    const isMoved = compareInstants(origin, this.#state.origin) !== 0;
    // Spans without a start stand where others do: where these may move, all is placed anew.
    const isAnew = withoutStart + this.#withoutStart > 0 && this.#state.slots.length > 0 && (isMoved || mayMove);
    this.#makeRoom();
    return this.#place(isAnew ? this.#forgetRows() : touched, before, origin);
  }

  #count(entry: SpanEntry, by: 1 | -1): void {
    if (!entry.start) this.#withoutStart += by;
    if (entry.kindOfWrapper) this.#wrappers += by;
    if (entry.graphStep !== undefined) this.#graphSteps += by;
    if (entry.graphNode) this.#graphNodes += by;
    const { start, end, lastEvent } = entry;
    const times = this.#times;
    if (start && isPlausible(start.seconds)) times.plausibleStarts += by;
    else if (start) times.implausibleStarts += by;
    if (by === -1) return;
    times.earliestStart = first(times.earliestStart, start);
    if (!start) times.earliestEnd = first(times.earliestEnd, end);
    times.earliest = times.earliestStart ?? times.earliestEnd;
    times.latestEvent = last(times.latestEvent, lastEvent ?? null);
    times.late ||= isLate(end?.seconds) || isLate(lastEvent?.seconds);
    this.#latestStart = last(this.#latestStart, start);
  }

  #surveyAll(): void {
    this.#times = surveyTimes(SpanRows.of(this.#entries));
    this.#latestStart = null;
    for (const { start } of this.#entries) this.#latestStart = last(this.#latestStart, start);
  }

  #forgetRows(): readonly number[] {
    this.#state = { ...EMPTY, origin: this.#state.origin, facts: this.#state.facts };
    this.#rowOf.fill(-1);
    this.#waiting.clear();
    return this.#entries.map((_, slot) => slot);
  }

  /** `before`: what was known of the spans that are not new. */
  #place(touched: readonly number[], before: ReadonlyMap<number, SpanEntry>, origin: Instant): GrownParts | null {
    const cuts: number[] = [];
    const under = new Map<number, number[]>();
    const flags = new Map<number, number>();
    const put = (slot: number, parent: number): void => {
      const row = this.#rowOf[slot]!;
      if (row !== -1) cuts.push(row);
      this.#parents[slot] = parent;
      const others = under.get(parent);
      if (others) others.push(slot);
      else under.set(parent, [slot]);
    };
    for (const slot of touched) this.#stopWaiting(slot, before.get(slot));
    const adopted: number[] = [];
    for (const slot of touched) {
      if (this.#rowOf[slot] !== -1) continue;
      for (const child of this.#takeWaiting(slot)) {
        put(child, slot);
        adopted.push(child);
      }
    }
    for (const slot of touched) {
      const link = this.#link(slot);
      flags.set(slot, link.flags);
      if (!this.#staysWhereItIs(slot, link.parent, before.get(slot))) put(slot, link.parent);
    }
    // A subtree that goes elsewhere may hold spans that stand where their parents do.
    if (this.#withoutStart > 0 && cuts.length > 0) return this.#place(this.#forgetRows(), before, origin);
    const childrenOfNew = new Map<number, readonly number[]>();
    const inserts: Insert[] = [];
    for (const [parent, slots] of under) {
      const row = parent === ROOT ? ROOT : this.#rowOf[parent]!;
      this.#sort(slots, parent === ROOT ? origin : this.#placedStart(parent, origin));
      if (parent !== ROOT && row === -1) childrenOfNew.set(parent, slots);
      else if (!this.#findPlaces(row, slots, inserts)) return null;
    }
    const order = growOrder(
      {
        before: this.#state.order,
        inserts,
        cuts,
        rowOf: (slot) => this.#rowOf[slot]!,
        childrenOf: (slot) => childrenOfNew.get(slot),
        count: this.#entries.length,
      },
      this.#order,
    );
    if (!order) return null;
    this.#setRows(order);
    this.#state = this.#fill(order.kept, { touched, adopted, flags, origin });
    return this.#parts(this.#state);
  }

  #parts(state: State): GrownParts {
    const { order, slots, entries, facts, origin } = state;
    const { latestEvent } = this.#times;
    const names = [...FACT_NAMES, ...GRAPH_NAMES.filter((name) => this.#has(name))];
    const hasWrappers = this.#wrappers > 0;
    let columns: TraceColumns | undefined;
    return {
      origin,
      lastEvent: latestEvent ? Math.max(0, nanosBetween(origin, latestEvent)) : 0,
      columns: () => (columns ??= this.#columnsOf(state, names, hasWrappers)),
      amounts: this.#tables.amounts,
      ...partsOfRows(order.parent, slots, entries, facts, origin, (id) => this.#rowIn(state, id)),
    };
  }

  #columnsOf(state: State, names: readonly FactName[], hasWrappers: boolean): TraceColumns {
    const { strings, kinds } = this.#tables;
    const columns: Facts = {};
    for (const name of names)
      columns[name] = name === 'kind' && hasWrappers ? this.#kindsOf(state) : this.#shownOf(name, state);
    return {
      ...state.order,
      ...(columns as Required<Facts>),
      strings: strings.list,
      kinds: kinds.list,
    } as TraceColumns;
  }

  #has(name: keyof typeof GRAPH_FACTS): boolean {
    return (name === 'graphStep' ? this.#graphSteps : this.#graphNodes) > 0;
  }

  #rowIn(state: State, id: string): number {
    const slot = this.#slots.get(compareForm(id));
    if (slot === undefined || slot >= state.slots.length || state.entries[slot]!.spanId !== id) return -1;
    const row = this.#rowOf[slot]!;
    if (state === this.#state) return row;
    // What came since stands before it, if anything: it was here, or not far above.
    const was = state.slots.lastIndexOf(slot, row);
    return was === -1 ? state.slots.indexOf(slot) : was;
  }

  /** A column by row: of the newest state what is as it was is shared with the one before. */
  #shownOf(name: FactName, state: State): Numbers {
    const { slots, facts } = state;
    if (state !== this.#state) {
      const alone = makeOf(name)(slots.length);
      gather(facts[name]!, slots, 0, alone);
      return alone;
    }
    let shown = this.#shown.get(name);
    if (!shown) this.#shown.set(name, (shown = { column: new GrowingColumn(makeOf(name)), kept: 0 }));
    gather(facts[name]!, slots, shown.kept, shown.column.open(shown.kept, slots.length));
    shown.kept = slots.length;
    return shown.column.show(slots.length);
  }

  /** Kinds depend on what stands below. */
  #kindsOf({ order, slots, entries, facts }: State): Uint8Array {
    const kind = new Uint8Array(slots.length);
    gather(facts.kind!, slots, 0, kind);
    markWrappers((row) => entries[slots[row]!]!.kindOfWrapper, { parent: order.parent, kind }, this.#tables.kinds);
    return kind;
  }

  #makeRoom(): void {
    // One more than there are: to fill it before it is known whether anything changes.
    const count = this.#entries.length + 1;
    if (this.#rowOf.length >= count) return;
    const [rowOf, parents] = [new Int32Array(2 * count).fill(-1), new Int32Array(2 * count).fill(ROOT)];
    rowOf.set(this.#rowOf);
    parents.set(this.#parents);
    [this.#rowOf, this.#parents] = [rowOf, parents];
  }

  #stopWaiting(slot: number, before: SpanEntry | undefined): void {
    if (!before || this.#rowOf[slot] === -1) return;
    if ((this.#state.facts.flags![slot]! & SPAN_FLAGS['missing-parent']) === 0) return;
    const id = compareForm(before.parentSpanId!);
    const others = this.#waiting.get(id);
    others?.delete(slot);
    if (others?.size === 0) this.#waiting.delete(id);
  }

  #takeWaiting(parent: number): Iterable<number> {
    const id = compareForm(this.#entries[parent]!.spanId);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting ?? [];
  }

  /** As `linkSpans` does it, where ids are not shared. */
  #link(slot: number): { readonly parent: number; readonly flags: number } {
    const { parentSpanId, spanId } = this.#entries[slot]!;
    if (parentSpanId === null) return { parent: ROOT, flags: 0 };
    const id = compareForm(parentSpanId);
    if (id === compareForm(spanId)) return { parent: ROOT, flags: SPAN_FLAGS['self-parent'] };
    const parent = this.#slots.get(id);
    if (parent !== undefined) return { parent, flags: 0 };
    const others = this.#waiting.get(id);
    if (others) others.add(slot);
    else this.#waiting.set(id, new Set([slot]));
    return { parent: ROOT, flags: SPAN_FLAGS['missing-parent'] };
  }

  #staysWhereItIs(slot: number, parent: number, before: SpanEntry | undefined): boolean {
    if (!before || this.#rowOf[slot] === -1 || this.#parents[slot] !== parent) return false;
    const now = this.#entries[slot]!;
    return (
      isSameInstant(before.start, now.start) &&
      isSameInstant(before.end, now.end) &&
      (before.dottedOrder ?? '') === (now.dottedOrder ?? '')
    );
  }

  #sort(slots: number[], parentStart: Instant): void {
    slots.sort((a, b) => compareSiblings(this.#entries[a]!, this.#entries[b]!, parentStart));
  }

  /** The start of a span, or of the next above it that has one. */
  #placedStart(slot: number, origin: Instant): Instant {
    let at = slot;
    // In a circle the way has no end.
    for (let step = 0; at !== ROOT && step <= this.#entries.length; step += 1) {
      const { start } = this.#entries[at]!;
      if (start) return start;
      at = this.#parents[at]!;
    }
    return origin;
  }

  /** Where spans go among the children that a row has, which are as they were. False where numbers do not tell. */
  #findPlaces(row: number, slots: readonly number[], inserts: Insert[]): boolean {
    const { slots: slotOf, order, facts, origin } = this.#state;
    const { subtreeEnd } = order;
    const start = (of: number): number => facts.start![slotOf[of]!]!;
    const end = row === ROOT ? slotOf.length : subtreeEnd[row]!;
    let child = row + 1;
    let found: { at: number; under: number; slots: number[] } | undefined;
    for (const slot of slots) {
      const entry = this.#entries[slot]!;
      const parentStart = row === ROOT ? 0 : start(row);
      const place = entry.start ? nanosBetween(origin, entry.start) : parentStart;
      if (slotOf.length > 0 && !Number.isSafeInteger(place)) return false;
      while (
        child < end &&
        (start(child) < place || (start(child) === place && compareTies(this.#entries[slotOf[child]!]!, entry) < 0))
      )
        child = subtreeEnd[child]!;
      if (found?.at === child) found.slots.push(slot);
      else inserts.push((found = { at: child, under: row, slots: [slot] }));
    }
    return true;
  }

  /** The numbers of spans by row, and the other way. */
  #setRows({ kept, runs }: GrownOrder): void {
    const before = this.#state.slots;
    const slots = this.#slotOf.open(kept, this.#entries.length);
    let at = kept;
    for (let run = 0; run < runs.length; run += 2) {
      const first = runs[run]!;
      const length = runs[run + 1]!;
      if (first < 0) slots[at] = ~first;
      else for (let i = 0; i < length; i += 1) slots[at + i] = before[first + i]!;
      at += length;
    }
    for (let row = kept; row < this.#entries.length; row += 1) this.#rowOf[slots[row]!] = row;
    for (const shown of this.#shown.values()) shown.kept = Math.min(shown.kept, kept);
  }

  #fill(
    kept: number,
    {
      touched,
      adopted,
      flags,
      origin,
    }: {
      readonly touched: readonly number[];
      readonly adopted: readonly number[];
      readonly flags: ReadonlyMap<number, number>;
      readonly origin: Instant;
    },
  ): State {
    const tables = this.#tables;
    const count = this.#entries.length;
    const order = {
      parent: this.#order.parent.show(count),
      subtreeEnd: this.#order.subtreeEnd.show(count),
      depth: this.#order.depth.show(count),
    };
    const slots = this.#slotOf.show(count);
    const cells = this.#openFacts(count);
    this.#shiftTimes(cells, nanosBetween(origin, this.#state.origin));
    const target = { columns: cells, tables, origin };
    const outdated = new Set<number>();
    const rows = Uint32Array.from(touched, (slot) => this.#rowOf[slot]!).sort();
    const filling = SpanRows.of(Array.from(rows, (row) => this.#entries[slots[row]!]!));
    const texts = new TextNumbers(filling, tables.strings);
    for (const [place, row] of rows.entries()) {
      const slot = slots[row]!;
      const entry = this.#entries[slot]!;
      // What is known already is filled behind all others, to change what differs.
      const isNew = slot >= this.#filled;
      const into = isNew ? slot : count;
      this.#parents[into] = this.#parents[slot]!;
      const start = nanosBetween(origin, entry.start ?? this.#placedStart(slot, origin));
      fillRow(target, into, { rows: filling, row: place, start, linkFlags: flags.get(slot)!, texts });
      if (hasGraph(cells)) fillGraphNode(cells, into, entry.graphNode, tables.strings);
      if (cells.graphStep) cells.graphStep[into] = entry.graphStep ?? Number.NaN;
      if (isNew || this.#take(cells, into, slot))
        for (let child = row + 1; child < order.subtreeEnd[row]!; child = order.subtreeEnd[child]!) outdated.add(child);
    }
    for (const slot of adopted) outdated.add(this.#rowOf[slot]!);
    for (const row of outdated) this.#change(cells, 'flags', slots[row]!, relinked(cells, slots[row]!));
    this.#filled = count;
    const facts: Facts = {};
    for (const [name, column] of this.#facts) facts[name] = column.show(count);
    return { order, slots, entries: this.#entries, facts, origin };
  }

  /** Columns by number of the span, of which the cells of new ones may be written, and one behind all. */
  #openFacts(count: number): Cells {
    const names: FactName[] = [...FACT_NAMES];
    for (const name of GRAPH_NAMES) if (this.#facts.has(name) || this.#has(name)) names.push(name);
    const cells: Partial<Record<FactName, Numbers>> = {};
    for (const name of names) {
      let column = this.#facts.get(name);
      if (!column) this.#facts.set(name, (column = new GrowingColumn(makeOf(name))));
      cells[name] = column.open(this.#filled, count + 1);
    }
    const { strings, kinds } = this.#tables;
    const { subtreeEnd, depth } = EMPTY.order;
    return { ...(cells as Cells), parent: this.#parents, subtreeEnd, depth, strings: strings.list, kinds: kinds.list };
  }

  #shiftTimes(cells: Cells, shift: number): void {
    if (shift === 0 || this.#filled === 0) return;
    for (const name of ['start', 'end'] as const) {
      const times = (cells[name] = this.#facts.get(name)!.open(0, cells[name].length) as Cells['start']);
      for (let slot = 0; slot < this.#filled; slot += 1) times[slot]! += shift;
      const shown = this.#shown.get(name);
      if (shown) shown.kept = 0;
    }
  }

  /** Gives a span what was filled for it; answers whether those below it must be looked at for it. */
  #take(cells: Cells, from: number, slot: number): boolean {
    const { amounts } = this.#tables;
    if (cells.amounts[from] !== -1 && amounts[cells.amounts[from]!] === amounts[cells.amounts[slot]!]) {
      amounts.pop();
      cells.amounts[from] = cells.amounts[slot]!;
    }
    let isOutdated = false;
    for (const name of this.#facts.keys())
      if (this.#change(cells, name, slot, cells[name]![from]!) && SEEN_BELOW.has(name)) isOutdated = true;
    return isOutdated;
  }

  /** False where it is so already. */
  #change(cells: Cells, name: FactName, slot: number, value: number): boolean {
    if (Object.is(cells[name]![slot], value)) return false;
    const changed = this.#facts.get(name)!.open(slot, cells[name]!.length);
    (cells as Record<FactName, Numbers>)[name] = changed;
    changed[slot] = value;
    const shown = this.#shown.get(name);
    if (shown) shown.kept = Math.min(shown.kept, this.#rowOf[slot]!);
    return true;
  }
}

/** The columns that rows are filled into. */
type Cells = Filled['columns'] & Partial<GraphColumns> & { graphStep?: Float64Array };

const hasGraph = (cells: Cells): cells is Cells & GraphColumns => cells.graphNode !== undefined;

/** The flags of a span that has its parent, by where that stands now. */
function relinked(cells: Filled['columns'], slot: number): number {
  const { flags, parent, start, end } = cells;
  const above = parent[slot]!;
  const own = flags[slot]! & ~LINKED;
  const isSkewed =
    above !== ROOT &&
    (own & SPAN_FLAGS['missing-start']) === 0 &&
    isMisplaced(start[slot]!, end[slot]!, above, slot, cells);
  return isSkewed ? own | SPAN_FLAGS['clock-skew'] : own;
}

const makeOf = (name: FactName): ((length: number) => Numbers) => ({ ...FACTS, ...GRAPH_FACTS })[name];
const FACT_NAMES = Object.keys(FACTS) as (keyof typeof FACTS)[];
const GRAPH_NAMES = Object.keys(GRAPH_FACTS) as (keyof typeof GRAPH_FACTS)[];
/** What of a span says where those below it may stand. */
const SEEN_BELOW: ReadonlySet<FactName> = new Set<FactName>(['start', 'end', 'flags', 'service']);

const EMPTY: State = {
  order: { parent: new Int32Array(), subtreeEnd: new Uint32Array(), depth: new Uint32Array() },
  slots: new Int32Array(),
  entries: [],
  facts: {},
  origin: NO_TIME,
};

function isExtreme(before: SpanEntry, now: SpanEntry, { earliest, latestEvent, late }: TimeSurvey): boolean {
  if (late) return true;
  if (!isSameInstant(before.start, now.start) && isSameInstant(before.start, earliest)) return true;
  if (!before.start && isSameInstant(before.end, earliest)) return true;
  const lastEvent = before.lastEvent ?? null;
  return (
    lastEvent !== null && !isSameInstant(lastEvent, now.lastEvent ?? null) && isSameInstant(lastEvent, latestEvent)
  );
}

/** Short hexadecimal ids are compared as if padded: some printers drop leading zeros. */
const compareForm = (id: string): string => (id.length < 16 && /^[0-9a-f]+$/.test(id) ? id.padStart(16, '0') : id);

/** One without a start counts as starting with its parent. */
function compareSiblings(left: SpanEntry, right: SpanEntry, parentStart: Instant): number {
  return compareInstants(left.start ?? parentStart, right.start ?? parentStart) || compareTies(left, right);
}

const isSameInstant = (a: Instant | null, b: Instant | null): boolean =>
  a === b || (a !== null && b !== null && compareInstants(a, b) === 0);
const first = (a: Instant | null, b: Instant | null): Instant | null =>
  a && b ? (compareInstants(b, a) < 0 ? b : a) : (a ?? b);
const last = (a: Instant | null, b: Instant | null): Instant | null =>
  a && b ? (compareInstants(b, a) > 0 ? b : a) : (a ?? b);
