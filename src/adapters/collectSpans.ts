import { toJson } from '../conventions/toJson.ts';
import { readEnvelope, type Envelope } from '../conventions/readEnvelope.ts';
import { eachAttribute, attributeValue, textOf } from '../model/attributes.ts';
import { buildTrace } from '../model/buildTrace.ts';
import { createDiagnosticLog, type DiagnosticLog } from '../model/diagnostics.ts';
import type { SpanEntry, TraceAbout } from '../model/entry.ts';
import type { Trace, TraceSet } from '../model/types.ts';
import { readEntry } from './readEntry.ts';
import type { ReadOptions, SpanSink } from './types.ts';

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

  // Spans of one trace mostly come together, so the group is looked up when the id changes.
  let lastId: string | null = null;
  let lastGroup: Gathered;
  const group = (traceId: string): Gathered => {
    if (traceId !== lastId) lastGroup = findGroup((lastId = traceId));
    return lastGroup;
  };
  const findGroup = (traceId: string): Gathered => {
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
      const envelope = readEnvelope(record.attributes);
      const { entries, about } = group(textOf(record.traceId) ?? '');
      entries.push(readEntry(record, envelope, serviceOf(record.resource, resourceServices)));
      received += 1;
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
      let shown = 0;
      let merged = 0;
      for (const { traceId, entries, about } of gathered.values()) {
        if (entries.length === 0) continue;
        const built = buildTrace(traceId, entries, joinAbout(about));
        traces.push(built.trace);
        for (const diagnostic of built.diagnostics) log.add(diagnostic);
        shown += built.trace.spanCount;
        merged += entries.length - built.trace.spanCount;
      }
      if (traces.length === 0 && skipped === 0) log.report('no-spans', { message: `This is ${format}, but it holds no spans.` });
      traces.sort((a, b) => (a.originUnixNano < b.originUnixNano ? -1 : a.originUnixNano > b.originUnixNano ? 1 : a.key < b.key ? -1 : 1));
      return { format, traces, diagnostics: log.list(), accounting: { entries: received, shown, merged, skipped } };
    },
  };
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

function traceAbout({ traceName: name, sessionId, userId, tags, metadata }: Envelope): TraceAbout | null {
  if (name === null && sessionId === null && userId === null && tags === null && metadata === null) return null;
  return { ...(name === null ? {} : { name }), ...(sessionId === null ? {} : { sessionId }), ...(userId === null ? {} : { userId }), ...(tags ? { tags } : {}), ...(metadata ? { metadata } : {}) };
}

/** What spans and envelopes say about their trace, joined so that the order in which they came does not matter. */
function joinAbout(parts: readonly TraceAbout[]): TraceAbout {
  const least = (field: 'name' | 'sessionId' | 'userId'): string | undefined => parts.reduce<string | undefined>((best, part) => {
    const value = part[field];
    return value !== undefined && (best === undefined || value < best) ? value : best;
  }, undefined);
  const tags = [...new Set(parts.flatMap((part) => part.tags ?? []))].sort();
  const metadata = new Map(parts.flatMap((part) => Object.entries(part.metadata ?? {})).sort(([a, x], [b, y]) => (a === b ? (toJson(x) < toJson(y) ? -1 : 1) : a < b ? -1 : 1)));
  return { name: least('name'), sessionId: least('sessionId'), userId: least('userId'), tags, metadata: Object.fromEntries(metadata) };
}
