import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUsage } from '../../src/conventions/amounts.ts';
import type { SlotValues } from '../../src/conventions/types.ts';
import { ledger, priceUsage, readTraces, type PriceTable } from '../../src/core.ts';
import { drawDocument } from '../model/drawTrace.ts';

/** Entries as in LiteLLM's model_prices_and_context_window.json, US dollars per token. */
const TABLE: PriceTable = {
  'gpt-4.1': {
    litellm_provider: 'openai',
    input_cost_per_token: 2e-6,
    output_cost_per_token: 8e-6,
    cache_read_input_token_cost: 5e-7,
  },
  'azure/gpt-4.1': { litellm_provider: 'azure', input_cost_per_token: 3e-6, output_cost_per_token: 9e-6 },
  'claude-haiku-4-5': {
    litellm_provider: 'anthropic',
    input_cost_per_token: 1e-6,
    output_cost_per_token: 5e-6,
    cache_read_input_token_cost: 1e-7,
    cache_creation_input_token_cost: 1.25e-6,
  },
  'gemini/gemini-2.5-pro': {
    litellm_provider: 'gemini',
    input_cost_per_token: 1.25e-6,
    input_cost_per_token_above_200k_tokens: 2.5e-6,
    output_cost_per_token: 1e-5,
    output_cost_per_token_above_200k_tokens: 1.5e-5,
  },
  'o-voice': {
    input_cost_per_token: 1e-6,
    input_cost_per_audio_token: 4e-5,
    output_cost_per_token: 2e-6,
    output_cost_per_reasoning_token: 3e-6,
    output_cost_per_audio_token: 8e-5,
  },
  'text-embedding-3-small': { litellm_provider: 'openai', input_cost_per_token: 2e-8, output_cost_per_token: 0 },
};

const price = (values: SlotValues, model: string, provider: string | null = null) =>
  priceUsage(readUsage(values)!, model, provider, TABLE);
const dollars = (...call: Parameters<typeof price>) => price(...call)?.total ?? null;

