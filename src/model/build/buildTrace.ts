import { isMisplaced } from '../clocks/clockSkew.ts';
import { createKindTable, kindCode, OTEL_KINDS, SPAN_FLAGS, SPAN_STATUSES } from '../codes.ts';
import { createDiagnosticLog } from '../diagnostics.ts';
import type {
  ContentList,
  ContentSource,
  RecordedScore,
  SpanAmounts,
  SpanEntry,
  TraceAbout,
  TraceParts,
} from '../entry.ts';
import { inOneGo, isStep } from './steps.ts';
import { indexById, linkSpans } from './linkSpans.ts';
import { mergeRepeats } from './mergeRepeats.ts';
import { orderSpans, type SpanOrder } from './orderSpans.ts';
import { reportFlags } from './reportFlags.ts';
import { setStrayTimesAside, surveyTimes } from './strayTimes.ts';
import { PackedIds, type SpanIds } from './spanIds.ts';
import { createStringTable } from './stringTable.ts';
import { nanosBetween, type Instant } from '../time.ts';
import { ColumnTrace } from '../trace.ts';
import type { Diagnostic, Trace, TraceColumns } from '../types.ts';

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
  return inOneGo(buildInSteps(traceId, given, about));
}

/** The same, and rests every few thousand spans. */
export function* buildInSteps(
  traceId: string,
  given: readonly SpanEntry[],
  about: TraceAbout = {},
): Generator<void, BuiltTrace> {
  const log = createDiagnosticLog();
  const byId = yield* indexById(given);
  const distinct = byId.size === given.length ? given : mergeRepeats(traceId, given, log);
  yield;
  const recorded = surveyTimes(distinct);
  const entries = setStrayTimesAside(distinct, recorded);
  const { earliest, latestEvent } = entries === distinct ? recorded : surveyTimes(entries);
  yield;
  const links = yield* linkSpans(entries, entries === given ? byId : yield* indexById(entries));
  const origin = earliest ?? NO_TIME;
  const order = yield* orderSpans(entries, links.parent, origin);
  const trace = new ColumnTrace({
    traceId,
    about,
    origin,
    ...(yield* fillParts(entries, links.flags, order, origin)),
    lastEvent: latestEvent ? Math.max(0, nanosBetween(origin, latestEvent)) : 0,
  });
  yield;
  reportFlags(trace, log);
  return { trace, diagnostics: log.list() };
}

/** One pass in pre-order: each entry is looked at once, as entries lie all over the memory. */
function* fillParts(
  entries: readonly SpanEntry[],
  linkFlags: Uint32Array,
  order: SpanOrder,
  origin: Instant,
): Generator<void, Omit<TraceParts, 'traceId' | 'about' | 'origin' | 'lastEvent'>> {
  const count = entries.length;
  const tables = createTables();
  const columns = emptyColumns(order, tables);
  const rows: Rows = { columns, tables, origin };
  const spanIds = new PackedIds(count);
  const content: ContentSource[] = [];
  const exactTimes = new Map<number, { start: Instant | null; end: Instant | null }>();
  const strayParentIds = new Map<number, string>();
  const statusMessages = new Map<number, string>();
  const statusOrigins = new Map<number, string>();
  let graphStep: Float64Array | undefined;
  let mayWrap = false;
  const scores = new Map<number, readonly RecordedScore[]>();
  for (let index = 0; index < count; index += 1) {
    if (isStep(index)) yield;
    const entry = entries[order.entry[index]!]!;
    const isExact = fillRow(rows, index, entry, order.placed[index] ?? origin, linkFlags[order.entry[index]!]!);
    if (entry.recorded) exactTimes.set(index, entry.recorded);
    else if (!isExact) exactTimes.set(index, { start: entry.start, end: entry.end });
    if (entry.parentSpanId !== null && order.parent[index] === -1) strayParentIds.set(index, entry.parentSpanId);
    if (entry.graphStep !== undefined)
      (graphStep ??= new Float64Array(count).fill(Number.NaN))[index] = entry.graphStep;
    if (entry.scores) scores.set(index, entry.scores);
    if (entry.kindOfWrapper) mayWrap = true;
    if (entry.statusOrigin) statusOrigins.set(index, entry.statusOrigin);
    if (entry.statusMessage !== null) statusMessages.set(index, entry.statusMessage);
    spanIds.set(index, entry.spanId);
    content.push(entry.content);
  }
  yield;
  if (mayWrap) markWrappers((index) => entries[order.entry[index]!]!, columns, tables.kinds);
  return {
    columns: graphStep ? { ...columns, graphStep } : columns,
    amounts: tables.amounts,
    exactTimes,
    spanIds,
    keySuffixes: keySuffixes(spanIds, columns.flags),
    strayParentIds,
    statusMessages,
    statusOrigins,
    scores,
    content: yield* gathered(content),
  };
}

