import { kindCode, SPAN_FLAGS } from '../codes.ts';
import type { createKindTable } from '../codes.ts';
import { createDiagnosticLog } from '../diagnostics.ts';
import type { RecordedScore, SpanEntry, TraceAbout, TraceParts } from '../entry.ts';
import { emptyColumns } from './emptyColumns.ts';
import {
  createTables,
  emptyGraph,
  fillGraphNode,
  fillRow,
  textNumbers,
  type Filled,
  type GraphColumns,
} from './fillRow.ts';
import { inOneGo, isStep } from './steps.ts';
import { indexById, linkSpans } from './linkSpans.ts';
import { mergeRepeats } from './mergeRepeats.ts';
import { orderSpans, type SpanOrder } from './orderSpans.ts';
import { reportFlags } from './reportFlags.ts';
import { setStrayTimesAside, surveyTimes } from './strayTimes.ts';
import { PackedIds, type SpanIds } from './spanIds.ts';
import { SpanRows } from './spanRows.ts';
import { nanosBetween, type Instant } from '../time.ts';
import { ColumnTrace } from '../trace.ts';
import type { Diagnostic, SpanKind, Trace, TraceColumns } from '../types.ts';

export interface BuiltTrace {
  readonly trace: Trace;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where a trace begins in which no time is recorded. */
export const NO_TIME: Instant = { seconds: 0, nanos: 0, guessed: false };

/**
 * Makes a `Trace` of spans in any order. Several roots, missing parents, circles, repeated ids and missing times are
 * normal: each span is in the trace exactly once, repeats are merged, what was repaired carries a flag and is reported.
 * Never throws.
 */
export function buildTrace(traceId: string, given: readonly SpanEntry[], about: TraceAbout = {}): BuiltTrace {
  return inOneGo(buildInSteps(traceId, SpanRows.of(given), about));
}

/** The same, and rests every few thousand spans. */
export function* buildInSteps(traceId: string, given: SpanRows, about: TraceAbout = {}): Generator<void, BuiltTrace> {
  const log = createDiagnosticLog();
  const byId = yield* indexById(given);
  const distinct = byId.isUnique ? given : mergeRepeats(traceId, given, log);
  yield;
  const recorded = surveyTimes(distinct);
  const rows = setStrayTimesAside(distinct, recorded);
  const { earliest, latestEvent } = rows === distinct ? recorded : surveyTimes(rows);
  yield;
  const links = yield* linkSpans(rows, rows === given ? byId : yield* indexById(rows));
  const origin = earliest ?? NO_TIME;
  const order = yield* orderSpans(rows, links.parent, origin);
  const trace = new ColumnTrace({
    traceId,
    about,
    origin,
    ...(yield* fillParts(rows, links.flags, order, origin)),
    lastEvent: latestEvent ? Math.max(0, nanosBetween(origin, latestEvent)) : 0,
  });
  yield;
  yield* reportFlags(trace, log);
  return { trace, diagnostics: log.list() };
}

/** One pass in pre-order, which gives texts and kinds the numbers of their first use in it. */
function* fillParts(
  rows: SpanRows,
  linkFlags: Uint32Array,
  order: SpanOrder,
  origin: Instant,
): Generator<void, Omit<TraceParts, 'traceId' | 'about' | 'origin' | 'lastEvent'>> {
  const count = rows.length;
  const tables = createTables();
  const { strings } = tables;
  const columns = emptyColumns(order, tables);
  const target: Filled = { columns, tables, origin };
  const textOf = textNumbers(rows, strings);
  const spanIds = new PackedIds(count);
  const exactTimes = new Map<number, { start: Instant | null; end: Instant | null }>();
  const strayParentIds = new Map<number, string>();
  const statusMessages = new Map<number, string>();
  const statusOrigins = new Map<number, string>();
  let graphStep: Float64Array | undefined;
  let graph: GraphColumns | undefined;
  let mayWrap = false;
  const scores = new Map<number, readonly RecordedScore[]>();
  for (let index = 0; index < count; index += 1) {
    if (isStep(index)) yield;
    const row = order.row[index]!;
    const placedBy = order.placedBy[index]!;
    const start =
      placedBy === -1
        ? 0
        : (rows.startSeconds(placedBy) - origin.seconds) * 1e9 + (rows.startNanos(placedBy) - origin.nanos);
    const isExact = fillRow(target, index, { rows, row, start, linkFlags: linkFlags[row]!, textOf });
    const rare = rows.rare(row);
    if (rare?.recorded) exactTimes.set(index, rare.recorded);
    else if (!isExact) exactTimes.set(index, { start: rows.start(row), end: rows.end(row) });
    if (order.parent[index] === -1 && rows.hasParent(row)) strayParentIds.set(index, rows.parentSpanId(row)!);
    if (rows.isPacked(row)) spanIds.setHalves(index, rows.idHalf(row, 0), rows.idHalf(row, 1));
    else spanIds.set(index, rows.spanId(row));
    if (!rare) continue;
    if (rare.graphStep !== undefined) (graphStep ??= new Float64Array(count).fill(Number.NaN))[index] = rare.graphStep;
    if (rare.graphNode) fillGraphNode((graph ??= emptyGraph(count)), index, rare.graphNode, strings);
    if (rare.scores) scores.set(index, rare.scores);
    if (rare.kindOfWrapper) mayWrap = true;
    if (rare.statusOrigin) statusOrigins.set(index, rare.statusOrigin);
    if (rare.statusMessage !== null) statusMessages.set(index, rare.statusMessage);
  }
  yield;
  if (mayWrap) markWrappers((index) => rows.rare(order.row[index]!)?.kindOfWrapper, columns, tables.kinds);
  return {
    columns: { ...columns, ...(graphStep ? { graphStep } : {}), ...graph },
    amounts: tables.amounts,
    exactTimes,
    spanIds,
    keySuffixes: keySuffixes(spanIds, columns.flags),
    strayParentIds,
    statusMessages,
    statusOrigins,
    scores,
    content: rows.contents(order.row),
  };
}

const LLM = kindCode('llm');
const CROSSINGS: ReadonlySet<number> = new Set(['tool', 'agent'].map(kindCode));

/**
 * A span that only looks like a model call is a wrapper where it holds one that is reached without crossing a tool or an
 * agent.
 */
export function markWrappers(
  kindOfWrapperAt: (index: number) => SpanKind | null | undefined,
  { kind, parent }: Pick<TraceColumns, 'parent'> & { readonly kind: Uint8Array },
  kinds: ReturnType<typeof createKindTable>,
): void {
  const holdsCall = new Uint8Array(kind.length);
  for (let index = kind.length - 1; index >= 0; index -= 1) {
    const kindOfWrapper = kindOfWrapperAt(index);
    if (kindOfWrapper && holdsCall[index] === 1) kind[index] = kinds.code(kindOfWrapper);
    const above = parent[index]!;
    const isCall = kind[index] === LLM || holdsCall[index] === 1;
    if (above !== -1 && isCall && !CROSSINGS.has(kind[index]!)) holdsCall[above] = 1;
  }
}

/**
 * `#2`, `#3`… for spans that share an id, counted in pre-order, which arrival cannot change. Ids that look like that
 * are stepped over.
 */
function keySuffixes(spanIds: SpanIds, flags: Uint32Array): ReadonlyMap<number, string> {
  const suffixes = new Map<number, string>();
  const counts = new Map<string, number>();
  let ids: ReadonlySet<string> | undefined;
  for (let index = 0; index < spanIds.length; index += 1) {
    if ((flags[index]! & SPAN_FLAGS['duplicate-span-id']) === 0) continue;
    ids ??= new Set(Array.from(flags, (_, at) => spanIds.at(at)));
    const spanId = spanIds.at(index);
    let count = (counts.get(spanId) ?? 0) + 1;
    while (count > 1 && ids.has(`${spanId}#${count}`)) count += 1;
    counts.set(spanId, count);
    if (count > 1) suffixes.set(index, `#${count}`);
  }
  return suffixes;
}