describe('priceUsage', () => {
  it('prices what came out of a cache as that: $0.005955, not $0.039084', () => {
    // Agenta 5711: the same call, 6.6 times too dear when all of its input is priced as fresh.
    const call = { inputTokens: 38_084, cacheRead: 36_810, outputTokens: 200 };
    expect(dollars(call, 'claude-haiku-4-5')).toBeCloseTo(0.005955, 9);
    expect(dollars({ inputTokens: 38_084, outputTokens: 200 }, 'claude-haiku-4-5')).toBeCloseTo(0.039084, 9);
  });

  it('tells what each bucket costs', () => {
    expect(price({ inputTokens: 100, cacheRead: 60, outputTokens: 10 }, 'gpt-4.1')).toEqual({
      total: expect.closeTo(0.00019, 12),
      currency: 'USD',
      origin: 'computed',
      parts: {
        inputUncached: expect.closeTo(0.00008, 12),
        cacheRead: expect.closeTo(0.00003, 12),
        outputText: expect.closeTo(0.00008, 12),
      },
    });
  });

  it('prices audio and reasoning apart, and reasoning as output where it has no price', () => {
    expect(
      dollars({ inputTokens: 10, audioInput: 4, outputTokens: 10, reasoning: 3, audioOutput: 2 }, 'o-voice'),
    ).toBeCloseTo(6e-6 + 16e-5 + 10e-6 + 9e-6 + 16e-5, 12);
    expect(dollars({ inputTokens: 10, outputTokens: 10, reasoning: 3 }, 'gpt-4.1')).toBeCloseTo(20e-6 + 80e-6, 12);
  });

  it('prices the whole of a long call by the higher tier', () => {
    expect(dollars({ inputTokens: 200_000, outputTokens: 10 }, 'gemini-2.5-pro', 'google')).toBeCloseTo(
      0.25 + 0.0001,
      9,
    );
    expect(dollars({ inputTokens: 200_001, outputTokens: 10 }, 'gemini-2.5-pro', 'google')).toBeCloseTo(
      0.5000025 + 0.00015,
      9,
    );
  });

  it('prices an embedding, which has no output', () => {
    expect(dollars({ inputTokens: 1000 }, 'text-embedding-3-small')).toBeCloseTo(2e-5, 12);
  });

  it('is zero where nothing was used', () => {
    expect(dollars({ inputTokens: 0, outputTokens: 0 }, 'gpt-4.1')).toBe(0);
  });

  it.each([
    ['the name alone', 'gpt-4.1', null, 2e-6],
    ['the name and its provider', 'gpt-4.1', 'OpenAI', 2e-6],
    ['the provider with the interface', 'gpt-4.1', 'openai.responses', 2e-6],
    ['a prefix that the table lacks', 'openai/gpt-4.1', null, 2e-6],
    ['a prefix that the table has', 'azure/gpt-4.1', null, 3e-6],
    ['a provider that the table knows as prefix', 'gpt-4.1', 'az.ai.openai', 3e-6],
    ['Google’s own prefix', 'models/gemini-2.5-pro', 'gcp.gemini', null],
  ])('finds a model by %s', (_, model, provider, perToken) => {
    expect(dollars({ inputTokens: 1, outputTokens: 0 }, model, provider)).toBe(perToken);
  });

  it.each([
    ['a model that is not in the table', { inputTokens: 1, outputTokens: 1 }, 'gpt-5', null],
    ['a dated name for an undated one', { inputTokens: 1, outputTokens: 1 }, 'gpt-4.1-2025-04-14', null],
    ['the price list of another provider', { inputTokens: 1, outputTokens: 1 }, 'gpt-4.1', 'groq'],
    ['a bucket without a price', { inputTokens: 10, cacheWrite: 5, outputTokens: 1 }, 'gpt-4.1', null],
    ['an output that nobody counted', { inputTokens: 10 }, 'gpt-4.1', null],
    ['a total without its sides', { totalTokens: 10 }, 'gpt-4.1', null],
    ['tokens outside of all buckets', { inputTokens: 10, outputTokens: 1, totalTokens: 30 }, 'gpt-4.1', null],
    ['tokens below zero', { inputTokens: -10, outputTokens: 1 }, 'gpt-4.1', null],
    ['words that are keys of every object', { inputTokens: 10, outputTokens: 1 }, 'constructor', '__proto__'],
  ])('does not guess for %s', (_, values, model, provider) => {
    expect(price(values, model, provider)).toBeNull();
  });

  it.each([null, 7, 'free', [], { input_cost_per_token: { per: 1 } }])(
    'does not stumble over the entry %j',
    (entry) => {
      expect(
        priceUsage(readUsage({ inputTokens: 10, outputTokens: 1 })!, 'm', null, { m: entry as object }),
      ).toBeNull();
    },
  );

  it('of disjoint buckets together is the sum of their prices', () => {
    const counts = fc.record({ fresh: fc.nat(1e6), cached: fc.nat(1e6), said: fc.nat(1e5), thought: fc.nat(1e5) });
    fc.assert(
      fc.property(counts, ({ fresh, cached, said, thought }) => {
        const parts: SlotValues[] = [
          { inputTokens: fresh, outputTokens: 0 },
          { inputTokens: cached, cacheRead: cached, outputTokens: 0 },
          { inputTokens: 0, outputTokens: said },
          { inputTokens: 0, outputTokens: thought, reasoning: thought },
        ];
        const together = dollars(
          { inputTokens: fresh + cached, cacheRead: cached, outputTokens: said + thought, reasoning: thought },
          'gpt-4.1',
        );
        expect(together).toBeCloseTo(
          parts.reduce((sum, part) => sum + dollars(part, 'gpt-4.1')!, 0),
          9,
        );
      }),
    );
  });
});

describe('a price table given when reading', () => {
  const costs = (drawing: string) => {
    const [trace] = readTraces(drawDocument(drawing), { prices: TABLE }).traces;
    return {
      spans: Array.from(trace!.spans(), ({ cost }) => cost && [cost.origin, Number(cost.total!.toFixed(9))]),
      total: ledger(trace!).total,
      conflicts: ledger(trace!).conflicts,
    };
  };

  it('prices calls that report none, leaves those that do, and says that the total is of both sorts', () => {
    const { spans, total } = costs(`
      agent          0-------100
        llm asked     10-40       in=100 out=10 model=gpt-4.1
        llm reported    50--90    in=100 out=10 model=gpt-4.1 cost=0.5
        llm unknown     91--95    in=100 out=10 model=gpt-6
    `);
    expect(spans).toEqual([null, ['computed', 0.00028], ['reported', 0.5], null]);
    expect([total.cost.origin, total.callsWithCost, total.calls]).toEqual(['mixed', 2, 3]);
  });

  it('counts a wrapper and its call once, and does not argue with what the call reports', () => {
    const { total, conflicts } = costs(`
      agent wrapper  0-------100  in=100 out=10 model=gpt-4.1
        llm call      10-40       in=100 out=10 model=gpt-4.1 cost=0.0002
    `);
    expect([total.cost.total, total.cost.origin, conflicts]).toEqual([0.0002, 'reported', []]);
  });
});
