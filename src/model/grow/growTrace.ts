import { markWrappers, NO_TIME } from '../build/buildTrace.ts';
import { emptyColumns } from '../build/emptyColumns.ts';
import {
  createTables,
  emptyGraph,
  fillGraphNode,
  fillRow,
  TextNumbers,
  type Filled,
  type GraphColumns,
  type Tables,
} from '../build/fillRow.ts';
import { halfOfId, PackedIds } from '../build/spanIds.ts';
import { compareTies, SpanRows } from '../build/spanRows.ts';
import { areTimesStray, isLate, surveyTimes, type TimeSurvey } from '../build/strayTimes.ts';
import { isMisplaced } from '../clocks/clockSkew.ts';
import { SPAN_FLAGS } from '../codes.ts';
import type { SpanEntry, TraceParts } from '../entry.ts';
import { compareInstants, isPlausible, nanosBetween, type Instant } from '../time.ts';
import { growOrder, type GrownOrder, type Insert } from './growOrder.ts';
import { partsOfRows } from './partsOfRows.ts';

/** All of a trace but what is known beside its spans. */
export type GrownParts = Omit<TraceParts, 'traceId' | 'about'>;

interface State extends Filled {
  /** By row. */
  readonly entries: readonly SpanEntry[];
  readonly slots: Int32Array;
  readonly graphStep: Float64Array | undefined;
  readonly graph: GraphColumns | undefined;
  readonly ids: PackedIds;
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
  readonly #entries: SpanEntry[] = [];
  readonly #parents: number[] = [];
  /** By the id of a parent that is not there: who names it. */
  readonly #waiting = new Map<string, Set<number>>();
  #rowOf = new Int32Array(64).fill(-1);
  #withoutStart = 0;
  #wrappers = 0;
  #graphSteps = 0;
  #graphNodes = 0;
  #otherIds = 0;
  #times: TimeSurvey = surveyTimes(new SpanRows());
  #latestStart: Instant | null = null;
  #state: State = emptyState();

