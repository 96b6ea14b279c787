import type { Dialect } from '../../types.ts';

/**
 * Strands Agents (strands-agents/sdk-python and sdk-typescript, telemetry/tracer), which writes `genAi` and
 * `genAiEvents`, and the rounds of its loop. Its scope is what the application is called.
 */
export const strands: Dialect = {
  name: 'strands',
  slots: {},
  own: {
    names: ['execute_agent_loop_cycle', 'execute_event_loop_cycle'],
    read: ({ name }) => (name.startsWith('execute_') && name.endsWith('_loop_cycle') ? { step: 'chain' } : null),
  },
};
