import { readEnvelope, type Envelope } from '../conventions/readEnvelope.ts';
import { eachAttribute, attributeValue, textOf } from '../model/attributes.ts';
import { buildTrace } from '../model/buildTrace.ts';
import { SPAN_FLAGS, SPAN_STATUSES } from '../model/codes.ts';
import { createDiagnosticLog, type DiagnosticLog } from '../model/diagnostics.ts';
import type { SpanAmounts, SpanEntry, TraceAbout } from '../model/entry.ts';
import { contentHash } from '../model/hash.ts';
import { readInstant, type Instant, type TimeUnit } from '../model/time.ts';
import type { OtelKind, SpanStatus, Trace, TraceSet } from '../model/types.ts';
import { decodeContent, firstTokenEvent, lastEventTime } from './decodeContent.ts';
import { mergeRepeats } from './mergeRepeats.ts';
import type { ReadOptions, SpanRecord, SpanSink } from './types.ts';

/** Entries that adapters report under these codes are not shown and count as skipped. */
const SKIPPING: ReadonlySet<string> = new Set(['span-not-object', 'limit-dropped']);

interface Gathered { traceId: string; readonly entries: SpanEntry[]; readonly about: TraceAbout[] }

/** The sink behind all adapters: reads each record's envelope as it comes, and makes the traces at the end. */
export interface SpanCollector extends SpanSink {
  readonly log: DiagnosticLog;
  /** Traces in order of their start, then id. */
  finish(format: string): TraceSet;
}

export function createSpanCollector({ limits }: Pick<ReadOptions, 'limits'> = {}): SpanCollector {
  const log = createDiagnosticLog();
  const gathered = new Map<string, Gathered>();
  const resourceServices = new Map<object, string | null>();
  let received = 0;
  let skipped = 0;

  const group = (traceId: string): Gathered => {
    const key = traceId.length < 32 && /^[0-9a-f]+$/.test(traceId) ? traceId.padStart(32, '0') : traceId;
    let found = gathered.get(key);
    if (!found) gathered.set(key, (found = { traceId, entries: [], about: [] }));
    if (found.traceId.length < traceId.length) found.traceId = traceId;
    return found;
  };

  return {
    log,
    span(record) {
      if (received - skipped >= (limits?.spans ?? Infinity)) {
        this.diagnostic('limit-dropped', `The host shows at most ${limits?.spans} spans; further ones were left out.`);
        return;
      }
      received += 1;
      const envelope = readEnvelope(record.attributes);
      const { entries, about } = group(textOf(record.traceId) ?? '');
      entries.push(readEntry(record, envelope, serviceOf(record.resource, resourceServices)));
      const told = traceAbout(envelope);
      if (told) about.push(told);
    },
    trace: (traceId, about) => { group(traceId).about.push(about); },
    score: () => {},
    diagnostic(code, message, at = {}) {
      if (SKIPPING.has(code)) {
        received += 1;
        skipped += 1;
      }
      const { path, line } = at;
      log.report(code, { message, ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) });
    },
    finish(format) {
      const traces: Trace[] = [];
      const diagnostics = [...log.list()];
      let shown = 0;
      let merged = 0;
      for (const { traceId, entries, about } of gathered.values()) {
        if (entries.length === 0) continue;
        const distinct = mergeRepeats(traceId, entries);
        const built = buildTrace(traceId, distinct.entries, joinAbout(about));
        traces.push(built.trace);
        diagnostics.push(...distinct.diagnostics, ...built.diagnostics);
        shown += built.trace.spanCount;
        merged += entries.length - distinct.entries.length;
      }
      if (traces.length === 0 && skipped === 0) diagnostics.push({ code: 'no-spans', severity: 'info', message: `This is ${format}, but it holds no spans.`, count: 1 });
      traces.sort((a, b) => (a.originUnixNano < b.originUnixNano ? -1 : a.originUnixNano > b.originUnixNano ? 1 : a.key < b.key ? -1 : 1));
      return { format, traces, diagnostics, accounting: { entries: received, shown, merged, skipped } };
    },
  };
}

