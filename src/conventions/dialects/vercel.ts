import type { SpanKind } from '../../model/types.ts';
import type { Dialect } from '../types.ts';

/** The outer span of an operation is what the application asked for; the inner ones are the calls of the model. */
const OPERATIONS: Readonly<Record<string, SpanKind>> = {
  'ai.generateText': 'agent',
  'ai.generateText.doGenerate': 'llm',
  'ai.streamText': 'agent',
  'ai.streamText.doStream': 'llm',
  'ai.generateObject': 'agent',
  'ai.generateObject.doGenerate': 'llm',
  'ai.streamObject': 'agent',
  'ai.streamObject.doStream': 'llm',
  'ai.toolCall': 'tool',
  'ai.embed': 'chain',
  'ai.embed.doEmbed': 'embedding',
  'ai.embedMany': 'chain',
  'ai.embedMany.doEmbed': 'embedding',
  'ai.rerank': 'chain',
  'ai.rerank.doRerank': 'reranker',
  'ai.workflowAgent.stream': 'agent',
};
/** Words are looked up in lower case. */
const KINDS: Readonly<Record<string, SpanKind>> = Object.fromEntries(
  Object.entries(OPERATIONS).map(([id, kind]) => [id.toLowerCase(), kind]),
);

const METADATA = 'ai.telemetry.metadata.';

/** How the keys of what the application reported begin; they are no settings of the model. */
export const CONTEXT = 'ai.settings.context.';

/**
 * Vercel's AI SDK (vercel/ai, docs/ai-sdk-core/telemetry): `ai.*` as versions 3 to 6 write it. Version 7 writes `genAi`
 * and some of these, which then fill gaps. Cached tokens are part of the input.
 */
export const vercel: Dialect = {
  name: 'ai_sdk',
  slots: {
    'ai.operationId': { slot: 'kind', kinds: KINDS },
    // Each of its tool spans is called `ai.toolCall`.
    'ai.toolCall.name': 'name',
    'ai.response.model': 'responseModel',
    'ai.model.id': 'requestModel',
    'ai.model.provider': 'provider',
    'ai.usage.inputTokens': 'inputTokens',
    'ai.usage.promptTokens': 'inputTokens',
    'ai.usage.tokens': 'inputTokens',
    'ai.usage.outputTokens': 'outputTokens',
    'ai.usage.completionTokens': 'outputTokens',
    'ai.usage.totalTokens': 'totalTokens',
    'ai.usage.inputTokenDetails.cacheReadTokens': 'cacheRead',
    'ai.usage.cachedInputTokens': 'cacheRead',
    'ai.usage.inputTokenDetails.cacheWriteTokens': 'cacheWrite',
    'ai.usage.outputTokenDetails.reasoningTokens': 'reasoning',
    'ai.usage.reasoningTokens': 'reasoning',
    'ai.response.msToFirstChunk': 'firstTokenMillis',
    'ai.stream.msToFirstChunk': 'firstTokenMillis',
    [`${METADATA}sessionId`]: 'sessionId',
    [`${METADATA}userId`]: 'userId',
    [`${METADATA}tags`]: 'tags',
    // Raindrop (@raindrop-ai/ai-sdk 0.3), which wraps it and writes the same.
    [`${METADATA}raindrop.convoId`]: 'sessionId',
    [`${METADATA}raindrop.ai.userId`]: 'userId',
    [`${CONTEXT}sessionId`]: 'sessionId',
    [`${CONTEXT}userId`]: 'userId',
    [`${CONTEXT}tags`]: 'tags',
  },
  metadataPrefixes: [METADATA, CONTEXT],
  firstTokenEvents: ['ai.stream.firstChunk'],
};
