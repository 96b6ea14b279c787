import { jsonObject, optional, parsed } from '../../conventions/json.ts';
import { toJson } from '../../conventions/toJson.ts';
import type { Envelope } from '../../conventions/readEnvelope.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import { contentHash } from '../../model/hash.ts';
import type { SpanRecord } from '../types.ts';
import { readDottedOrder } from './dottedOrder.ts';
import { listEntries, readableField } from './readableFields.ts';
import { extraOf, runAttributes } from './runAttributes.ts';
import { runEvents } from './runEvents.ts';
import { runEnd, runTime } from './runTime.ts';
import { serializedRun } from './signs.ts';

type Fields = ReadonlyMap<string, unknown>;

/** Where a record of a run was found, and what follows from that. */
export interface RunPlace {
  /** The id of the run whose `child_runs` hold it. */
  readonly parentId?: string;
  /** It updates a run that was sent before (`patch`): what it does not repeat stands there. */
  readonly update?: boolean;
  /**
   * Of an update: the id in the address of the request, or that of the run in its place; the type of that run; whether
   * that run is in the same document.
   */
  readonly id?: string | null;
  readonly runType?: unknown;
  readonly begun?: boolean;
  /** It may come in parts, as in a batch. */
  readonly isPart?: boolean;
}

/**
 * A run as the sink takes it, `source` being what it was read from. Its span id is never empty: a run without any gets
 * one made of its content.
 */
export function runRecord(
  run: Fields,
  source: object,
  { parentId, update = false, id, runType, begun = false, isPart = update }: RunPlace,
): SpanRecord & { readonly spanId: string } {
  const order = readDottedOrder(run.get('dotted_order'));
  const ownId = textOf(run.get('id')) ?? order?.id ?? id ?? null;
  const parent =
    textOf(run.get('parent_run_id')) ??
    textOf(readableField(run.get('parent_run'), 'id')) ??
    parentId ??
    order?.parentId ??
    textOf(listEntries(parsed(run.get('parent_run_ids'))).at(-1));
  const held = extraOf(run);
  const type = (textOf(run.get('run_type')) ?? textOf(runType))?.toLowerCase();
  const start = runTime(run.get('start_time'));
  const end = runEnd(run.get('end_time'), start ?? order?.start);
  const error = errorText(run.get('error'));
  const word = textOf(run.get('status'))?.toLowerCase();
  const events = runEvents(run.get('events'));
  const runtime = held.extra.get('runtime');
  const place = order === null ? executionOrder(run.get('execution_order')) : null;
  return {
    traceId: textOf(run.get('trace_id')) ?? order?.traceId ?? undefined,
    spanId: ownId ?? madeUpId(run, parent),
    parentSpanId: parent,
    name: nameOf(run),
    start: start ?? (begun ? undefined : order?.start),
    end,
    timeUnit: 'iso',
    ...(error !== null || word === 'error' ? { status: 'error', statusMessage: error } : {}),
    idFlags: ownId === null ? SPAN_FLAGS['missing-span-id'] : 0,
    source,
    inner: AROUND,
    attributes: runAttributes(run, held, type),
    ...(events === undefined ? {} : { events }),
    ...(textOf(readableField(runtime, 'sdk')) === null
      ? {}
      : { scope: scopeOf(readableField(runtime, 'sdk'), readableField(runtime, 'sdk_version')) }),
    onDuplicate: isPart ? 'merge' : 'version',
    revision: update ? 1 : 0,
    ...(place === null ? {} : { content: placeAmongSiblings }),
    reported: {
      ...status(error, word, end),
      ...(place === null ? {} : { dottedOrder: place }),
      // An update that does not say where it stands may be a root or not.
      ...(parent !== null || (update && order === null && !run.has('parent_run_id'))
        ? {}
        : traceMetadata(run, held.metadata)),
    },
  };
}

/** Nearly all runs of an input are recorded by one SDK: what was made for the last one serves the next. */
function scopeOf(name: unknown, version: unknown): NonNullable<SpanRecord['scope']> {
  if (lastScope.name !== name || lastScope.version !== version) lastScope = { name, version };
  return lastScope;
}
let lastScope: { readonly name: unknown; readonly version: unknown } = { name: undefined, version: undefined };

/** Old tracers count their runs: in digits that sort as text. */
const executionOrder = (value: unknown): string | null =>
  amount(value) === null ? null : textOf(value)!.padStart(12, '0');

const placeAmongSiblings = (source: object): { readonly dottedOrder?: string } =>
  optional(
    'dottedOrder',
    executionOrder(
      (serializedRun(source as Readonly<Record<string, unknown>>) ?? (source as Readonly<Record<string, unknown>>))[
        'execution_order'
      ],
    ),
  );

/** What is neither an error nor still running went well; a run that has not ended may yet do either. */
function status(error: string | null, word: string | undefined, end: unknown): Partial<Envelope> {
  if (error !== null || word === 'error') return {};
  if (word === 'pending' || word === 'running') return { status: 'running' };
  return word === 'success' || end !== undefined ? { status: 'ok' } : {};
}

const errorText = (error: unknown): string | null =>
  textOf(error) ??
  (error === null || error === undefined || error === '' || error === false ? null : toJsonQuietly(error));

function toJsonQuietly(value: unknown): string {
  try {
    return toJson(value);
  } catch {
    return '';
  }
}

/** Old tracers name the object that ran, and leave the run's own name out. */
function nameOf(run: Fields): unknown {
  const serialized = jsonObject(run.get('serialized'));
  return (
    textOf(run.get('name')) ??
    textOf(readableField(serialized, 'name')) ??
    textOf(listEntries(readableField(serialized, 'id')).at(-1))
  );
}

/** The runs around a run are no part of it; nor is the client that a live object holds, with its keys. */
const AROUND: readonly string[] = ['child_runs', 'parent_run', 'client', 'replicas'];

const madeUpId = (run: Fields, parent: string | null): string =>
  `no-id-${contentHash([parent, [...run].filter(([field]) => !AROUND.includes(field))]).toString(36)}`;

/** The project that a run belongs to; null where it does not say. */
export const projectOf = (run: Fields): string | null =>
  textOf(run.get('session_name')) ?? textOf(run.get('project_name'));

/**
 * Metadata of a root that say something of the trace: not those that have a place of their own, nor the settings of the
 * SDK.
 */
const NOT_OF_TRACE =
  /^(?:ls_.*|(?:LANGSMITH|LANGCHAIN)_.*|usage_metadata|session_id|thread_id|conversation_id|user_id)$/;

function traceMetadata(run: Fields, metadata: Fields): Pick<Partial<Envelope>, 'metadata'> {
  const found = [...metadata].filter(
    ([key, value]) => !NOT_OF_TRACE.test(key) && value !== null && value !== undefined,
  );
  const project = projectOf(run);
  return found.length > 0
    ? { metadata: Object.fromEntries(project === null ? found : [['project', project], ...found]) }
    : {};
}
