import { toJson } from '../../conventions/toJson.ts';
import { attributeMap, textOf } from '../../model/attributes.ts';
import type { DiagnosticLog } from '../../model/diagnostics.ts';
import { contentHash } from '../../model/hash.ts';
import { readInstant } from '../../model/time.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import type { SpanRecord } from '../types.ts';

/**
 * Records that are whole only together: those without a trace id get that of the root above them, and those of one span
 * become one record. What comes out does not depend on the order in which they came. `known` are spans that were read
 * already: they may be roots of these.
 */
export function joinRecords(
  records: readonly SpanRecord[],
  log: DiagnosticLog,
  known: Iterable<KnownSpan> = [],
): readonly SpanRecord[] {
  const whole: SpanRecord[] = [];
  const parts = new Map<string, SpanRecord[]>();
  for (const record of withTraceIds(records, known)) {
    const id = joinedBy(record);
    if (id === null) {
      whole.push(record);
      continue;
    }
    const others = parts.get(id);
    if (others) others.push(record);
    else parts.set(id, [record]);
  }
  for (const group of parts.values()) for (const record of joinParts(group, log)) whole.push(record);
  return whole;
}

/** What records that are whole only together have in common; null = it is whole. */
export function joinedBy({ traceId, spanId, onDuplicate = 'conflict' }: SpanRecord): string | null {
  const id = textOf(spanId);
  return onDuplicate === 'conflict' || id === null ? null : JSON.stringify([textOf(traceId), id]);
}

/** The records of one span, as one where they can be. */
export const joinParts = (parts: readonly SpanRecord[], log: DiagnosticLog): readonly SpanRecord[] =>
  parts.length === 1 ? parts : versions(parts, log);

/** Ids of a span, as they were recorded. */
type KnownSpan = Pick<SpanRecord, 'traceId' | 'spanId' | 'parentSpanId'>;

/**
 * Climbs to the root by parent ids. A parent that is not there stands for its trace, so that siblings stay together.
 * Where one id is in several traces, or has several parents, the first by name is meant.
 */
function withTraceIds(records: readonly SpanRecord[], known: Iterable<KnownSpan>): readonly SpanRecord[] {
  if (records.every(({ traceId }) => traceId !== undefined)) return records;
  const traceIds = new Map<string, string>();
  const parents = new Map<string, string>();
  const first = (map: Map<string, string>, id: string, text: string | null): void => {
    const held = map.get(id);
    if (text !== null && (held === undefined || text < held)) map.set(id, text);
  };
  const note = ({ traceId, spanId, parentSpanId }: KnownSpan): void => {
    const id = textOf(spanId);
    if (id === null) return;
    first(traceIds, id, textOf(traceId));
    first(parents, id, textOf(parentSpanId));
  };
  for (const record of records) note(record);
  for (const span of known) note(span);
  const traceOf = (spanId: string): string => {
    const way: string[] = [];
    const onWay = new Set<string>();
    let at = spanId;
    for (; !traceIds.has(at) && !onWay.has(at); at = parents.get(at)!) {
      way.push(at);
      onWay.add(at);
      if (!parents.has(at)) break;
    }
    // In a circle every member must come to the same answer.
    const found = traceIds.get(at) ?? (parents.has(at) ? way.slice(way.indexOf(at)).sort()[0]! : at);
    for (const id of way) traceIds.set(id, found);
    return found;
  };
  return records.map((record) => {
    if (record.traceId !== undefined) return record;
    // A span without an id is found by nobody, but may know its parent.
    const from = textOf(record.spanId) ?? textOf(record.parentSpanId);
    return { ...record, traceId: from === null ? null : traceOf(from) };
  });
}

/** Fields of which the last value counts. */
const LAST_COUNTS = [
  'parentSpanId',
  'name',
  'start',
  'end',
  'timeUnit',
  'status',
  'statusMessage',
  'otelKind',
  'resource',
  'scope',
  'schemaUrl',
  'events',
  'links',
  'content',
] as const satisfies readonly (keyof SpanRecord)[];