  /** Spans that are new, or that are known otherwise than before: each once. */
  grow(changed: readonly SpanEntry[]): GrownParts | null {
    const touched: number[] = [];
    let mayMove = false;
    const withoutStart = this.#withoutStart;
    let isSurveyOld = false;
    for (const entry of changed) {
      const id = compareForm(entry.spanId);
      const known = this.#slots.get(id);
      if (known === undefined) {
        this.#slots.set(id, this.#entries.length);
        if (!isPacked(entry.spanId)) this.#otherIds += 1;
        touched.push(this.#entries.push(entry) - 1);
        this.#parents.push(ROOT);
      } else {
        const before = this.#entries[known]!;
        if (before.spanId !== entry.spanId) return null;
        touched.push(known);
        this.#entries[known] = entry;
        if (!isSameInstant(before.start, entry.start)) mayMove = true;
        if (isExtreme(before, entry, this.#times)) isSurveyOld = true;
        this.#count(before, -1);
      }
      this.#count(entry, 1);
    }
    if (isSurveyOld) this.#surveyAll();
    if (areTimesStray(this.#times)) return null;
    const origin = this.#times.earliest ?? NO_TIME;
    if (this.#latestStart && !Number.isSafeInteger(nanosBetween(origin, this.#latestStart))) return null;
    const isMoved = compareInstants(origin, this.#state.origin) !== 0;
    // Spans without a start stand where others do: where these may move, all is placed anew.
    const { entries: rows } = this.#state;
    const isAnew = withoutStart + this.#withoutStart > 0 && rows.length > 0 && (isMoved || mayMove);
    return this.#place(isAnew ? this.#forgetRows() : touched, origin);
  }

  #count(entry: SpanEntry, by: 1 | -1): void {
    if (!entry.start) this.#withoutStart += by;
    if (entry.kindOfWrapper) this.#wrappers += by;
    if (entry.graphStep !== undefined) this.#graphSteps += by;
    if (entry.graphNode) this.#graphNodes += by;
    const { start, end, lastEvent } = entry;
    const times = this.#times;
    const isStartPlausible = start !== null && isPlausible(start.seconds);
    const { earliestStart, earliestEnd, latestEvent } = times;
    const isAdded = by === 1;
    this.#times = {
      ...times,
      plausibleStarts: times.plausibleStarts + (isStartPlausible ? by : 0),
      implausibleStarts: times.implausibleStarts + (start && !isStartPlausible ? by : 0),
      ...(isAdded && {
        earliestStart: first(earliestStart, start),
        earliestEnd: start ? earliestEnd : first(earliestEnd, end),
        earliest: first(earliestStart, start) ?? first(earliestEnd, end),
        latestEvent: last(latestEvent, lastEvent ?? null),
        late: times.late || isLate(end?.seconds) || isLate(lastEvent?.seconds),
      }),
    };
    if (isAdded) this.#latestStart = last(this.#latestStart, start);
  }

  #surveyAll(): void {
    this.#times = surveyTimes(SpanRows.of(this.#entries));
    this.#latestStart = null;
    for (const { start } of this.#entries) this.#latestStart = last(this.#latestStart, start);
  }

  #forgetRows(): readonly number[] {
    this.#state = { ...emptyState(), tables: this.#state.tables };
    this.#rowOf.fill(-1);
    this.#waiting.clear();
    return this.#entries.map((_, slot) => slot);
  }

  #place(touched: readonly number[], origin: Instant): GrownParts | null {
    const before = this.#state;
    this.#makeRoom();
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
    for (const slot of touched) this.#stopWaiting(slot);
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
      if (!this.#staysWhereItIs(slot, link.parent)) put(slot, link.parent);
    }
    // A subtree that goes elsewhere may hold spans that stand where their parents do.
    if (this.#withoutStart > 0 && cuts.length > 0) return this.#place(this.#forgetRows(), origin);
    const childrenOfNew = new Map<number, readonly number[]>();
    const inserts: Insert[] = [];
    for (const [parent, slots] of under) {
      const row = parent === ROOT ? ROOT : this.#rowOf[parent]!;
      this.#sort(slots, parent === ROOT ? origin : this.#placedStart(parent, origin));
      if (parent !== ROOT && row === -1) childrenOfNew.set(parent, slots);
      else if (!this.#findPlaces(row, slots, inserts)) return null;
    }
    const order = growOrder({
      before: before.columns,
      inserts,
      cuts,
      rowOf: (slot) => this.#rowOf[slot]!,
      childrenOf: (slot) => childrenOfNew.get(slot),
      count: this.#entries.length,
    });
    if (!order) return null;
    this.#state = this.#fill(order, { touched, adopted, flags, origin });
    const { columns, entries, graphStep, graph, ids, tables } = this.#state;
    const { latestEvent } = this.#times;
    return {
      origin,
      lastEvent: latestEvent ? Math.max(0, nanosBetween(origin, latestEvent)) : 0,
      ...partsOfRows(
        entries,
        { ...columns, ...(graphStep ? { graphStep } : {}), ...graph },
        tables.amounts,
        ids,
        origin,
      ),
    };
  }

  #makeRoom(): void {
    if (this.#rowOf.length >= this.#entries.length) return;
    const longer = new Int32Array(2 * this.#entries.length).fill(-1);
    longer.set(this.#rowOf);
    this.#rowOf = longer;
  }

  #stopWaiting(slot: number): void {
    const row = this.#rowOf[slot]!;
    if (row === -1 || (this.#state.columns.flags[row]! & SPAN_FLAGS['missing-parent']) === 0) return;
    const id = compareForm(this.#state.entries[row]!.parentSpanId!);
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

  #staysWhereItIs(slot: number, parent: number): boolean {
    const row = this.#rowOf[slot]!;
    if (row === -1 || this.#parents[slot] !== parent) return false;
    const before = this.#state.entries[row]!;
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
    const { entries, columns, origin } = this.#state;
    const { subtreeEnd, start } = columns;
    const end = row === ROOT ? entries.length : subtreeEnd[row]!;
    let child = row + 1;
    let found: { at: number; under: number; slots: number[] } | undefined;
    for (const slot of slots) {
      const entry = this.#entries[slot]!;
      const parentStart = row === ROOT ? 0 : start[row]!;
      const place = entry.start ? nanosBetween(origin, entry.start) : parentStart;
      if (entries.length > 0 && !Number.isSafeInteger(place)) return false;
      while (
        child < end &&
        (start[child]! < place || (start[child] === place && compareTies(entries[child]!, entry) < 0))
      )
        child = subtreeEnd[child]!;
      if (found?.at === child) found.slots.push(slot);
      else inserts.push((found = { at: child, under: row, slots: [slot] }));
    }
    return true;
  }

  /** Ids of the rows that came along. */
  #idsOf(entries: readonly SpanEntry[], runs: readonly number[]): PackedIds {
    const halves = new Uint32Array(2 * entries.length);
    spread(runs, this.#state.ids.packed.halves, halves, 2);
    const others = new Map<number, string>();
    if (this.#otherIds > 0)
      entries.forEach(({ spanId }, row) => {
        if (!isPacked(spanId)) others.set(row, spanId);
      });
    return new PackedIds(entries.length, { halves, others });
  }

  #fill(
    order: GrownOrder,
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
    const { runs } = order;
    const { tables, ...before } = this.#state;
    const columns = emptyColumns(order, tables);
    for (const name of COPIED) spread(runs, before.columns[name], columns[name]);
    const slots = new Int32Array(order.parent.length);
    spread(runs, before.slots, slots);
    const entries = spreadEntries(runs, before.entries, this.#entries);
    let at = 0;
    for (let run = 0; run < runs.length; run += 2) {
      if (runs[run]! < 0) slots[at] = ~runs[run]!;
      at += runs[run + 1]!;
    }
    const shift = nanosBetween(origin, before.origin);
    if (shift !== 0 && before.entries.length > 0) {
      for (let row = 0; row < columns.start.length; row += 1) {
        columns.start[row]! += shift;
        columns.end[row]! += shift;
      }
    }
    setRows(this.#rowOf, slots);
    const target: Filled = { columns, tables, origin };
    const outdated = new Set<number>();
    const graphStep = this.#graphSteps > 0 ? new Float64Array(slots.length).fill(Number.NaN) : undefined;
    if (graphStep && before.graphStep) spread(runs, before.graphStep, graphStep);
    const graph = this.#graphNodes > 0 ? emptyGraph(slots.length) : undefined;
    if (graph && before.graph) for (const name of GRAPH) spread(runs, before.graph[name], graph[name]);
    const touchedRows = Uint32Array.from(touched, (slot) => this.#rowOf[slot]!).sort();
    const ids = this.#idsOf(entries, runs);
    const filling = SpanRows.of(Array.from(touchedRows, (row) => this.#entries[slots[row]!]!));
    const texts = new TextNumbers(filling, tables.strings);
    for (const [place, row] of touchedRows.entries()) {
      const slot = slots[row]!;
      const entry = (entries[row] = this.#entries[slot]!);
      const shown = { start: columns.start[row], end: columns.end[row], service: columns.service[row] };
      const wasFlagged = columns.flags[row]!;
      const placed = entry.start ?? this.#placedStart(slot, origin);
      const start = nanosBetween(origin, placed);
      fillRow(target, row, { rows: filling, row: place, start, linkFlags: flags.get(slot)!, texts });
      ids.set(row, entry.spanId);
      if (graph) fillGraphNode(graph, row, entry.graphNode, tables.strings);
      if (graphStep) graphStep[row] = entry.graphStep ?? Number.NaN;
      const isSeenAlike =
        wasFlagged === columns.flags[row] &&
        shown.start === columns.start[row] &&
        Object.is(shown.end, columns.end[row]) &&
        shown.service === columns.service[row];
      if (!isSeenAlike)
        for (let child = row + 1; child < columns.subtreeEnd[row]!; child = columns.subtreeEnd[child]!)
          outdated.add(child);
    }
    for (const slot of adopted) outdated.add(this.#rowOf[slot]!);
    for (const row of outdated) columns.flags[row] = relinked(columns, row);
    if (this.#wrappers > 0) {
      for (let row = 0; row < entries.length; row += 1)
        if (entries[row]!.kindOfWrapper) columns.kind[row] = tables.kinds.code(entries[row]!.kind);
      markWrappers((row) => entries[row]!.kindOfWrapper, columns, tables.kinds);
    }
    return { columns, tables, origin, entries, slots, graphStep, graph, ids };
  }
}

/** The flags of a span that has its parent, by where that stands now. */
function relinked(columns: Filled['columns'], row: number): number {
  const { flags, parent, start, end } = columns;
  const above = parent[row]!;
  const own = flags[row]! & ~LINKED;
  const isSkewed =
    above !== -1 &&
    (own & SPAN_FLAGS['missing-start']) === 0 &&
    isMisplaced(start[row]!, end[row]!, above, row, columns);
  return isSkewed ? own | SPAN_FLAGS['clock-skew'] : own;
}

const COPIED = [
  'start',
  'end',
  'kind',
  'status',
  'otelKind',
  'flags',
  'name',
  'service',
  'model',
  'provider',
  'rawKind',
  'amounts',
] as const;

const GRAPH = ['graphNode', 'graphName', 'graphParent'] as const;

type Column = Int32Array | Uint32Array | Float64Array | Uint8Array;

/** Below this length a loop is quicker than to have it copied. */
const SHORT = 32;

/** `width`: cells of a row. */
function spread(runs: readonly number[], from: Column, into: Column, width = 1): void {
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const first = runs[run]! * width;
    const length = runs[run + 1]! * width;
    if (first >= 0 && length < SHORT) for (let i = 0; i < length; i += 1) into[at + i] = from[first + i]!;
    else if (first >= 0) into.set(from.subarray(first, first + length), at);
    at += length;
  }
}

function spreadEntries(runs: readonly number[], from: readonly SpanEntry[], bySlot: readonly SpanEntry[]): SpanEntry[] {
  const entries: SpanEntry[] = from.slice();
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const first = runs[run]!;
    const length = runs[run + 1]!;
    if (first < 0) entries[at] = bySlot[~first]!;
    else if (first !== at) for (let i = 0; i < length; i += 1) entries[at + i] = from[first + i]!;
    at += length;
  }
  return entries;
}

/** Where each span stands now. */
function setRows(rowOf: Int32Array, slots: Int32Array): void {
  for (let row = 0; row < slots.length; row += 1) rowOf[slots[row]!] = row;
}

function emptyState(): State {
  const tables: Tables = createTables();
  const nothing = { parent: new Int32Array(), subtreeEnd: new Uint32Array(), depth: new Uint32Array() };
  return {
    columns: emptyColumns(nothing, tables),
    tables,
    origin: NO_TIME,
    entries: [],
    slots: new Int32Array(),
    graphStep: undefined,
    graph: undefined,
    ids: new PackedIds(0),
  };
}

function isExtreme(before: SpanEntry, now: SpanEntry, { earliest, latestEvent, late }: TimeSurvey): boolean {
  if (late) return true;
  if (!isSameInstant(before.start, now.start) && isSameInstant(before.start, earliest)) return true;
  if (!before.start && isSameInstant(before.end, earliest)) return true;
  const lastEvent = before.lastEvent ?? null;
  return (
    lastEvent !== null && !isSameInstant(lastEvent, now.lastEvent ?? null) && isSameInstant(lastEvent, latestEvent)
  );
}

/** Whether an id is two halves. */
const isPacked = (id: string): boolean => id.length === 16 && halfOfId(id, 0) !== -1 && halfOfId(id, 8) !== -1;

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
