import { attributeMap, textOf } from '../../model/attributes.ts';
import type { DiagnosticLog } from '../../model/diagnostics.ts';
import { contentHash } from '../../model/hash.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import type { SpanRecord } from '../types.ts';

/**
 * Records that are whole only together: those without a trace id get that of the root above them, and those of one span
 * become one record. What comes out does not depend on the order in which they came.
 */
export function joinRecords(records: readonly SpanRecord[], log: DiagnosticLog): readonly SpanRecord[] {
  const whole: SpanRecord[] = [];
  const parts = new Map<string, SpanRecord[]>();
  for (const record of withTraceIds(records)) {
    const spanId = textOf(record.spanId);
    if (record.onDuplicate !== 'merge' || spanId === null) {
      whole.push(record);
      continue;
    }
    const id = JSON.stringify([textOf(record.traceId), spanId]);
    const others = parts.get(id);
    if (others) others.push(record);
    else parts.set(id, [record]);
  }
  for (const group of parts.values()) whole.push(group.length === 1 ? group[0]! : joined(group, log));
  return whole;
}

/**
 * Climbs to the root by parent ids. A parent that is not there stands for its trace, so that siblings stay together.
 */
function withTraceIds(records: readonly SpanRecord[]): readonly SpanRecord[] {
  if (records.every(({ traceId }) => traceId !== undefined)) return records;
  const traceIds = new Map<string, string>();
  const parents = new Map<string, string>();
  for (const { traceId, spanId, parentSpanId } of records) {
    const id = textOf(spanId);
    if (id === null) continue;
    const trace = textOf(traceId);
    const parent = textOf(parentSpanId);
    if (trace !== null) traceIds.set(id, trace);
    if (parent !== null) parents.set(id, parent);
  }
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
    const spanId = textOf(record.spanId);
    return record.traceId === undefined ? { ...record, traceId: spanId === null ? null : traceOf(spanId) } : record;
  });
}

/** Fields of which the last that says something counts. */
const LAST_SAID = [
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

function joined(parts: readonly SpanRecord[], log: DiagnosticLog): SpanRecord {
  const ordered = parts
    .map((part) => ({ part, hash: contentHash(ownFields(part.source, part.inner)) }))
    .sort(
      (a, b) =>
        (a.part.revision ?? 0) - (b.part.revision ?? 0) ||
        Number(says(a.part.end)) - Number(says(b.part.end)) ||
        a.hash - b.hash,
    );
  const distinct = ordered.filter(({ hash }, at) => at === 0 || hash !== ordered[at - 1]!.hash).map(({ part }) => part);
  const last = distinct.at(-1)!;
  for (let i = distinct.length; i < parts.length; i += 1)
    log.report('duplicate-span', { key: `${textOf(last.traceId) ?? ''}/${textOf(last.spanId) ?? ''}` });
  if (distinct.length === 1) return last;
  const fields: Partial<Record<keyof SpanRecord, unknown>> = {};
  const attributes = new Map<string, unknown>();
  let told = last.told;
  let idFlags = 0;
  for (const part of distinct) {
    for (const field of LAST_SAID) if (says(part[field])) fields[field] = part[field];
    for (const [key, value] of attributeMap(part.attributes)) if (says(value)) attributes.set(key, value);
    if (part.told) told = { ...told, ...part.told };
    idFlags |= part.idFlags ?? 0;
  }
  return {
    ...last,
    ...fields,
    attributes,
    idFlags,
    sources: distinct.flatMap(({ source, sources }) => sources ?? [source]),
    ...(told ? { told } : {}),
  } as SpanRecord;
}

const says = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