/**
 * The records of one id, as one where they can be: parts and states of one span. Of those that are whole (`version`),
 * what contradicts the others is a span of its own, which the trace shows under the same id.
 */
function versions(parts: readonly SpanRecord[], log: DiagnosticLog): readonly SpanRecord[] {
  const ordered = parts
    .map((part) => ({ part, hash: contentHash(ownFields(part.source, part.inner)) }))
    .sort(
      (a, b) =>
        revisionOf(a.part) - revisionOf(b.part) ||
        Number(hasValue(a.part.end)) - Number(hasValue(b.part.end)) ||
        a.hash - b.hash,
    );
  const distinct = ordered.filter(({ hash }, at) => at === 0 || hash !== ordered[at - 1]!.hash).map(({ part }) => part);
  const { traceId, spanId } = parts[0]!;
  for (let i = distinct.length; i < parts.length; i += 1)
    log.report('duplicate-span', { key: `${textOf(traceId) ?? ''}/${textOf(spanId) ?? ''}` });
  const agreeing: SpanRecord[] = [];
  const others: SpanRecord[] = [];
  const seen = new Map<string, string>();
  for (const part of distinct) {
    const values = part.onDuplicate === 'version' ? lastingValues(part) : [];
    if (values.some(([field, value]) => (seen.get(field) ?? value) !== value)) {
      others.push(part);
      continue;
    }
    for (const [field, value] of values) seen.set(field, value);
    agreeing.push(part);
  }
  return [asOne(agreeing), ...others];
}

const revisionOf = ({ revision = 0 }: SpanRecord): number => revision;

/**
 * What two whole records of one span must agree on: when it began, and all else within one revision, while it
 * ran and after its end.
 */
function lastingValues(record: SpanRecord): readonly (readonly [field: string, value: string])[] {
  const state = `${revisionOf(record)} ${hasValue(record.end) ? 'ended' : 'open'}`;
  const values: [string, string][] = [
    ['start', momentOf(record.start, record)],
    [`${state} end`, momentOf(record.end, record)],
  ];
  for (const field of ['parentSpanId', 'name', 'statusMessage'] as const)
    values.push([`${revisionOf(record)} ${field}`, textOf(record[field]) ?? '']);
  for (const [key, value] of attributeMap(record.attributes))
    if (hasValue(value)) values.push([`${state} attributes ${key}`, toJson(value)]);
  return values.filter(([, value]) => value !== '');
}

/** To the millisecond: not all writers keep more. Empty where none is known. */
function momentOf(time: unknown, { timeUnit }: SpanRecord): string {
  const instant = readInstant(time, timeUnit);
  return typeof instant === 'string' ? '' : `${instant.seconds}.${Math.floor(instant.nanos / 1e6)}`;
}

/** Parts in order of their revision as one record. */
function asOne(distinct: readonly SpanRecord[]): SpanRecord {
  const last = distinct.at(-1)!;
  if (distinct.length === 1) return last;
  const fields: Partial<Record<keyof SpanRecord, unknown>> = {};
  const attributes = new Map<string, unknown>();
  let reported = last.reported;
  let idFlags = 0;
  for (const part of distinct) {
    for (const field of LAST_COUNTS) if (hasValue(part[field])) fields[field] = part[field];
    for (const [key, value] of attributeMap(part.attributes)) if (hasValue(value)) attributes.set(key, value);
    if (part.reported) reported = { ...reported, ...part.reported };
    idFlags |= part.idFlags ?? 0;
  }
  return {
    ...last,
    ...fields,
    attributes,
    idFlags,
    slice: undefined,
    sources: distinct.flatMap(({ source, sources }) => sources ?? [source]),
    ...(reported ? { reported } : {}),
  } as SpanRecord;
}

const hasValue = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
