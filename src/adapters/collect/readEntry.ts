import { UNEXPLAINED } from '../../conventions/amounts.ts';
import { EXCEPTION } from '../../conventions/failure.ts';
import type { Envelope } from '../../conventions/readEnvelope.ts';
import { textOf } from '../../model/attributes.ts';
import { RECORDED, SPAN_FLAGS, SPAN_STATUSES } from '../../model/codes.ts';
import type { SpanAmounts, SpanEntry } from '../../model/entry.ts';
import { contentHash } from '../../model/hash.ts';
import { nanosBetween, readInstant, type Instant, type TimeUnit } from '../../model/time.ts';
import type { Nanos, OtelKind, SpanKind, SpanStatus } from '../../model/types.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import { isRecorded, RecordedContent, SlicedContent, type Shared } from '../content/recordedContent.ts';
import { firstTokenEvent, hasException, kindEvent, lastEventTime, recordedScores } from '../content/recordedEvents.ts';
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
  const content = record.slice ? new SlicedContent(record.slice, shared) : new RecordedContent(record, shared);
  const scores = recordedScores(envelope.scored ? wholeRecord(record) : record, envelope.scored);
  const unsure = record.reported?.kind === undefined && (envelope.kind === 'span' || envelope.kind === 'db');
  const kind = (unsure ? kindEvent(record.events) : null) ?? envelope.kind;
  const { status, origin: statusOrigin } = readStatus(record, envelope, end);
  if (envelope.usage?.other[UNEXPLAINED] !== undefined) flags |= SPAN_FLAGS['total-above-parts'];
  let spanId = textOf(record.spanId);
  if (spanId === null) {
    flags |= SPAN_FLAGS['missing-span-id'];
    spanId = `no-id-${contentHash(ownFields(record.slice?.source() ?? record.source, record.inner)).toString(36)}`;
  }
  return {
    spanId,
    parentSpanId: textOf(record.parentSpanId),
    name: displayName(textOf(record.name) ?? '', envelope),
    start,
    end,
    kind,
    amountsOf: envelope.amountsOf,
    amountsIn: envelope.amountsIn,
    contentOf: envelope.contentOf,
    kindOfWrapper: envelope.kindOfWrapper,
    rawKind: envelope.rawKind,
    otelKind: textOf(record.otelKind) as OtelKind | null,
    status,
    statusOrigin: statusOrigin === RECORDED ? null : statusOrigin,
    statusMessage:
      textOf(record.statusMessage) ??
      envelope.statusMessage ??
      (status === 'error' && !hasException(record.events) ? envelope.failureMessage : null),
    service: textOf(record.service) ?? service,
    model: envelope.model,
    provider: envelope.provider,
    amounts: readAmounts(record, envelope, kind, { start, end }, unit),
    flags,
    content,
    dottedOrder: envelope.dottedOrder,
    graphStep: envelope.graphStep ?? undefined,
    graphNode: graphNodeOf(envelope),
    scores,
    lastEvent: end === null ? lastEventTime(record.events, unit) : null,
  };
}

const graphNodeOf = ({ graphNode, graphName, graphParent }: Envelope): SpanEntry['graphNode'] =>
  graphNode === null ? undefined : { id: graphNode, name: graphName, before: graphParent };

/** A record with all that it holds, also where it stands among bytes. */
export function wholeRecord(record: SpanRecord): SpanRecord {
  const slice = lackingIn(record);
  return slice ? { ...record, ...slice.parts(), slice: undefined } : record;
}

/** Where that stands which a record lacks; undefined where it lacks nothing. */
export const lackingIn = ({ slice, isWhole }: SpanRecord): SpanRecord['slice'] => (isWhole ? undefined : slice);

