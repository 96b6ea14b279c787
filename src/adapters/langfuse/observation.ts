import { jsonObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { readInstant } from '../../model/time.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { SpanRecord, SpanSink } from '../types.ts';
import { AMOUNT_FIELDS, recordedAmounts } from './amounts.ts';
import type { Originals } from './originals.ts';
import { isFilled } from './apiFields.ts';

/** What a reader of observations needs from around them. */
export interface ObservationReader {
  readonly sink: SpanSink;
  readonly originalsOf: (metadata: Fields) => Originals;
}

/** What is known of an observation beside its own fields. */
export interface ObservationContext {
  /** The record that it was read from. */
  readonly source: object;
  readonly revision: number;
  /** Of the trace that holds it, where it names none itself. */
  readonly traceId?: string | undefined;
  /** Its type by the event that brought it. */
  readonly type?: string | undefined;
  /** When the event that created it was written: its start, where it records none. */
  readonly createdAt?: unknown;
}

const PREFIX = 'langfuse.observation.';

/**
 * Fields that have a name among Langfuse's OpenTelemetry attributes (langfuse-js, packages/core/src/constants.ts), or
 * that the dialect reads beside.
 */
const KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    input: `${PREFIX}input`,
    output: `${PREFIX}output`,
    level: `${PREFIX}level`,
    statusMessage: `${PREFIX}status_message`,
    model: `${PREFIX}model.name`,
    providedModelName: `${PREFIX}model.name`,
    modelParameters: `${PREFIX}model.parameters`,
    completionStartTime: `${PREFIX}completion_start_time`,
    promptName: `${PREFIX}prompt.name`,
    promptVersion: `${PREFIX}prompt.version`,
    toolDefinitions: `${PREFIX}tool_definitions`,
    toolCalls: `${PREFIX}tool_calls`,
    version: 'langfuse.version',
    release: 'langfuse.release',
    environment: 'langfuse.environment',
    userId: 'user.id',
    sessionId: 'session.id',
    traceName: 'langfuse.trace.name',
    traceTags: 'langfuse.trace.tags',
  }),
);

/** Fields that make the record itself, or are read apart. */
const APART: ReadonlySet<string> = new Set([
  'id',
  'traceId',
  'parentObservationId',
  'type',
  'name',
  'startTime',
  'endTime',
  'metadata',
  'timeToFirstToken',
  ...AMOUNT_FIELDS,
]);

/** An observation as a record whose attributes are those that Langfuse's own exporter would write. */
export function observationRecord(fields: Fields, around: ObservationContext, reader: ObservationReader): SpanRecord {
  const type = (textOf(fields['type']) ?? around.type)?.toLowerCase();
  const originals = readMetadata(fields['metadata'], reader);
  const attributes = new Map<string, unknown>(originals.attributes);
  if (type !== undefined) attributes.set(`${PREFIX}type`, type);
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    const name = KEYS.get(key) ?? `${PREFIX}${key}`;
    if (!APART.has(key) && isFilled(value) && !(key === 'providedModelName' && isFilled(fields['model'])))
      attributes.set(name, value);
  }
  for (const [key, value] of originals.rest)
    if (value !== null && value !== undefined) attributes.set(`${PREFIX}metadata${key === '' ? '' : `.${key}`}`, value);
  putAmounts(attributes, fields, type, reader.sink);
  // Only where the moment itself is not recorded: it is exact, and of no doubtful unit.
  if (isFilled(fields['timeToFirstToken']))
    attributes.set(
      isFilled(fields['completionStartTime']) ? `${PREFIX}timeToFirstToken` : `${PREFIX}time_to_first_token`,
      fields['timeToFirstToken'],
    );
  if (type === 'tool' && isFilled(fields['name'])) attributes.set(`${PREFIX}name`, fields['name']);
  const start = timeOf(isFilled(fields['startTime']) ? fields['startTime'] : around.createdAt);
  return {
    traceId: textOf(fields['traceId']) ?? around.traceId,
    spanId: fields['id'],
    parentSpanId: fields['parentObservationId'],
    name: fields['name'],
    start,
    // An event has no length, and is not waiting for its end.
    end: type === 'event' && !isFilled(fields['endTime']) ? start : timeOf(fields['endTime']),
    timeUnit: 'iso',
    source: around.source,
    attributes,
    resource: originals.resource,
    scope: originals.scope,
    onDuplicate: 'merge',
    revision: around.revision,
  };
}

/** A time may be a list or a date of the host, which throws only when it is read, and by then it is late. */
function timeOf(value: unknown): unknown {
  if (typeof value === 'object') readInstant(value, 'iso');
  return value;
}

const NOTHING: Originals = { attributes: [], resource: undefined, scope: undefined, rest: [] };

function readMetadata(metadata: unknown, { sink, originalsOf }: ObservationReader): Originals {
  if (!isFilled(metadata)) return NOTHING;
  try {
    const object = jsonObject(metadata);
    return object ? originalsOf(object) : { ...NOTHING, rest: [['', metadata]] };
  } catch (error) {
    sink.diagnostic('bad-attribute', `The metadata of an observation cannot be read: ${reasonOf(error)}.`);
    return NOTHING;
  }
}

function putAmounts(attributes: Map<string, unknown>, fields: Fields, type: string | undefined, sink: SpanSink): void {
  try {
    const { usage, cost, rest } = recordedAmounts(fields, type === 'generation' || type === 'embedding');
    if (usage !== undefined) attributes.set(`${PREFIX}usage_details`, usage);
    if (cost !== undefined) attributes.set(`${PREFIX}cost_details`, cost);
    for (const [field, value] of rest) attributes.set(PREFIX + field, value);
  } catch (error) {
    sink.diagnostic('bad-attribute', `The amounts of an observation cannot be read: ${reasonOf(error)}.`);
  }
}
