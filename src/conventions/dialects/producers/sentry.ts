import type { Dialect } from '../../types.ts';

/**
 * Sentry's AI agents module (develop.sentry.dev, sdk/telemetry/traces/modules/ai-agents): OpenTelemetry's GenAI
 * attributes with a word for the sort of operation, and messages under names of its own.
 */
export const sentry: Dialect = {
  name: 'sentry',
  slots: {
    'gen_ai.operation.type': {
      slot: 'kind',
      kinds: { ai_client: 'llm', agent: 'agent', tool: 'tool', handoff: 'chain' },
    },
  },
};
