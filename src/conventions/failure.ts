import { amount } from '../model/attributes.ts';
import type { AttributeValue } from '../model/types.ts';
import { isObject, parsed, type Fields } from './json.ts';

/**
 * The one rule for steps whose status is unset: each of these attributes tells a failure, and so does the result of a
 * tool that says of itself that it is an error; an exception among the events alone is a warning, for it may have been
 * handled. A status that is recorded always goes before.
 */
export const FAILURE_SIGNS: ReadonlyMap<string, (value: AttributeValue) => boolean> = new Map([
  // OpenTelemetry (registry/attributes/error): set only where an operation ended in one.
  ['error.type', (value) => typeof value === 'string' && value !== ''],
  ['error', isYes],
  ['success', (value) => value === false || value === 'false'],
  ['http.response.status_code', isServerError],
  ['http.status_code', isServerError],
  ['gen_ai.tool.status', (value) => value === 'error'],
]);

/** The event of an exception (OpenTelemetry, registry/attributes/exception). */
export const EXCEPTION = 'exception';
/** The sign of a tool's result that is an error. */
export const FAILED_RESULT = 'tool result';

/** The attributes that hold what a tool gave back. */
export const RESULT_KEYS: readonly string[] = [
  'gen_ai.tool.call.result',
  'output.value',
  'traceloop.entity.output',
  'ai.toolCall.result',
  'langfuse.observation.output',
  'mlflow.spanOutputs',
  'gen_ai.completion',
  'tool_response',
  'lmnr.span.output',
  'gcp.vertex.agent.tool_response',
];

function isYes(value: AttributeValue): boolean {
  return value === true || value === 'true';
}

function isServerError(value: AttributeValue): boolean {
  const code = amount(value);
  return code !== null && code >= 500 && code < 600;
}

/** Most results are long and fail at nothing, so they are parsed only where a flag stands in them. */
const FLAG = /"(?:is_error|isError)"\s*:\s*true|"status"\s*:\s*"error"/;

/**
 * Whether a result says of itself that the tool failed: `isError` (MCP), `is_error` (Anthropic), or `status: "error"` on
 * a message of a tool (LangChain, Bedrock), alone or as the one entry of a list. A `status` in what a tool found is
 * nobody's failure.
 */
export function isFailedResult(result: AttributeValue): boolean {
  if (typeof result === 'string' && !FLAG.test(result)) return false;
  const value = parsed(parsed(result));
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!isObject(one)) return false;
  return [one, one['output'], one['kwargs'], one['toolResult']].some((at) => isObject(at) && isFlagged(at));
}

const isFlagged = (message: Fields): boolean =>
  message['is_error'] === true ||
  message['isError'] === true ||
  (message['status'] === 'error' &&
    (message['type'] === 'tool' ||
      message['role'] === 'tool' ||
      ['tool_call_id', 'toolCallId', 'toolUseId', 'tool_use_id'].some((field) => field in message)));
