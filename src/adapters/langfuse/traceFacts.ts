import { jsonList, jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { contentHash } from '../../model/hash.ts';
import { readInstant, unixNano } from '../../model/time.ts';
import type { SpanRecord, SpanSink } from '../types.ts';
import { recordedAmounts } from './amounts.ts';
import { isFilled } from './apiFields.ts';

/** A record of a trace, under the field names of the API. */
export interface TraceVersion {
  readonly fields: Fields;
  readonly source: object;
  readonly revision: number;
}

/** Facts that have a place of their own, that repeat what the observations say, or that are of the database. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'name',
  'timestamp',
  'sessionId',
  'userId',
  'tags',
  'metadata',
  'observations',
  'scores',
  'corrections',
  'latency',
  'totalCost',
  'projectId',
  'createdAt',
  'updatedAt',
  'externalId',
]);

/** Facts of which a trace has one. */
const SINGLE = ['name', 'sessionId', 'userId'] as const;

/**
 * Hands on what records hold of one trace: field by field the latest that is filled, tags and metadata together.
 */
export function reportTrace(id: string | null, versions: readonly TraceVersion[], sink: SpanSink): void {
  const ordered = versions
    .map((each) => ({ ...each, hash: versions.length === 1 ? 0 : contentHash(each.source) }))
    .sort((a, b) => a.revision - b.revision || a.hash - b.hash);
  const fields = new Map<string, unknown>();
  const tags = new Set<string>();
  const metadata = new Map<string, unknown>();
  const disputed = new Set<string>();
  for (const [at, part] of ordered.entries()) {
    const before = ordered[at - 1];
    for (const field of SINGLE)
      if (
        before?.revision === part.revision &&
        isFilled(before.fields[field]) &&
        isFilled(part.fields[field]) &&
        before.fields[field] !== part.fields[field]
      )
        disputed.add(field);
    for (const [key, value] of Object.entries(part.fields)) {
      // The time is that at which the trace began, so the first that was recorded.
      if (isFilled(value) && !(key === 'timestamp' && fields.has(key))) fields.set(key, value);
    }
    const listed = part.fields['tags'];
    for (const tag of jsonList(listed) ?? [listed]) {
      if (textOf(tag) !== null) tags.add(textOf(tag)!);
      else if (isFilled(tag)) sink.diagnostic('mixed-format', 'A tag of a trace is no text and was left out.');
    }
    for (const [key, value] of metadataOf(part.fields['metadata'])) metadata.set(key, value);
  }
  for (const field of disputed)
    sink.diagnostic(
      'trace-conflict',
      `Records of one trace, written at one time, give it a different ${field}; one is shown, and always the same.`,
    );
  for (const [key, value] of fields) {
    // Where somebody's metadata has a key of that name, both are kept.
    if (!APART.has(key)) metadata.set(metadata.has(key) ? `langfuse.trace.${key}` : key, value);
  }
  const text = <Field extends string>(field: Field): { readonly [key in Field]?: string } =>
    (textOf(fields.get(field)) === null ? {} : { [field]: textOf(fields.get(field)) }) as { [key in Field]?: string };
  if (id !== null)
    sink.trace(
      id,
      {
        ...text('name'),
        ...text('sessionId'),
        ...text('userId'),
        tags: [...tags],
        metadata: Object.fromEntries(metadata),
      },
      ordered.at(-1)?.revision,
    );
  sink.span(
    standIn(
      id,
      Object.fromEntries(fields),
      ordered.map(({ source }) => source),
    ),
  );
}

function metadataOf(metadata: unknown): readonly (readonly [string, unknown])[] {
  const object = jsonObject(metadata);
  if (object) return Object.entries(object);
  return isFilled(metadata) ? [['metadata', metadata]] : [];
}

/** The trace as its own only span, for lists of traces that come without observations. */
function standIn(id: string | null, fields: Fields, sources: readonly object[]): SpanRecord {
  const { usage, cost } = recordedAmounts(fields, false);
  const attributes = new Map(
    Object.entries({
      'langfuse.observation.input': fields['input'],
      'langfuse.observation.output': fields['output'],
      'langfuse.observation.usage_details': usage,
      'langfuse.observation.cost_details': cost,
      'langfuse.version': fields['version'],
      'langfuse.release': fields['release'],
      'langfuse.environment': fields['environment'],
    }).filter(([, value]) => value !== undefined),
  );
  return {
    traceId: id,
    spanId: id,
    name: fields['name'],
    ...timesOf(fields),
    source: sources.at(-1)!,
    sources,
    inner: ['observations', 'scores'],
    attributes,
    standIn: true,
    onDuplicate: 'merge',
  };
}

/** A trace has no end but a length in seconds. */
function timesOf(fields: Fields): Pick<SpanRecord, 'start' | 'end' | 'timeUnit'> {
  const start = readInstant(fields['timestamp'], 'iso');
  const seconds = amount(fields['latency']);
  if (typeof start === 'string' || seconds === null || seconds < 0 || seconds > 1e9)
    return { start: fields['timestamp'], timeUnit: 'iso' };
  return {
    start: String(unixNano(start)),
    end: String(unixNano(start) + BigInt(Math.round(seconds * 1e9))),
    timeUnit: 'ns',
  };
}
