import type { Dialect } from '../types.ts';

/**
 * OpenTelemetry GenAI before 1.37, two generations (semantic-conventions, docs/gen-ai/gen-ai-events.md). From 1.28 on
 * each message is an event, which many instrumentations put on the span. Up to 1.27 the conversation is one JSON text,
 * `gen_ai.prompt` and `gen_ai.completion`, as an attribute or in an event. LangSmith writes that pair of attributes for
 * steps of all sorts, so they do not reveal the kind, and are messages only where they look like it.
 */
export const genAiEvents: Dialect = {
  name: 'gen_ai.events',
  slots: {
    'gen_ai.system': 'provider',
    'gen_ai.usage.prompt_tokens': 'inputTokens',
    'gen_ai.usage.completion_tokens': 'outputTokens',
  },
  kindEvents: { 'gen_ai.choice': 'llm', 'gen_ai.content.prompt': 'llm', 'gen_ai.content.completion': 'llm' },
};
