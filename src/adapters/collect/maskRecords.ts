import { createRedaction, type FoundUnderKeys, type Redaction } from '../../redact/createRedaction.ts';
import type { DiagnosticLog } from '../../model/diagnostics.ts';
import { createFieldMask, textsOfAbout, textsOfEnvelope, textsOfScore, type FieldMask } from './maskFields.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import type { ReportedScore } from './placeScores.ts';
import { withoutReason } from '../tolerant/reasonOf.ts';
import type { ReadOptions, SpanRecord, SpanSink } from '../types.ts';

/** All that adapters have handed over, before anything is made of it. */
export interface AdapterOutput {
  readonly records: readonly SpanRecord[];
  readonly standIns: readonly SpanRecord[];
  readonly traces: readonly Parameters<SpanSink['trace']>[];
  readonly scores: readonly ReportedScore[];
}

/** What rules left of it; `text` masks a text of ours that quotes the data. */
export interface MaskedOutput extends AdapterOutput {
  readonly text: (text: string) => string;
}

/**
 * Masks all records before anything looks at them, so that nothing made of them later can hold what rules took away.
 * First all is scanned, then all is masked: a secret is known by one place and hidden in every other. Times alone stay
 * as they are. Rests after each record. Throws at once where a rule is wrong (`TraceInputError` with code `bad-rule`).
 */
export function maskRecords(
  {
    redact = [],
    redaction = createRedaction(redact),
    onMasked,
  }: Pick<ReadOptions, 'redact' | 'redaction' | 'onMasked'>,
  log: DiagnosticLog,
): (output: AdapterOutput) => Generator<void, MaskedOutput> {
  const fields = createFieldMask(redaction);
  return function* maskAll(output) {
    // Many spans share a resource or a scope: each is scanned once, and they go on sharing what it becomes.
    const shared = new Map<object, object>();
    const scanned = new Set<object>();
    for (const record of [...output.records, ...output.standIns]) {
      for (const part of [record.resource, record.scope]) {
        if (!part || shared.has(part)) continue;
        shared.set(part, part);
        redaction.scan(part);
      }
      for (const source of record.sources ?? [record.source]) scanned.add(source);
      redaction.scan([fieldsOf(record), textsOfEnvelope(record.reported ?? {})]);
      yield;
    }
    for (const about of output.traces) redaction.scan(textsOfAbout(about));
    for (const { score, version } of output.scores) {
      if (version?.source && !scanned.has(version.source)) redaction.scan(version.source);
      redaction.scan(textsOfScore(score));
    }
    for (const part of shared.keys()) shared.set(part, objectOf(redaction.mask(part)));
    const masked = { records: [] as SpanRecord[], standIns: [] as SpanRecord[] };
    for (const list of ['records', 'standIns'] as const) {
      for (const record of output[list]) {
        masked[list].push(maskRecord(record, redaction, fields, shared));
        yield;
      }
    }
    const foundIn = new Map<object, FoundUnderKeys>();
    const scores = output.scores.map(({ score, version, ...rest }): ReportedScore => {
      const { source, ...which } = version ?? {};
      let found = source && foundIn.get(source);
      if (source && !found) {
        foundIn.set(source, (found = new Map()));
        redaction.mask(source, found);
      }
      return {
        ...rest,
        version: { ...which, ...(which.id === undefined ? {} : { id: redaction.mask(which.id) }) },
        score: fields.score(score, found),
      };
    });
    const traces = output.traces.map((about) => fields.about(about));
    for (const { rule, values } of redaction.counts()) {
      const were = values === 1 ? 'value was' : 'values were';
      if (values > 0) log.report('redacted', { message: `${values} different ${were} masked by the rule “${rule}”.` });
    }
    for (const rule of redaction.failures())
      log.report('redact-rule-failed', {
        message:
          `The function of the rule “${rule}” threw, or gave no list of ranges: ` +
          'each text that it failed on is masked as a whole.',
      });
    try {
      onMasked?.(redaction.secrets());
    } catch {
      log.report('on-masked-failed');
    }
    return { ...masked, traces, scores, text: (text) => redaction.text(withoutReason(text)) };
  };
}

function maskRecord(
  record: SpanRecord,
  redaction: Redaction,
  fields: FieldMask,
  shared: ReadonlyMap<object, object>,
): SpanRecord {
  const found: FoundUnderKeys = new Map();
  const [sources, attributes, events, links, traceId, spanId, parentSpanId, schemaUrl] = redaction.mask(
    fieldsOf(record),
    found,
  );
  const { name, statusMessage, service, reported } = record;
  return {
    ...record,
    source: objectOf(sources[0]),
    sources: sources.map(objectOf),
    inner: [],
    attributes,
    events,
    links,
    traceId,
    spanId,
    parentSpanId,
    schemaUrl,
    name: fields.text(name, found),
    statusMessage: fields.text(statusMessage, found),
    service: fields.text(service, found),
    ...(reported ? { reported: fields.envelope(reported) } : {}),
    ...(record.resource ? { resource: shared.get(record.resource) } : {}),
    ...(record.scope ? { scope: shared.get(record.scope) } : {}),
  };
}

/**
 * As one list, so that what stands both in the record and in its source is looked at once; without names, which would
 * be taken for keys of the data.
 */
const fieldsOf = ({
  source,
  sources = [source],
  inner,
  attributes,
  events,
  links,
  traceId,
  spanId,
  parentSpanId,
  name,
  statusMessage,
  service,
  schemaUrl,
}: SpanRecord) =>
  [
    sources.map((each) => ownFields(each, inner)),
    attributes,
    events,
    links,
    traceId,
    spanId,
    parentSpanId,
    schemaUrl,
    name,
    statusMessage,
    service,
  ] as const;

/** A record of a host's own class may be masked to a text. */
const objectOf = (value: unknown): object => (value !== null && typeof value === 'object' ? value : { value });
