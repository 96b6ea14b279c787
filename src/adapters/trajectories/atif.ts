import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { contentHash } from '../../model/hash.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { spanRecord, type ToldSpan } from '../spans/spanRecord.ts';
import { firstWords, orderOf, picked, plainText } from '../spans/words.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Trajectories in Harbor's format (ATIF 1.x, Terminal-Bench): the agent, below it a model call for each of its steps and
 * the tools of that step; trajectories of other agents below the tool that names them. A step has one time or none, so
 * lengths are estimates or unknown. `final_metrics` repeats the sum and is not added.
 */
export const readAtif: ReadAll = (documents, sink) => {
  const found = new Map<string, Trajectory>();
  const open = entriesOf(documents, sink).map(({ fields }) => fields);
  for (let next = open.shift(); next; next = open.shift()) {
    const id =
      textOf(next['trajectory_id']) ?? textOf(next['session_id']) ?? `trajectory-${contentHash(next).toString(36)}`;
    const key = found.has(id) ? `${id}#${found.size}` : id;
    const inner = Array.isArray(next['subagent_trajectories']) ? next['subagent_trajectories'].filter(isObject) : [];
    found.set(key, { id: key, fields: next, caller: null });
    for (const each of inner) {
      const innerId = textOf(each['trajectory_id']) ?? textOf(each['session_id']);
      if (innerId !== null && !found.has(innerId))
        found.set(innerId, { id: innerId, fields: each, caller: { id: key, tool: null } });
      else open.push(each);
      for (const more of Array.isArray(each['subagent_trajectories']) ? each['subagent_trajectories'] : [])
        if (isObject(more)) open.push(more);
    }
  }
  for (const trajectory of found.values()) linkAgents(trajectory, found);
  for (const trajectory of found.values()) readTrajectory(trajectory, rootOf(trajectory, found), sink);
};

interface Trajectory {
  readonly id: string;
  readonly fields: Fields;
  /** Which trajectory, and which of its tools, sent this one off. */
  caller: { readonly id: string; readonly tool: string | null } | null;
}

const stepsOf = ({ fields }: Trajectory): readonly Fields[] =>
  Array.isArray(fields['steps']) ? fields['steps'].filter(isObject) : [];

const resultsOf = (step: Fields): readonly Fields[] => {
  const { observation } = step;
  const results = isObject(observation) ? observation['results'] : undefined;
  return Array.isArray(results) ? results.filter(isObject) : [];
};

function linkAgents(trajectory: Trajectory, found: ReadonlyMap<string, Trajectory>): void {
  for (const step of stepsOf(trajectory)) {
    for (const result of resultsOf(step)) {
      const refs = result['subagent_trajectory_ref'];
      for (const ref of Array.isArray(refs) ? refs : [refs]) {
        const target = isObject(ref) ? found.get(textOf(ref['trajectory_id'] ?? ref['session_id']) ?? '') : undefined;
        const call = textOf(result['source_call_id']);
        if (target && target !== trajectory)
          target.caller = { id: trajectory.id, tool: call === null ? null : `${trajectory.id}/${call}` };
      }
    }
  }
}

/** The trajectory that nobody sent off; where they sent off each other, the one asked about. */
function rootOf(trajectory: Trajectory, found: ReadonlyMap<string, Trajectory>): Trajectory | null {
  let at = trajectory;
  for (let step = 0; at.caller && step <= found.size; step += 1) {
    const above = found.get(at.caller.id);
    if (!above) return null;
    if (step === found.size) return null;
    at = above;
  }
  return at;
}

