import { createRedaction, type Redaction } from '../redact/createRedaction.ts';
import type { DiagnosticLog } from '../model/diagnostics.ts';
import { ownFields } from './ownFields.ts';
import type { ToldScore } from './placeScores.ts';
import type { ReadOptions, SpanRecord, SpanSink } from './types.ts';

/** All that adapters have told, before anything is made of it. */
export interface Told {
  readonly records: readonly SpanRecord[];
  readonly standIns: readonly SpanRecord[];
  readonly traces: readonly Parameters<SpanSink['trace']>[];
  readonly scores: readonly ToldScore[];
}

/** What rules left of it, and how to say a text of ours without giving away what they took. */
export interface MaskedTold extends Told { readonly text: (text: string) => string }

/**
 * Masks what was told before anything looks at it, so that nothing made of it later can hold what rules took away. First all is scanned,
 * then all is masked: a secret is known by one place and hidden in every other. Times alone stay as they are. Rests after each record.
 */
export function* maskTold(told: Told, { redact = [], onMasked }: Pick<ReadOptions, 'redact' | 'onMasked'>, log: DiagnosticLog): Generator<void, MaskedTold> {
  const redaction = createRedaction(redact);
  // Many spans share a resource or a scope: each is scanned once, and they go on sharing what it becomes.
  const shared = new Map<object, object>();
  for (const record of [...told.records, ...told.standIns]) {
    for (const part of [record.resource, record.scope]) {
      if (!part || shared.has(part)) continue;
      shared.set(part, part);
      redaction.scan(part);
    }
    redaction.scan(fieldsOf(record));
    yield;
  }
  redaction.scan([told.traces, told.scores]);
  for (const part of shared.keys()) shared.set(part, redaction.mask(part));
  const masked = { records: [] as SpanRecord[], standIns: [] as SpanRecord[] };
  for (const list of ['records', 'standIns'] as const) {
    for (const record of told[list]) {
      masked[list].push(maskRecord(record, redaction, shared));
      yield;
    }
  }
  const [traces, scores] = redaction.mask([told.traces, told.scores] as const);
  for (const { rule, values } of redaction.counts()) {
    if (values > 0) log.report('redacted', { message: `${values} different ${values === 1 ? 'value was' : 'values were'} masked by the rule “${rule}”.` });
  }
  onMasked?.(redaction.secrets());
  return { ...masked, traces, scores, text: redaction.text };
}

function maskRecord(record: SpanRecord, redaction: Redaction, shared: ReadonlyMap<object, object>): SpanRecord {
  const [sources, attributes, events, links, told, traceId, spanId, parentSpanId, name, statusMessage, service, schemaUrl] = redaction.mask(fieldsOf(record));
  return {
    ...record, source: sources[0]!, sources, inner: [], attributes, events, links, traceId, spanId, parentSpanId, name, statusMessage, service, schemaUrl,
    ...(told ? { told } : {}), ...(record.resource ? { resource: shared.get(record.resource) } : {}), ...(record.scope ? { scope: shared.get(record.scope) } : {}),
  };
}

/** As one list, so that what stands both in the record and in its source is looked at once; without names, which would be taken for keys of the data. */
const fieldsOf = ({ source, sources = [source], inner, attributes, events, links, told, traceId, spanId, parentSpanId, name, statusMessage, service, schemaUrl }: SpanRecord) =>
  [sources.map((each) => ownFields(each, inner)), attributes, events, links, told, traceId, spanId, parentSpanId, name, statusMessage, service, schemaUrl] as const;
