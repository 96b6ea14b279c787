import { kindCode, OTEL_KINDS, SPAN_FLAGS, SPAN_STATUSES } from './codes.ts';
import { createDiagnosticLog } from './diagnostics.ts';
import type { SpanAmounts, SpanEntry, TraceAbout } from './entry.ts';
import { linkSpans } from './linkSpans.ts';
import { orderSpans, type SpanOrder } from './orderSpans.ts';
import { createStringTable } from './stringTable.ts';
import { compareInstants, nanosBetween, type Instant } from './time.ts';
import { ColumnTrace } from './trace.ts';
import type { Diagnostic, Trace, TraceColumns } from './types.ts';

export interface BuiltTrace { readonly trace: Trace; readonly diagnostics: readonly Diagnostic[] }

const EPOCH: Instant = { seconds: 0, nanos: 0, guessed: false };

/**
 * Makes a `Trace` of spans in any order. Several roots, missing parents, circles, repeated ids and missing times are normal: each span
 * is in the trace exactly once, what was repaired carries a flag and is reported. Never throws.
 */
export function buildTrace(traceId: string, entries: readonly SpanEntry[], about: TraceAbout = {}): BuiltTrace {
  const links = linkSpans(entries);
  const origin = earliestStart(entries);
  const order = orderSpans(entries, links.parent, origin);
  const keys = spanKeys(traceId, entries, order);
  const { columns, amounts, exactTimes } = fillColumns(entries, links.flags, order, origin ?? EPOCH);
  const trace = new ColumnTrace({
    traceId,
    about,
    origin: origin ?? EPOCH,
    columns,
    amounts,
    exactTimes,
    spanIds: Array.from(order.entry, (entry) => entries[entry]!.spanId),
    keySuffixes: keys,
    strayParentIds: strayParentIds(entries, order),
    statusMessages: statusMessages(entries, order),
    content: Array.from(order.entry, (entry) => entries[entry]!.content),
    lastEvent: latestEvent(entries, origin ?? EPOCH),
  });
  return { trace, diagnostics: flagDiagnostics(trace) };
}

function earliestStart(entries: readonly SpanEntry[]): Instant | null {
  let earliest: Instant | null = null;
  for (const { start } of entries) if (start && (!earliest || compareInstants(start, earliest) < 0)) earliest = start;
  if (earliest) return earliest;
  for (const { end } of entries) if (end && (!earliest || compareInstants(end, earliest) < 0)) earliest = end;
  return earliest;
}

function latestEvent(entries: readonly SpanEntry[], origin: Instant): number {
  let latest = 0;
  for (const { lastEvent } of entries) if (lastEvent) latest = Math.max(latest, nanosBetween(origin, lastEvent));
  return latest;
}

/** `#2`, `#3`… for spans that share an id, counted in pre-order, which arrival cannot change. */
function spanKeys(traceId: string, entries: readonly SpanEntry[], order: SpanOrder): ReadonlyMap<number, string> {
  const suffixes = new Map<number, string>();
  const seen = new Map<string, number>();
  for (let index = 0; index < order.entry.length; index += 1) {
    const { spanId, flags } = entries[order.entry[index]!]!;
    if ((flags & SPAN_FLAGS['duplicate-span-id']) === 0) continue;
    const count = (seen.get(spanId) ?? 0) + 1;
    seen.set(spanId, count);
    if (count > 1) suffixes.set(index, `#${count}`);
  }
  return suffixes;
}

/** Parent ids that lead to no parent in the tree; all others are the span id of the parent. */
function strayParentIds(entries: readonly SpanEntry[], order: SpanOrder): ReadonlyMap<number, string> {
  const stray = new Map<number, string>();
  for (let index = 0; index < order.entry.length; index += 1) {
    const { parentSpanId } = entries[order.entry[index]!]!;
    if (parentSpanId !== null && order.parent[index] === -1) stray.set(index, parentSpanId);
  }
  return stray;
}

function statusMessages(entries: readonly SpanEntry[], order: SpanOrder): ReadonlyMap<number, string> {
  const messages = new Map<number, string>();
  for (let index = 0; index < order.entry.length; index += 1) {
    const { statusMessage } = entries[order.entry[index]!]!;
    if (statusMessage !== null) messages.set(index, statusMessage);
  }
  return messages;
}

interface Filled {
  readonly columns: TraceColumns;
  readonly amounts: readonly SpanAmounts[];
  /** Recorded times that `columns` cannot give back: ends before their start, and distances beyond 2^53 ns. */
  readonly exactTimes: ReadonlyMap<number, { readonly start: Instant | null; readonly end: Instant | null }>;
}

function fillColumns(entries: readonly SpanEntry[], linkFlags: Uint32Array, order: SpanOrder, origin: Instant): Filled {
  const count = entries.length;
  const strings = createStringTable();
  const columns = {
    parent: order.parent, subtreeEnd: order.subtreeEnd, depth: order.depth,
    start: new Float64Array(count), end: new Float64Array(count),
    kind: new Uint8Array(count), status: new Uint8Array(count), otelKind: new Uint8Array(count), flags: new Uint32Array(count),
    name: new Uint32Array(count), service: new Uint32Array(count), model: new Uint32Array(count), provider: new Uint32Array(count),
    rawKind: new Uint32Array(count), strings: strings.list, amounts: new Int32Array(count).fill(-1),
  };
  const amounts: SpanAmounts[] = [];
  const exactTimes = new Map<number, { start: Instant | null; end: Instant | null }>();
  for (let index = 0; index < count; index += 1) {
    const entry = entries[order.entry[index]!]!;
    const placed = order.placed[index] ?? origin;
    const start = nanosBetween(origin, placed);
    let end = entry.end ? nanosBetween(origin, entry.end) : Number.NaN;
    let flags = entry.flags | linkFlags[order.entry[index]!]!;
    if (!entry.start) flags |= SPAN_FLAGS['missing-start'];
    if (!entry.end) flags |= SPAN_FLAGS['missing-end'];
    if (end < start) {
      if (entry.start) flags |= SPAN_FLAGS['end-before-start'];
      exactTimes.set(index, { start: entry.start, end: entry.end });
      end = start;
    }
    if (!Number.isSafeInteger(start) || end > Number.MAX_SAFE_INTEGER) exactTimes.set(index, { start: entry.start, end: entry.end });
    columns.start[index] = start;
    columns.end[index] = end;
    columns.flags[index] = flags;
    columns.kind[index] = kindCode(entry.kind);
    columns.status[index] = Math.max(0, SPAN_STATUSES.indexOf(entry.status as never));
    columns.otelKind[index] = Math.max(0, OTEL_KINDS.indexOf(entry.otelKind as never));
    columns.name[index] = strings.id(entry.name);
    columns.service[index] = strings.id(entry.service);
    columns.model[index] = strings.id(entry.model);
    columns.provider[index] = strings.id(entry.provider);
    columns.rawKind[index] = strings.id(entry.rawKind);
    if (entry.amounts) columns.amounts[index] = amounts.push(entry.amounts) - 1;
  }
  return { columns, amounts, exactTimes };
}

function flagDiagnostics(trace: Trace): readonly Diagnostic[] {
  const log = createDiagnosticLog();
  const codes = Object.entries(SPAN_FLAGS);
  const { flags } = trace.columns;
  for (let index = 0; index < flags.length; index += 1) {
    if (flags[index] === 0) continue;
    for (const [code, bit] of codes) if ((flags[index]! & bit) !== 0) log.report(code, { key: trace.span(index).key });
  }
  return log.list();
}
