import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { agentTurns } from '../../src/analysis/amounts/agentTurns.ts';
import { parseTraces, readTraces, type Trace } from '../../src/core.ts';
import { documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const recording = async (path: string): Promise<readonly Trace[]> =>
  (await parseTraces(readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8'))).traces;
const turnsByName = (traces: readonly Trace[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    traces.flatMap((trace) =>
      Array.from(trace.spans())
        .filter(({ kind }) => kind === 'agent')
        .map(({ name, index }) => [name, agentTurns(trace)[index]!]),
    ),
  );

describe('agentTurns', () => {
  it('counts the turns of recorded agents, those of an agent inside another as the inner one’s', async () => {
    expect(turnsByName(await recording('otlp/support-agent.otlp.jsonl'))).toEqual({
      triage_agent: 1,
      billing_agent: 2,
      resolution_agent: 25,
    });
    expect(turnsByName(await recording('otlp/ai-sdk-agent.otlp.jsonl'))).toEqual({ 'invoke_agent incident_agent': 10 });
    expect(turnsByName(await recording('otlp/traceloop-agent.otlp.jsonl'))).toEqual({
      menu_agent: 4,
      nutrition_agent: 1,
    });
  });

  it('counts calls that run at the same time as one', () => {
    const trace = drawTrace(`
      agent a      0---------100
        llm one      0--20
        llm two       5---30
        llm three        30-50
        llm four           49-60
    `);
    expect(agentTurns(trace)[0]).toBe(3);
  });

  it('walks a path of 100,000 agents and calls', () => {
    const id = (place: number): string => (place + 1).toString(16).padStart(16, '0');
    const spans = Array.from({ length: 100_000 }, (_, place) => ({
      traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
      spanId: id(place),
      ...(place === 0 ? {} : { parentSpanId: id(place - 1) }),
      name: 'step',
      attributes: [{ key: 'openinference.span.kind', value: { stringValue: place % 2 === 0 ? 'AGENT' : 'LLM' } }],
    }));
    const [trace] = readTraces(documentOf(spans)).traces;
    expect(agentTurns(trace!).reduce((sum, turns) => sum + turns, 0)).toBe(50_000);
  });
});