function readTrajectory(trajectory: Trajectory, root: Trajectory | null, sink: SpanSink): void {
  const { id, fields, caller } = trajectory;
  const steps = stepsOf(trajectory);
  const agent = isObject(fields['agent']) ? fields['agent'] : {};
  const traceId = (root ?? trajectory).id;
  const name = textOf(agent['name']) ?? 'agent';
  const sessionId = textOf(fields['session_id']) ?? textOf((root ?? trajectory).fields['session_id']);
  const times = steps.flatMap(({ timestamp }) => textOf(timestamp) ?? []).sort();
  const prompt = steps.find(({ source }) => source === 'user')?.['message'];
  const answer = steps.findLast(({ source }) => source === 'agent')?.['message'];
  const shared = { traceId, sessionId, service: name, isOver: true, timeUnit: 'iso' as const };
  const extra =
    isObject(fields['final_metrics']) && isObject(fields['final_metrics']['extra'])
      ? fields['final_metrics']['extra']
      : {};
  sink.span(
    spanRecord({
      ...shared,
      spanId: id,
      parentSpanId: root === null || caller === null ? null : (caller.tool ?? caller.id),
      name,
      kind: 'agent',
      start: times[0],
      end: times.at(-1),
      order: orderOf(0),
      source: fields,
      inner: ['steps', 'subagent_trajectories'],
      inputMessages: prompt === undefined ? [] : [{ role: 'user', content: prompt }],
      outputMessages: answer === undefined ? [] : [{ role: 'assistant', content: answer }],
      toolDefinitions: agent['tool_definitions'],
      attributes: picked(agent, ['version', 'model_name'], 'atif.agent.'),
    }),
  );
  if (caller === null || root === null) {
    sink.trace(traceId, {
      name: firstWords(plainText(prompt)) ?? name,
      ...(sessionId === null ? {} : { sessionId }),
      metadata: Object.fromEntries(picked(fields, ['schema_version', 'notes', 'extra'])),
    });
    const reward = extra['reward'];
    if (amount(reward) !== null)
      sink.score(
        {
          name: 'reward',
          value: amount(reward),
          label: null,
          comment: null,
          source: 'code',
          target: { level: 'trace', key: traceId },
        },
        { source: fields },
      );
  }
  let heard: Fields[] = [];
  for (const [at, step] of steps.entries()) {
    const isAgent = step['source'] === 'agent';
    if (isAgent && step['is_copied_context'] !== true) {
      const next = steps.slice(at + 1, at + 2)[0]?.['timestamp'];
      for (const told of stepRecords(step, { id, at, heard, agent, next }))
        sink.span(spanRecord({ ...shared, ...told }));
      heard = [];
    } else heard.push({ role: isAgent ? 'assistant' : step['source'], content: step['message'] });
    for (const result of resultsOf(step))
      heard.push({ role: 'tool', tool_call_id: result['source_call_id'], content: result['content'] ?? '' });
  }
}

interface AroundStep {
  readonly id: string;
  readonly at: number;
  readonly heard: readonly Fields[];
  readonly agent: Fields;
  readonly next: unknown;
}

/** A step's call of the model, where it had one, and its tools. */
function* stepRecords(
  step: Fields,
  { id, at, heard, agent, next }: AroundStep,
): Generator<Omit<ToldSpan, 'traceId'>, void> {
  const calls = Array.isArray(step['tool_calls']) ? step['tool_calls'].filter(isObject) : [];
  const metrics = isObject(step['metrics']) ? step['metrics'] : null;
  const start = step['timestamp'];
  const times = { start, end: textOf(start) === null ? null : (next ?? start), isEstimated: textOf(start) !== null };
  const stepId = `${id}/step-${textOf(step['step_id']) ?? at + 1}`;
  if (step['llm_call_count'] !== 0) {
    const model = textOf(step['model_name']) ?? textOf(agent['model_name']);
    yield {
      spanId: stepId,
      parentSpanId: id,
      name: model === null ? 'chat' : `chat ${model}`,
      kind: 'llm',
      ...times,
      order: orderOf(at * 1000 + 1),
      source: step,
      model,
      tokens: metrics
        ? { input: metrics['prompt_tokens'], output: metrics['completion_tokens'], cacheRead: metrics['cached_tokens'] }
        : undefined,
      cost: metrics?.['cost_usd'],
      inputMessages: heard,
      outputMessages: [
        {
          role: 'assistant',
          content: step['message'],
          reasoning_content: step['reasoning_content'] ?? null,
          tool_calls: calls.map((call) => ({
            id: call['tool_call_id'],
            name: call['function_name'],
            arguments: call['arguments'],
          })),
        },
      ],
      attributes: picked(step, ['llm_call_count', 'reasoning_effort'], 'atif.'),
    };
  }
  for (const [place, call] of calls.entries()) {
    const callId = textOf(call['tool_call_id']) ?? `${stepId}-${place + 1}`;
    const result = resultsOf(step).find((each) => each['source_call_id'] === call['tool_call_id']);
    yield {
      spanId: `${id}/${callId}`,
      parentSpanId: id,
      name: textOf(call['function_name']) ?? 'tool',
      kind: 'tool',
      ...times,
      order: orderOf(at * 1000 + 2 + place),
      source: call,
      ...(result ? { sources: [call, result] } : {}),
      tool: { name: call['function_name'], callId, arguments: call['arguments'], result: result?.['content'] },
    };
  }
}