const LLM = kindCode('llm');
const CROSSINGS: ReadonlySet<number> = new Set(['tool', 'agent'].map(kindCode));

/**
 * A span that only looks like a model call is a wrapper where it holds one that is reached without crossing a tool or an
 * agent.
 */
export function markWrappers(
  entryAt: (index: number) => SpanEntry,
  { kind, parent }: Pick<TraceColumns, 'parent'> & { readonly kind: Uint8Array },
  kinds: ReturnType<typeof createKindTable>,
): void {
  const holdsCall = new Uint8Array(kind.length);
  for (let index = kind.length - 1; index >= 0; index -= 1) {
    const { kindOfWrapper } = entryAt(index);
    if (kindOfWrapper && holdsCall[index] === 1) kind[index] = kinds.code(kindOfWrapper);
    const above = parent[index]!;
    const isCall = kind[index] === LLM || holdsCall[index] === 1;
    if (above !== -1 && isCall && !CROSSINGS.has(kind[index]!)) holdsCall[above] = 1;
  }
}

/** What the numbers of some columns refer to. */
export interface Tables {
  readonly strings: ReturnType<typeof createStringTable>;
  readonly kinds: ReturnType<typeof createKindTable>;
  readonly amounts: SpanAmounts[];
}
export const createTables = (): Tables => ({
  strings: createStringTable(),
  kinds: createKindTable(),
  amounts: [],
});

/** Columns of spans that stand where `order` says, and of which nothing else is known yet. */
export function emptyColumns(
  { parent, subtreeEnd, depth }: Pick<SpanOrder, 'parent' | 'subtreeEnd' | 'depth'>,
  { strings, kinds }: Tables,
) {
  const count = parent.length;
  return {
    parent,
    subtreeEnd,
    depth,
    start: new Float64Array(count),
    end: new Float64Array(count),
    kind: new Uint8Array(count),
    kinds: kinds.list,
    status: new Uint8Array(count),
    otelKind: new Uint8Array(count),
    flags: new Uint32Array(count),
    name: new Uint32Array(count),
    service: new Uint32Array(count),
    model: new Uint32Array(count),
    provider: new Uint32Array(count),
    rawKind: new Uint32Array(count),
    strings: strings.list,
    amounts: new Int32Array(count).fill(-1),
  };
}

export interface Rows {
  readonly columns: ReturnType<typeof emptyColumns>;
  readonly tables: Tables;
  readonly origin: Instant;
}

/**
 * Puts what an entry records into its row, once the row of its parent is filled. False where the columns cannot give
 * back its times.
 */
export function fillRow(
  { columns, tables: { strings, kinds, amounts }, origin }: Rows,
  index: number,
  entry: SpanEntry,
  placed: Instant,
  linkFlags: number,
): boolean {
  const start = nanosBetween(origin, placed);
  let end = entry.end ? nanosBetween(origin, entry.end) : Number.NaN;
  let flags = entry.flags | linkFlags;
  let isExact = Number.isSafeInteger(start) && !(end > Number.MAX_SAFE_INTEGER);
  if (!entry.start) flags |= SPAN_FLAGS['missing-start'];
  if (!entry.end) flags |= SPAN_FLAGS['missing-end'];
  if (end < start) {
    if (entry.start) flags |= SPAN_FLAGS['end-before-start'];
    isExact = false;
    end = start;
  }
  const parent = columns.parent[index]!;
  columns.service[index] = strings.id(entry.service);
  columns.otelKind[index] = Math.max(0, OTEL_KINDS.indexOf(entry.otelKind as never));
  if (entry.start && parent !== -1 && isMisplaced(start, end, parent, index, columns))
    flags |= SPAN_FLAGS['clock-skew'];
  columns.start[index] = start;
  columns.end[index] = end;
  columns.flags[index] = flags;
  columns.kind[index] = kinds.code(entry.kind);
  columns.status[index] = Math.max(0, SPAN_STATUSES.indexOf(entry.status as never));
  columns.name[index] = strings.id(entry.name);
  columns.model[index] = strings.id(entry.model);
  columns.provider[index] = strings.id(entry.provider);
  columns.rawKind[index] = strings.id(entry.rawKind);
  columns.amounts[index] = entry.amounts ? amounts.push(entry.amounts) - 1 : -1;
  return isExact;
}

/** In less room, where the first knows how. */
function* gathered(content: readonly ContentSource[]): Generator<void, ContentList> {
  const gather = content[0]?.gather;
  return gather ? yield* gather(content) : content;
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
