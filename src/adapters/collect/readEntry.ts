import type { Envelope } from '../../conventions/readEnvelope.ts';
import { textOf } from '../../model/attributes.ts';
import { SPAN_FLAGS, SPAN_STATUSES } from '../../model/codes.ts';
import type { SpanAmounts, SpanEntry } from '../../model/entry.ts';
import { contentHash } from '../../model/hash.ts';
import { nanosBetween, readInstant, type Instant, type TimeUnit } from '../../model/time.ts';
import type { OtelKind, SpanKind, SpanStatus } from '../../model/types.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import { RecordedContent, type Shared } from '../content/recordedContent.ts';
import { firstTokenEvent, kindEvent, lastEventTime, recordedScores } from '../content/recordedEvents.ts';
import type { SpanRecord } from '../types.ts';

/** A record with its ids, times and status read: what `buildTrace` takes. Content stays in the record. */
export function readEntry(record: SpanRecord, envelope: Envelope, service: string | null, shared: Shared): SpanEntry {
  const unit = record.timeUnit ?? 'ns';
  const readStart = readInstant(record.start, unit);
  const readEnd = readInstant(record.end, unit);
  const start = typeof readStart === 'string' ? null : readStart;
  const end = typeof readEnd === 'string' ? null : readEnd;
  let flags = record.idFlags ?? 0;
  if (readStart === 'bad' || readEnd === 'bad') flags |= SPAN_FLAGS['bad-timestamp'];
  if (start?.guessed || end?.guessed) flags |= SPAN_FLAGS['unit-guessed'];
  const content = new RecordedContent(record, shared);
  const scores = recordedScores(record, envelope.scored);
  const unsure = record.reported?.kind === undefined && (envelope.kind === 'span' || envelope.kind === 'db');
  const kind = (unsure ? kindEvent(record.events) : null) ?? envelope.kind;
  let spanId = textOf(record.spanId);
  if (spanId === null) {
    flags |= SPAN_FLAGS['missing-span-id'];
    spanId = `no-id-${contentHash(ownFields(record.source, record.inner)).toString(36)}`;
  }
  return {
    spanId,
    parentSpanId: textOf(record.parentSpanId),
    name: displayName(textOf(record.name) ?? '', envelope),
    start,
    end,
    kind,
    rawKind: envelope.rawKind,
    otelKind: textOf(record.otelKind) as OtelKind | null,
    status: readStatus(record, envelope, end),
    statusMessage: textOf(record.statusMessage) ?? envelope.statusMessage,
    service: textOf(record.service) ?? service,
    model: envelope.model,
    provider: envelope.provider,
    amounts: readAmounts(record, envelope, kind, start, unit),
    flags,
    content,
    dottedOrder: envelope.dottedOrder,
    ...(scores ? { scores } : {}),
    lastEvent: end === null ? lastEventTime(record.events, unit) : null,
  };
}

function displayName(recorded: string, { name, entityName }: Envelope): string {
  if (name !== null) return name;
  return entityName !== null && recorded.startsWith(`${entityName}.`) ? entityName : recorded;
}

/** An error is an error whoever says so; what a dialect says goes before OpenTelemetry's ok and unset. */
function readStatus(record: SpanRecord, envelope: Envelope, end: Instant | null): SpanStatus {
  const recorded = textOf(record.status) ?? 'unset';
  const status = recorded === 'error' ? recorded : (envelope.status ?? recorded);
  if (end === null && status !== 'error') return 'running';
  return (SPAN_STATUSES as readonly string[]).includes(status) ? (status as SpanStatus) : 'unset';
}

function readAmounts(
  record: SpanRecord,
  envelope: Envelope,
  kind: SpanKind,
  start: Instant | null,
  unit: TimeUnit,
): SpanAmounts | null {
  const { usage, cost, firstTokenSeconds, firstTokenAt } = envelope;
  let firstToken = Math.round(firstTokenSeconds * 1e9);
  if (Number.isNaN(firstToken) && firstTokenAt !== null && start) {
    const arrived = readInstant(firstTokenAt, 'iso');
    if (typeof arrived !== 'string') firstToken = nanosBetween(start, arrived);
  }
  if (Number.isNaN(firstToken) && kind === 'llm' && start) firstToken = firstTokenEvent(record.events, start, unit);
  return usage || cost || !Number.isNaN(firstToken) ? { usage, cost, firstToken } : null;
}