/** The record of an entry again, as far as it can be read once more with further events; null where it cannot. */
export function recordOf(entry: SpanEntry, traceId: string): SpanRecord | null {
  const { content, start, end, status, statusOrigin, amounts } = entry;
  if (!isRecorded(content)) return null;
  const parts = content.parts();
  const isTold = status !== 'running' && (statusOrigin ?? null) === null;
  const { name } = parts.source as { readonly name?: unknown };
  return {
    ...parts,
    traceId,
    spanId: entry.spanId,
    parentSpanId: entry.parentSpanId,
    name: textOf(name) ?? entry.name,
    start: start && [start.seconds, start.nanos],
    end: end && [end.seconds, end.nanos],
    status: isTold ? status : undefined,
    statusMessage: isTold ? entry.statusMessage : undefined,
    otelKind: entry.otelKind,
    service: entry.service,
    idFlags: entry.flags,
    ...(content.reported
      ? {
          reported: {
            kind: entry.kind,
            rawKind: entry.rawKind,
            model: entry.model,
            provider: entry.provider,
            ...(amounts ? { usage: amounts.usage, cost: amounts.cost } : {}),
          },
        }
      : {}),
  };
}

function displayName(recorded: string, { name, entityName }: Envelope): string {
  if (name !== null) return name;
  return entityName !== null && recorded.startsWith(`${entityName}.`) ? entityName : recorded;
}

/**
 * An error is an error whoever says so; what a dialect says goes before OpenTelemetry's ok and unset; where nobody says
 * anything, the signs of a failure do.
 */
function readStatus(
  record: SpanRecord,
  envelope: Envelope,
  end: Instant | null,
): { readonly status: SpanStatus; readonly origin: string | null } {
  const recorded = textOf(record.status) ?? 'unset';
  const told = recorded === 'error' ? recorded : (envelope.status ?? recorded);
  const status = (SPAN_STATUSES as readonly string[]).includes(told) ? (told as SpanStatus) : 'unset';
  if (status === 'unset' || status === 'running') {
    if (envelope.failure !== null) return { status: 'error', origin: envelope.failure };
    if (end === null && !record.isOver) return { status: 'running', origin: null };
    if (hasException(record.events)) return { status: 'warning', origin: EXCEPTION };
    return { status, origin: null };
  }
  return end === null && status !== 'error' && !record.isOver
    ? { status: 'running', origin: null }
    : { status, origin: envelope.statusOrigin ?? RECORDED };
}

/** A time that some write in seconds and some in milliseconds: no first token comes after its answer is over. */
function eitherUnit(time: number, start: Instant | null, end: Instant | null): Nanos {
  const length = start && end ? nanosBetween(start, end) : Infinity;
  return Math.round(time * 1e9 > length || time >= LONGEST_WAIT ? time * 1e6 : time * 1e9);
}
/** Seconds that nobody waits for a first token. */
const LONGEST_WAIT = 3600;

function readAmounts(
  record: SpanRecord,
  envelope: Envelope,
  kind: SpanKind,
  { start, end }: { readonly start: Instant | null; readonly end: Instant | null },
  unit: TimeUnit,
): SpanAmounts | null {
  const { usage, cost, firstTokenSeconds, firstTokenEither, firstTokenAt } = envelope;
  let firstToken = Math.round(firstTokenSeconds * 1e9);
  // No token comes before it was asked for, nor at the end of all days.
  if (firstToken < 0 || firstToken === Infinity) firstToken = Number.NaN;
  if (Number.isNaN(firstToken) && firstTokenEither !== null) firstToken = eitherUnit(firstTokenEither, start, end);
  if (Number.isNaN(firstToken) && firstTokenAt !== null && start) {
    const arrived = readInstant(firstTokenAt, 'iso');
    // Some give each call the moment of the first one, which lies outside of it.
    const after = typeof arrived === 'string' ? Number.NaN : nanosBetween(start, arrived);
    if (after >= 0 && !(end && after > nanosBetween(start, end))) firstToken = after;
  }
  if (Number.isNaN(firstToken) && kind === 'llm' && start) firstToken = firstTokenEvent(record.events, start, unit);
  return usage || cost || !Number.isNaN(firstToken) ? { usage, cost, firstToken } : null;
}
