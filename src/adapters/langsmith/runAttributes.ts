import { isObject, jsonObject, parsed } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { runAttachments } from './attachments.ts';
import { readableField, readableFields } from './readableFields.ts';
import { callsNoModel, generatedMessage, runUsage } from './usagePlaces.ts';

type Fields = ReadonlyMap<string, unknown>;

/**
 * Fields under the names that LangSmith's own OpenTelemetry exporter gives them (langsmith-sdk,
 * js/src/experimental/otel/constants.ts).
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['id', 'langsmith.span.id'],
  ['trace_id', 'langsmith.trace.id'],
  ['parent_run_id', 'langsmith.span.parent_id'],
  ['dotted_order', 'langsmith.span.dotted_order'],
  ['run_type', 'langsmith.span.kind'],
  ['name', 'langsmith.trace.name'],
  ['session_id', 'langsmith.trace.session_id'],
  ['session_name', 'langsmith.trace.session_name'],
  ['project_name', 'langsmith.trace.session_name'],
  ['tags', 'langsmith.span.tags'],
  ['reference_example_id', 'langsmith.reference_example_id'],
  ['inputs', 'gen_ai.prompt'],
  ['outputs', 'gen_ai.completion'],
]);

/**
 * What the record, its events and scores say already, and what belongs to the program that made the run: its client
 * holds keys.
 */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'start_time',
  'end_time',
  'error',
  'status',
  'events',
  'extra',
  'child_runs',
  'parent_run',
  'feedback',
  'feedback_stats',
  'attachments',
  'client',
  'replicas',
  'caching',
]);

/** The words that the record's status says as well. */
const STATUSES: ReadonlySet<unknown> = new Set(['success', 'error', 'pending']);

/** The structures of a run, which table exports write as JSON text. */
const STRUCTURES: ReadonlySet<string> = new Set([
  'tags',
  'serialized',
  'parent_run_ids',
  'child_run_ids',
  'direct_child_run_ids',
  'prompt_token_details',
  'completion_token_details',
]);

/** `extra` of a run, and its `metadata`. */
export function extraOf(run: Fields): { readonly extra: Fields; readonly metadata: Fields } {
  const held = jsonObject(run.get('extra'));
  const extra: Fields = held ? readableFields(held).fields : NOTHING;
  const metadata = jsonObject(extra.get('metadata') ?? run.get('metadata'));
  return { extra, metadata: metadata ? readableFields(metadata).fields : NOTHING };
}

const NOTHING: Fields = new Map();

/**
 * A run as attributes: values as they are, under the names of LangSmith's OpenTelemetry exporter where it has one, else
 * under `langsmith.run.` and the field's own. What is null or empty is left out. `runType` is undefined where an update
 * does not repeat it.
 */
export function runAttributes(
  run: Fields,
  { extra, metadata }: ReturnType<typeof extraOf>,
  runType: unknown,
): Map<string, unknown> {
  const attributes = new Map<string, unknown>();
  const put = (key: string, value: unknown): void => {
    if (!isNothing(value)) attributes.set(key, value);
  };
  for (const [field, value] of run) {
    if (ELSEWHERE.has(field) || field.startsWith('_') || (field === 'metadata' && !extra.has('metadata'))) continue;
    put(NAMES.get(field) ?? `langsmith.run.${field}`, STRUCTURES.has(field) ? parsed(value) : value);
  }
  for (const [field, value] of extra) {
    if (field === 'runtime') put('langsmith.span.runtime', value);
    else if (field !== 'metadata') put(`langsmith.run.extra.${field}`, value);
  }
  for (const [key, value] of metadata) put(`langsmith.metadata.${key}`, value);
  if (!STATUSES.has(run.get('status'))) put('langsmith.run.status', run.get('status'));
  if (typeof run.get('error') === 'object') put('langsmith.run.error', run.get('error'));
  put('langsmith.attachments', runAttachments(run.get('attachments')));
  put('langsmith.usage_metadata', runUsage(run, metadata, runType));
  if (!callsNoModel(runType) && runType !== 'chain') {
    put('gen_ai.request.model', requestModel(parsed(run.get('inputs'))));
    put('gen_ai.response.model', responseModel(parsed(run.get('outputs'))));
  }
  return attributes;
}

/** Of a call that was recorded with its arguments, as OpenAI's and its like are. */
const requestModel = (inputs: unknown): unknown =>
  ['messages', 'input', 'prompt', 'contents'].some((field) => readableField(inputs, field) !== undefined)
    ? textOf(readableField(inputs, 'model'))
    : null;

/** Of a provider's own answer, or from what LangChain keeps of it. */
function responseModel(outputs: unknown): unknown {
  const about = readableField(outputs, 'llm_output') ?? readableField(outputs, 'llmOutput');
  const generated = generatedMessage(outputs);
  const message = readableField(generated, 'kwargs') ?? generated;
  const answer = [
    readableField(message, 'response_metadata'),
    readableField(outputs, 'response_metadata'),
    readableField(readableField(outputs, 'kwargs'), 'response_metadata'),
    about,
  ];
  return [
    readableField(outputs, 'model'),
    ...answer.flatMap((each) => [readableField(each, 'model_name'), readableField(each, 'model')]),
  ]
    .map(textOf)
    .find((model) => model !== null);
}

/** Nothing, a structure that holds nothing, or what is no data. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value === 'function' || typeof value === 'symbol') return true;
  try {
    if (ArrayBuffer.isView(value) || !(isObject(value) || Array.isArray(value))) return false;
    return Object.keys(value).length === 0;
  } catch {
    return true;
  }
}
