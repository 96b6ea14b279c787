import { describe, expect, it } from 'vitest';
import { contextWindow, modelFacts, parseTraces, type AgentContext } from '../../../src/core.ts';
import { codingBreaks, codingCalls, codingPrices, codingSession } from '../../fixtures/generate/codingSession.ts';
import { wireOf } from '../../fixtures/generate/modelSession.ts';

const read = async (counts?: 'none' | 'no tokens'): Promise<AgentContext> => {
  const { traces } = await parseTraces(codingSession({ counts: counts ?? 'cache' }));
  const { agents } = await contextWindow(traces[0]!, {
    modelFacts: (model, provider, input) => modelFacts(model, provider, codingPrices, input),
  });
  expect(agents).toHaveLength(1);
  return agents[0]!;
};
const causes = ({ calls }: AgentContext): object =>
  Object.fromEntries(calls.flatMap(({ cache }, place) => (cache.cause === null ? [] : [[place, cache.cause]])));

describe('a session of a coding agent', () => {
  it('tells each break by its cause, and nothing else', async () => {
    const agent = await read();
    expect(causes(agent)).toEqual(codingBreaks);
    expect(agent.calls[0]!.cache.state).toBe('first');
    expect(agent.calls.filter(({ cache }) => cache.state === 'kept')).toHaveLength(
      59 - Object.keys(codingBreaks).length,
    );
    expect(agent.calls.flatMap(({ compacted }, place) => (compacted ? [place] : []))).toEqual([34]);
    expect(agent.calls[12]!.cache.difference).toMatchObject({ section: 'system', message: 0 });
    expect(agent.calls[12]!.cache.difference!.now).toContain('09:21:40');
    expect(agent.calls[12]!.cache.difference!.before).toContain('09:14:05');
  });

  it('shares out the recorded tokens near what the wire says, and names the tools that take most', async () => {
    const agent = await read();
    for (const [place, call] of codingCalls().entries()) {
      const { sections, input, limit } = agent.calls[place]!;
      expect(limit).toBe(200_000);
      const tools = wireOf({ tools: call.tools ?? [], messages: [] }).length / 2.6;
      expect(Math.abs(sections.tools.tokens! - tools)).toBeLessThan(tools * 0.1 + 10);
      const results = call.messages.reduce((sum, { result }) => sum + JSON.stringify(result?.text ?? '').length, 0);
      expect(Math.abs(sections.toolResults.tokens! - results / 2.6)).toBeLessThan(0.08 * input!);
    }
    expect(agent.calls[agent.peak]!.results[0]!.name).toBe('read_file');
  });

  it('says what breaks cost as the provider charged it', async () => {
    const agent = await read();
    // What the cache of the provider read before and did not read now, at the price of writing less that of reading.
    let tokens = 0;
    let usd = 0;
    for (const place of Object.keys(codingBreaks).map(Number)) {
      const { cache, input } = agent.calls[place]!;
      const before = agent.calls[place - 1]!.input!;
      // A summary and cleared results are sent for the first time: only what is the same could have been read.
      const could = cache.cause === 'compaction' || cache.cause === 'edited' ? cache.shared! + cache.lost! : before;
      tokens += Math.min(could, input!) - cache.read!;
      usd += (Math.min(could, input!) - cache.read!) * (3.75e-6 - 3e-7);
    }
    expect(Math.abs(agent.lost.tokens! - tokens)).toBeLessThan(tokens * 0.03);
    expect(Math.abs(agent.lost.cost!.amount - usd)).toBeLessThan(usd * 0.03);
    expect(agent.lost.calls).toBe(7);
  });

  it('knows of breaks in the text where no cache is recorded, and of no misses', async () => {
    const { 28: _miss, 50: _idle, ...inText } = codingBreaks;
    for (const counts of ['none', 'no tokens'] as const) {
      const agent = await read(counts);
      expect(causes(agent)).toEqual(inText);
      expect(agent.calls[28]!.cache.state).toBe('unknown');
      expect(agent.lost.cost).toBeNull();
      expect(agent.cached).toBeNull();
      expect(agent.lost.tokens === null).toBe(counts === 'no tokens');
    }
  });
});
