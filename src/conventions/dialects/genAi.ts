import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { genAiUsage } from './genAiUsage.ts';
import { firstOf } from '../json.ts';
import type { Dialect } from '../types.ts';

const OPERATIONS: Readonly<Record<string, SpanKind>> = {
  chat: 'llm',
  text_completion: 'llm',
  completion: 'llm',
  generate_content: 'llm',
  realtime_inference: 'llm',
  generate_live_content: 'llm',
  embeddings: 'embedding',
  retrieval: 'retriever',
  execute_tool: 'tool',
  create_agent: 'agent',
  invoke_agent: 'agent',
  invoke_workflow: 'chain',
  handle_conversation_turn: 'chain',
  plan: 'chain',
  search_memory: 'memory',
  create_memory: 'memory',
  update_memory: 'memory',
  upsert_memory: 'memory',
  delete_memory: 'memory',
  create_memory_store: 'memory',
  delete_memory_store: 'memory',
  update_memory_store: 'memory',
  search_memory_store: 'memory',
  // Words of their own: Langtrace, the AI SDK 7, Gemini CLI and its forks, Copilot, then Traceloop.
  embed: 'embedding',
  generate: 'llm',
  start_chat: 'chain',
  agent_step: 'chain',
  rerank: 'reranker',
  user_prompt: 'agent',
  system_prompt: 'agent',
  agent_call: 'agent',
  llm_call: 'llm',
  tool_call: 'tool',
  schedule_tool_calls: 'chain',
  content_event: 'event',
  core_event: 'event',
  execute_task: 'chain',
  vector_db_retrieve: 'retriever',
  'guardrail.run': 'guardrail',
  guard: 'guardrail',
};

const EVALUATION = 'gen_ai.evaluation.result';

/**
 * OpenTelemetry GenAI, the current attributes (semantic-conventions 1.37 and later, now semantic-conventions-genai:
 * gen-ai-spans.md, gen-ai-agent-spans.md, mcp.md): messages are JSON text or structured values under
 * `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.system_instructions`. The generations before it are in
 * `genAiEvents`.
 */
export const genAi: Dialect = {
  name: 'gen_ai',
  slots: {
    'gen_ai.operation.name': { slot: 'kind', kinds: OPERATIONS },
    'mcp.method.name': { slot: 'kind', kinds: { 'tools/call': 'tool', 'prompts/get': 'prompt' } },
    'gen_ai.tool.name': { slot: 'kind', hint: 'tool', also: 'toolName' },
    'gen_ai.agent.name': 'agentName',
    'gen_ai.response.model': 'responseModel',
    'gen_ai.request.model': 'requestModel',
    'gen_ai.provider.name': 'provider',
    'gen_ai.conversation.id': 'sessionId',
    ...genAiUsage,
    'gen_ai.response.time_to_first_chunk': 'firstTokenSeconds',
    'gen_ai.client.operation.time_to_first_chunk': 'firstTokenSeconds',
    'gen_ai.client.inference.time_to_first_chunk': 'firstTokenSeconds',
    // The conventions say seconds; Strands counts milliseconds.
    'gen_ai.server.time_to_first_token': 'firstTokenEither',
    'gen_ai.response.time_to_first_token': 'firstTokenEither',
    'error.message': 'failureMessage',
    'error.type': { read: (type) => (type === '_OTHER' ? {} : { failureMessage: type }) },
  },
  firstTokenEvents: ['gen_ai.content.chunk'],
  scores: {
    events: [EVALUATION],
    read: (_, events) =>
      events
        .filter(({ name }) => name === EVALUATION)
        .map(({ attributes }) => ({
          name: textOf(attributes.get('gen_ai.evaluation.name')) ?? '',
          value: amount(attributes.get('gen_ai.evaluation.score.value')),
          label: textOf(attributes.get('gen_ai.evaluation.score.label')),
          comment: textOf(firstOf(attributes, 'gen_ai.evaluation.explanation', 'error.type')),
          source: 'unknown',
        })),
  },
  detailEvents: ['gen_ai.client.inference.operation.details'],
};
