import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { contentHash } from '../../model/hash.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Trajectories of SWE-agent (`.traj`): the agent, and for each step the model's answer and the command that it ran. There
 * is no clock: no times, and no lengths but what a command took. Tokens and cost are sums, so the agent has them.
 */
export const readSweAgent: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink)) readTrajectory(fields, sink);
};

function readTrajectory(fields: Fields, sink: SpanSink): void {
  const info = isObject(fields['info']) ? fields['info'] : {};
  const stats = isObject(info['model_stats']) ? info['model_stats'] : {};
  const steps = Array.isArray(fields['trajectory']) ? (fields['trajectory'] as readonly unknown[]) : [];
  const traceId = `trajectory-${contentHash([fields['environment'], steps, info]).toString(36)}`;
  const history = Array.isArray(fields['history']) ? fields['history'].filter(isObject) : [];
  const prompt = history.find(({ role, is_demo: isDemo }) => role === 'user' && isDemo !== true)?.['content'];
  const shared = { traceId, service: 'swe-agent', isOver: true, timeUnit: 'iso' as const };
  sink.span(
    spanRecord({
      ...shared,
      spanId: `${traceId}-agent`,
      parentSpanId: null,
      name: 'SWE-agent',
      kind: 'agent',
      order: orderOf(0),
      source: fields,
      inner: ['trajectory', 'history'],
      tokens: { input: stats['tokens_sent'], output: stats['tokens_received'] },
      cost: stats['instance_cost'],
      inputMessages: prompt === undefined ? [] : [{ role: 'user', content: prompt }],
      output: info['submission'],
      attributes: [
        ...picked(info, ['exit_status'], 'swe_agent.'),
        ...picked(stats, ['api_calls'], 'swe_agent.'),
        ...picked(fields, ['environment'], 'swe_agent.'),
      ],
    }),
  );
  sink.trace(traceId, {
    name: textOf(fields['environment']) ?? firstWords(plainText(prompt)) ?? 'SWE-agent',
    metadata: Object.fromEntries(picked(info, ['exit_status'])),
  });
  let heard: readonly Fields[] = history.slice(
    0,
    Math.max(
      0,
      history.findIndex(({ role }) => role === 'assistant'),
    ),
  );
  steps.forEach((step, at) => {
    if (!isObject(step)) {
      sink.diagnostic('span-not-object', 'A step of the trajectory is not an object and was left out.');
      return;
    }
    const query = Array.isArray(step['query']) ? step['query'] : null;
    const said = textOf(step['response']) ?? textOf(step['thought']);
    if (said !== null || Array.isArray(step['tool_calls']))
      sink.span(
        spanRecord({
          ...shared,
          spanId: `${traceId}-call-${at + 1}`,
          parentSpanId: `${traceId}-agent`,
          name: 'chat',
          kind: 'llm',
          order: orderOf(at * 2 + 1),
          source: step,
          inputMessages: query ?? heard,
          outputMessages: [
            {
              role: 'assistant',
              content: said,
              ...(Array.isArray(step['tool_calls']) ? { tool_calls: step['tool_calls'] } : {}),
            },
          ],
        }),
      );
    const action = textOf(step['action'])?.trim() ?? '';
    if (action !== '') {
      const name = /^[\w./-]{1,40}/.exec(action)?.[0] ?? 'command';
      const seconds = amount(step['execution_time']);
      sink.span(
        spanRecord({
          ...shared,
          spanId: `${traceId}-action-${at + 1}`,
          parentSpanId: `${traceId}-agent`,
          name,
          kind: 'tool',
          order: orderOf(at * 2 + 2),
          source: {
            action: step['action'],
            observation: step['observation'],
            state: step['state'],
            execution_time: step['execution_time'],
          },
          tool: { name, arguments: action, result: step['observation'] },
          attributes: seconds === null ? [] : [['swe_agent.execution_time', seconds]],
        }),
      );
    }
    heard = textOf(step['observation']) === null ? [] : [{ role: 'user', content: step['observation'] }];
  });
}
