import { amount } from '../../../model/attributes.ts';
import type { SpanKind } from '../../../model/types.ts';
import { isObject, jsonObject, type Fields } from '../../json.ts';
import type { Dialect, SlotValues } from '../../types.ts';

const SCOPE = 'gcp.vertex.agent';
/** How the keys of what was sent and what came begin. */
export const ADK = 'gcp.vertex.agent.';

/**
 * Google's Agent Development Kit (adk-python and adk-js, telemetry; measured with @google/adk 2.0): requests and answers
 * of Gemini as JSON text. A tool that threw has no attribute at all, so what its span is stands in the name.
 */
export const adk: Dialect = {
  name: 'adk',
  slots: {
    [`${ADK}session_id`]: 'sessionId',
    [`${ADK}llm_response`]: { read: (response) => usage(jsonObject(response)) },
  },
  own: {
    scopes: [SCOPE],
    read({ name, scope, attributes }) {
      if (scope !== SCOPE) return null;
      const step = stepOf(name, attributes.has('gen_ai.usage.input_tokens'));
      // What all tools of a round gave together has a name that is no tool's.
      return step === undefined ? null : { step, toolName: name };
    },
  },
};

function stepOf(name: string, hasTokens: boolean): SpanKind | undefined {
  if (name === 'call_llm') return 'llm';
  if (name === 'invocation' || name.startsWith('invocation [')) return 'chain';
  if (name.startsWith('execute_tool ')) return 'tool';
  return name.startsWith('agent_run ') && !hasTokens ? 'agent' : undefined;
}

/**
 * Gemini's count (`usageMetadata`, in Python `usage_metadata`): thoughts stand beside the candidates. What was cached is
 * part of the prompt.
 */
export function usage(response: Fields | null): SlotValues {
  const counts = response?.['usageMetadata'] ?? response?.['usage_metadata'];
  if (!isObject(counts)) return {};
  const candidates = amount(counts['candidatesTokenCount'] ?? counts['candidates_token_count']);
  const thoughts = amount(counts['thoughtsTokenCount'] ?? counts['thoughts_token_count']);
  return {
    inputTokens: counts['promptTokenCount'] ?? counts['prompt_token_count'],
    outputTokens: candidates === null && thoughts === null ? undefined : (candidates ?? 0) + (thoughts ?? 0),
    totalTokens: counts['totalTokenCount'] ?? counts['total_token_count'],
    cacheRead: counts['cachedContentTokenCount'] ?? counts['cached_content_token_count'],
    reasoning: thoughts,
  };
}
