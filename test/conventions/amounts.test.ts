import { describe, expect, it } from 'vitest';
import { readUsage } from '../../src/conventions/amounts.ts';

describe('readUsage', () => {
  it('takes details out of the sum that they are part of', () => {
    expect(readUsage({ inputTokens: 100, cacheRead: 60, cacheWrite: 10, audioInput: 5, outputTokens: 50, reasoning: 20, audioOutput: 4 })).toEqual({
      input: 100, output: 50, total: 150, inputUncached: 25, cacheRead: 60, cacheWrite: 10, audioInput: 5, outputText: 26, reasoning: 20, audioOutput: 4, other: {},
    });
  });

  it('adds details that exceed the sum, as their producer left them out of it', () => {
    expect(readUsage({ inputTokens: 10, cacheRead: 60, cacheWrite: 5, outputTokens: 4, reasoning: 6 })).toMatchObject({
      input: 75, inputUncached: 10, cacheRead: 60, cacheWrite: 5, output: 10, outputText: 4, reasoning: 6, total: 85,
    });
  });

  it('adds nothing where details equal the sum', () => {
    expect(readUsage({ inputTokens: 60, cacheRead: 60 })).toMatchObject({ input: 60, inputUncached: 0 });
  });

  it('leaves unknown what nobody reported, which is not zero', () => {
    expect(readUsage({ inputTokens: 10 })).toEqual({
      input: 10, output: null, total: 10, inputUncached: 10, cacheRead: null, cacheWrite: null, audioInput: null, outputText: null, reasoning: null, audioOutput: null, other: {},
    });
    expect(readUsage({ outputTokens: 0 })).toMatchObject({ input: null, output: 0, outputText: 0, reasoning: null, total: 0 });
    expect(readUsage({ totalTokens: 30 })).toMatchObject({ input: null, output: null, total: 30 });
  });

  it('believes a total that is given, and numbers as text', () => {
    expect(readUsage({ inputTokens: '10', outputTokens: 5n, totalTokens: '16' })).toMatchObject({ input: 10, output: 5, total: 16 });
  });

  it.each([{}, { inputTokens: 'many' }, { cacheRead: 5 }, { inputTokens: Number.NaN, outputTokens: null }])('knows nothing from %o', (values) => {
    expect(readUsage(values)).toBeNull();
  });
});