function readEntry(record: SpanRecord, envelope: Envelope, service: string | null): SpanEntry {
  const unit = record.timeUnit ?? 'ns';
  const start = readInstant(record.start, unit);
  const end = readInstant(record.end, unit);
  let flags = record.idFlags ?? 0;
  if (start === 'bad' || end === 'bad') flags |= SPAN_FLAGS['bad-timestamp'];
  if (guessed(start) || guessed(end)) flags |= SPAN_FLAGS['unit-guessed'];
  let spanId = textOf(record.spanId);
  if (spanId === null) {
    flags |= SPAN_FLAGS['missing-span-id'];
    spanId = `no-id-${contentHash(record.source).toString(36)}`;
  }
  const status = textOf(record.status) ?? 'unset';
  let hash: number | undefined;
  return {
    spanId,
    parentSpanId: textOf(record.parentSpanId),
    name: textOf(record.name) ?? '',
    start: instant(start),
    end: instant(end),
    kind: envelope.kind,
    rawKind: envelope.rawKind,
    otelKind: textOf(record.otelKind) as OtelKind | null,
    status: instant(end) === null && status !== 'error' ? 'running' : (SPAN_STATUSES as readonly string[]).includes(status) ? (status as SpanStatus) : 'unset',
    statusMessage: textOf(record.statusMessage),
    service,
    model: envelope.model,
    provider: envelope.provider,
    amounts: readAmounts(record, envelope, instant(start), unit),
    flags,
    hash: () => (hash ??= contentHash([record.source, record.resource])),
    content: (origin, key) => decodeContent(record, origin, key),
    lastEvent: instant(end) === null ? lastEventTime(record.events, unit) : null,
  };
}

const instant = (read: ReturnType<typeof readInstant>): Instant | null => (typeof read === 'string' ? null : read);
const guessed = (read: ReturnType<typeof readInstant>): boolean => typeof read !== 'string' && read.guessed;

function readAmounts(record: SpanRecord, envelope: Envelope, start: Instant | null, unit: TimeUnit): SpanAmounts | null {
  const { usage, cost, firstTokenSeconds, kind } = envelope;
  let firstToken = Math.round(firstTokenSeconds * 1e9);
  if (Number.isNaN(firstToken) && kind === 'llm' && start) firstToken = firstTokenEvent(record.events, start, unit);
  return usage || cost || !Number.isNaN(firstToken) ? { usage, cost, firstToken } : null;
}

/** `service.name` of a resource; resources are shared by many spans, so each is read once. */
function serviceOf(resource: object | undefined, known: Map<object, string | null>): string | null {
  if (!resource) return null;
  let service = known.get(resource);
  if (service === undefined) {
    service = null;
    eachAttribute((resource as { attributes?: unknown }).attributes, (key, recorded) => {
      if (key === 'service.name') service = textOf(attributeValue(recorded));
    });
    known.set(resource, service);
  }
  return service;
}

function traceAbout({ sessionId, userId, tags, metadata }: Envelope): TraceAbout | null {
  if (sessionId === null && userId === null && tags === null && metadata === null) return null;
  return { ...(sessionId === null ? {} : { sessionId }), ...(userId === null ? {} : { userId }), ...(tags ? { tags } : {}), ...(metadata ? { metadata } : {}) };
}

/** What spans and envelopes say about their trace, joined so that the order in which they came does not matter. */
function joinAbout(parts: readonly TraceAbout[]): TraceAbout {
  const least = (field: 'name' | 'sessionId' | 'userId'): string | undefined => parts.reduce<string | undefined>((best, part) => {
    const value = part[field];
    return value !== undefined && (best === undefined || value < best) ? value : best;
  }, undefined);
  const tags = [...new Set(parts.flatMap((part) => part.tags ?? []))].sort();
  const metadata = new Map(parts.flatMap((part) => Object.entries(part.metadata ?? {})).sort(([a, x], [b, y]) => (a === b ? (String(x) < String(y) ? -1 : 1) : a < b ? -1 : 1)));
  return { name: least('name'), sessionId: least('sessionId'), userId: least('userId'), tags, metadata: Object.fromEntries(metadata) };
}
