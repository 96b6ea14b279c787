import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  agentGraph,
  agentGraphInSteps,
  atOnce,
  parseTraces,
  type CallGraph,
  type GraphMode,
  type Trace,
} from '../../../src/core.ts';
import { trajectoryFiles } from '../../fixtures/generate/trajectories.ts';
import { drawTrace } from '../../model/drawTrace.ts';
import { edgeLines } from './edgeLines.ts';

const graphOf = (trace: Trace, mode?: GraphMode): CallGraph => atOnce(agentGraphInSteps(trace, mode));
const recorded = async (file: string): Promise<Trace> =>
  (await parseTraces(readFileSync(new URL(`../../fixtures/${file}`, import.meta.url), 'utf8'))).traces[0]!;

describe('agentGraph', () => {
  const trace = drawTrace(`
    agent desk             0---------------------100
      chain turn 1         0-----40
        llm a              0-10       model=gpt-5 in=10 out=5 cost=0.5
        tool search ✗         10-20
        tool search              20-30
      chain turn 2               40-----70
        llm a                    40-50  model=gpt-5 in=20 out=5
        agent refunds               50-70
          llm b                     50-60 model=gpt-5 in=1 out=1 cost=0.25
      chain turn 3                         70---100
        llm a                              70-80 model=gpt-5 in=1 out=1 cost=0.25
  `);

  it('says who called whom, each once', () => {
    const graph = graphOf(trace);
    expect(edgeLines(graph)).toEqual([
      'agent agent desk → llm gpt-5 ×3 ↻2',
      'agent agent desk → tool tool search ×2',
      'agent agent desk → agent agent refunds ×1',
      'agent agent refunds → llm gpt-5 ×1',
    ]);
    expect(graph.nodes.map(({ kind, name, isEntry, calls }) => [kind, name, isEntry, calls.length])).toEqual([
      ['agent', 'agent desk', true, 1],
      ['llm', 'gpt-5', false, 4],
      ['tool', 'tool search', false, 2],
      ['agent', 'agent refunds', false, 1],
    ]);
  });

  it('is the same in slices', async () => {
    for (const mode of ['calls', 'run'] as const)
      expect(await agentGraph(trace, { mode })).toEqual(graphOf(trace, mode));
  });

  it('adds up time, tokens, cost and failures; what is unknown is not 0', () => {
    const [models, search, refunds] = graphOf(trace).edges;
    expect(models).toMatchObject({ ownTime: 30e6, time: 30e6, tokens: 42, cost: 0.75, callsWithCost: 2, errors: 0 });
    expect(search).toMatchObject({ time: 20e6, tokens: null, cost: null, callsWithCost: 0, errors: 1 });
    expect(refunds).toMatchObject({ ownTime: 10e6, time: 20e6, ownTokens: null, tokens: 2, ownCost: null, cost: 0.25 });
  });

  it('says what followed what, with the models and tools of each agent for themselves', () => {
    expect(edgeLines(graphOf(trace, 'run'))).toEqual([
      'agent agent desk → agent agent desk › llm gpt-5 ×1',
      'agent agent desk › llm gpt-5 ⇢ agent agent desk › tool tool search ×1',
      'agent agent desk › tool tool search ⇢ agent agent desk › tool tool search ×1',
      'agent agent desk › tool tool search ⇢ agent agent desk › llm gpt-5 ×1 ↻1',
      'agent agent desk › llm gpt-5 ⇢ agent agent refunds ×1',
      'agent agent refunds → agent agent refunds › llm gpt-5 ×1',
      'agent agent refunds ⇢ agent agent desk › llm gpt-5 ×1 ↻1',
    ]);
  });

  it('knows of each span in whose call it is', () => {
    const { nodeOf, edgeOf, callOf } = graphOf(trace);
    const of = (index: number) => [callOf[index], nodeOf[index], edgeOf[index]];
    expect(of(0)).toEqual([0, 0, -1]);
    expect(of(1)).toEqual([0, 0, -1]);
    expect(of(2)).toEqual([2, 1, 0]);
    expect(of(8)).toEqual([8, 1, 3]);
  });

  it('gives what a model asked for to who called the model, also where it is recorded inside the model', () => {
    const inside = drawTrace(`
      agent a      0-------------100
        llm one    0--------60      model=m
          tool t      20-40
          tool u          40-60
        llm two             60-100  model=m
    `);
    expect(edgeLines(graphOf(inside)).map((line) => line.replaceAll('agent agent a', 'a'))).toEqual([
      'a → llm m ×2',
      'a → tool tool t ×1',
      'a → tool tool u ×1',
    ]);
    expect(edgeLines(graphOf(inside, 'run')).map((line) => line.replaceAll('agent agent a', 'a'))).toEqual([
      'a → a › llm m ×1',
      'a › llm m ⇢ a › tool tool t ×1',
      'a › tool tool t ⇢ a › tool tool u ×1',
      'a › tool tool u ⇢ a › llm m ×1',
    ]);
  });

  it('counts a call that two instrumentations recorded once, and an agent inside itself twice', () => {
    const graph = graphOf(
      drawTrace(`
        agent a        0--------------100
          llm outer    0----50         model=gpt-5-2026 in=5 out=5
            llm inner  0---49          model=gpt-5 in=5 out=5
          agent a          50------100
            tool t         50----90
              tool t       51---89
      `),
    );
    expect(edgeLines(graph)).toEqual([
      'agent agent a → llm gpt-5-2026 ×1',
      'agent agent a → agent agent a ×1',
      'agent agent a → tool tool t ×1',
    ]);
    expect(graph.edges[0]).toMatchObject({ tokens: 10, ownTokens: 10 });
    expect(graph.edges[1]).toMatchObject({ time: 50e6 });
    // The call inside is part of the one around it.
    expect(graph.nodes[0]).toMatchObject({ time: 100e6 });
  });

  it('has a node for another service, and what it calls', () => {
    const graph = graphOf(
      drawTrace(`
        chain web     0------100  service=web
          http post   0-----90    service=web
            http post 10---80     service=worker
              agent a   20-70     service=worker
      `),
    );
    expect(edgeLines(graph)).toEqual(['chain chain web → service worker ×1', 'service worker → agent agent a ×1']);
  });

  it('takes branches for what they are: what ran side by side followed the same', () => {
    const graph = graphOf(
      drawTrace(`
        agent a    0------------100
          llm m    0-20            model=m
          tool x      20---60
          tool y      25--50
          llm m             60-100 model=m
      `),
      'run',
    );
    expect(edgeLines(graph).map((line) => line.replaceAll('agent agent a', 'a'))).toEqual([
      'a → a › llm m ×1',
      'a › llm m ⇢ a › tool tool x ×1',
      'a › llm m ⇢ a › tool tool y ×1',
      'a › tool tool x ⇢ a › llm m ×1',
    ]);
  });

  it('honours what OpenInference records of a graph: hand-offs stand between the agents, not their starter', async () => {
    const graph = graphOf(await recorded('otlp/support-agent.otlp.jsonl'));
    expect(edgeLines(graph).filter((line) => /⇒|service agent-worker → agent/.test(line))).toEqual([
      'service agent-worker → agent triage_agent ×1',
      'agent triage_agent ⇒ agent billing_agent ×1',
      'agent billing_agent ⇒ agent resolution_agent ×1',
    ]);
    expect(edgeLines(graph)).toContain('agent resolution_agent → llm gpt-4.1 ×12 ↻8');
    expect(graph.edges.find(({ to }) => graph.nodes[to]!.name === 'refund.eligibility')).toMatchObject({ errors: 1 });
  });

  it.each(['otlp/langgraph.otlp.jsonl', 'langsmith/parcel-desk.runs.jsonl'])(
    'has the nodes of LangGraph, and its loop: %s',
    async (file) => {
      expect(edgeLines(graphOf(await recorded(file), 'run'))).toEqual([
        'chain stuck_tracking → chain __start__ ×1',
        'chain __start__ ⇢ chain agent ×1',
        'chain agent → chain agent › llm gpt-5-mini ×5',
        'chain agent ⇢ chain tools ×4',
        'chain tools → chain tools › tool track_parcel ×4',
        'chain tools ⇢ chain agent ×4 ↻3',
      ]);
    },
  );

  it('has no times where there is no clock, and goes by the order then', async () => {
    const { texts } = trajectoryFiles.find(({ expected }) => expected.format === 'swe-agent')!;
    const graph = graphOf((await parseTraces(texts[0]!)).traces[0]!, 'run');
    expect(graph.edges.every(({ time, ownTime }) => time === null && ownTime === null)).toBe(true);
    expect(graph.edges.map(({ from, to }) => [graph.nodes[from]!.name, graph.nodes[to]!.name])).toEqual([
      ['SWE-agent', 'chat'],
      ['chat', 'ls'],
      ['ls', 'chat'],
      ['chat', 'submit'],
    ]);
  });
});
