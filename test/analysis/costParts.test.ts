import fc from 'fast-check';
import { expect, it } from 'vitest';
import { costParts } from '../../src/analysis/amounts/costParts.ts';
import { priceUsage, type Usage } from '../../src/core.ts';

const usage: Usage = {
  input: 1000,
  output: 200,
  total: 1200,
  inputUncached: 400,
  cacheRead: 600,
  cacheWrite: null,
  audioInput: null,
  outputText: 150,
  reasoning: 50,
  audioOutput: null,
  other: {},
};
const parts = (total: number | null, reported: Readonly<Record<string, number>>): string[] =>
  costParts({ cost: { total, currency: 'USD', origin: 'reported', parts: reported }, usage }).map(
    ({ id, name, amount, tokens }) =>
      `${name ?? id} ${Number(amount.toPrecision(6))}${tokens === null ? '' : ` for ${tokens}`}`,
  );

it('gives the parts in the order of the token bar, with the tokens they are for', () => {
  expect(parts(6, { outputText: 3, reasoning: 1, inputUncached: 1.5, cacheRead: 0.5 })).toEqual([
    'cacheRead 0.5 for 600',
    'input 1.5 for 400',
    'output 3 for 150',
    'reasoning 1 for 50',
  ]);
});
it('takes what was cached off a sum of all input that stands beside it', () => {
  expect(parts(5, { input: 2, output: 3, cacheRead: 0.5 })).toEqual([
    'cacheRead 0.5 for 600',
    'input 1.5 for 400',
    'output 3 for 150',
  ]);
  expect(parts(5.5, { input: 2, output: 3, cacheRead: 0.5 })).toEqual([
    'cacheRead 0.5 for 600',
    'input 2 for 400',
    'output 3 for 150',
  ]);
});
it('knows the words of producers, keeps those it does not know, and names what nobody explains', () => {
  expect(parts(5, { input_cached_tokens: 1, output_reasoning: 2, web_search: 1.5, constructor: 0 })).toEqual([
    'cacheRead 1 for 600',
    'reasoning 2 for 50',
    'web_search 1.5',
    'rest 0.5',
  ]);
});
it('says nothing where no part is known', () => expect(parts(5, {})).toEqual([]));
it('of a computed cost adds up to it', () => {
  const tokens = fc.nat(1_000_000);
  fc.assert(
    fc.property(tokens, tokens, tokens, tokens, (inputUncached, cacheRead, outputText, reasoning) => {
      const asked: Usage = {
        ...usage,
        inputUncached,
        cacheRead,
        outputText,
        reasoning,
        input: inputUncached + cacheRead,
        output: outputText + reasoning,
        total: null,
      };
      const cost = priceUsage(asked, 'm', null, {
        m: { input_cost_per_token: 3e-6, cache_read_input_token_cost: 3e-7, output_cost_per_token: 1.5e-5 },
      })!;
      expect(costParts({ cost, usage: asked }).reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(
        cost.total!,
        9,
      );
    }),
  );
});
