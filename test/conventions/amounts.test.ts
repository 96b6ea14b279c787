import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCost, readUsage } from '../../src/conventions/amounts.ts';

describe('readUsage', () => {
  it('takes details out of the sum that they are part of', () => {
    expect(
      readUsage({
        inputTokens: 100,
        cacheRead: 60,
        cacheWrite: 10,
        audioInput: 5,
        outputTokens: 50,
        reasoning: 20,
        audioOutput: 4,
      }),
    ).toEqual({
      input: 100,
      output: 50,
      total: 150,
      inputUncached: 25,
      cacheRead: 60,
      cacheWrite: 10,
      audioInput: 5,
      outputText: 26,
      reasoning: 20,
      audioOutput: 4,
      other: {},
    });
  });

  it('adds details that exceed the sum, as their producer left them out of it', () => {
    expect(readUsage({ inputTokens: 10, cacheRead: 60, cacheWrite: 5, outputTokens: 4, reasoning: 6 })).toMatchObject({
      input: 75,
      inputUncached: 10,
      cacheRead: 60,
      cacheWrite: 5,
      output: 10,
      outputText: 4,
      reasoning: 6,
      total: 85,
    });
  });

  it('adds nothing where details equal the sum', () => {
    expect(readUsage({ inputTokens: 60, cacheRead: 60 })).toMatchObject({ input: 60, inputUncached: 0 });
  });

  it.each([
    [17_903, 17_817, 86],
    [117_231, 115_584, 1_647],
  ])('leaves of %i tokens with %i out of the cache only the fresh ones', (inputTokens, cacheRead, fresh) => {
    expect(readUsage({ inputTokens, cacheRead, outputTokens: 40, totalTokens: inputTokens + 40 })).toMatchObject({
      input: inputTokens,
      inputUncached: fresh,
      cacheRead,
      total: inputTokens + 40,
    });
  });

  it('believes a total that tells that details come on top', () => {
    // Gemini: thoughts are no part of the candidates. Anthropic: what was cached is no part of the input.
    expect(readUsage({ inputTokens: 100, outputTokens: 80, reasoning: 50, totalTokens: 230 })).toMatchObject({
      input: 100,
      output: 130,
      outputText: 80,
      reasoning: 50,
      total: 230,
    });
    expect(readUsage({ inputTokens: 100, cacheRead: 60, outputTokens: 80, totalTokens: 240 })).toMatchObject({
      input: 160,
      inputUncached: 100,
      output: 80,
      total: 240,
    });
    expect(
      readUsage({ inputTokens: 100, cacheRead: 60, outputTokens: 80, reasoning: 50, totalTokens: 290 }),
    ).toMatchObject({ input: 160, output: 130, total: 290 });
  });

  it('takes what could be either for the input, once', () => {
    expect(
      readUsage({ inputTokens: 100, cacheRead: 50, outputTokens: 80, reasoning: 50, totalTokens: 230 }),
    ).toMatchObject({ input: 150, output: 80, outputText: 30, total: 230 });
  });

  it('counts cached audio once, as cached', () => {
    expect(readUsage({ inputTokens: 100, cacheRead: 80, audioInput: 60, outputTokens: 5 })).toMatchObject({
      input: 100,
      cacheRead: 80,
      audioInput: 20,
      inputUncached: 0,
      total: 105,
    });
  });

  it('raises a total that leaves out what was added', () => {
    expect(readUsage({ inputTokens: 10, cacheRead: 60, outputTokens: 5, totalTokens: 15 })).toMatchObject({
      input: 70,
      output: 5,
      total: 75,
    });
  });

  it('puts every token in exactly one bucket', () => {
    const count = fc.option(fc.nat(50), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          inputTokens: fc.nat(99),
          outputTokens: fc.nat(99),
          totalTokens: count,
          cacheRead: count,
          cacheWrite: count,
          audioInput: count,
          reasoning: count,
          audioOutput: count,
        }),
        (values) => {
          const {
            input,
            output,
            total,
            inputUncached,
            cacheRead,
            cacheWrite,
            audioInput,
            outputText,
            reasoning,
            audioOutput,
          } = readUsage(values)!;
          expect(inputUncached! + (cacheRead ?? 0) + (cacheWrite ?? 0) + (audioInput ?? 0)).toBe(input);
          expect(outputText! + (reasoning ?? 0) + (audioOutput ?? 0)).toBe(output);
          expect(Math.min(inputUncached!, outputText!)).toBeGreaterThanOrEqual(0);
          const added = input !== values.inputTokens || output !== values.outputTokens;
          expect(total! >= input! + output! || (!added && total === values.totalTokens)).toBe(true);
        },
      ),
    );
  });

  it('leaves unknown what nobody reported, which is not zero', () => {
    expect(readUsage({ inputTokens: 10 })).toEqual({
      input: 10,
      output: null,
      total: 10,
      inputUncached: 10,
      cacheRead: null,
      cacheWrite: null,
      audioInput: null,
      outputText: null,
      reasoning: null,
      audioOutput: null,
      other: {},
    });
    expect(readUsage({ outputTokens: 0 })).toMatchObject({
      input: null,
      output: 0,
      outputText: 0,
      reasoning: null,
      total: 0,
    });
    expect(readUsage({ totalTokens: 30 })).toMatchObject({ input: null, output: null, total: 30 });
  });

  it('believes a total that is given, and numbers as text', () => {
    expect(readUsage({ inputTokens: '10', outputTokens: 5n, totalTokens: '16' })).toMatchObject({
      input: 10,
      output: 5,
      total: 16,
    });
  });

  it.each([{}, { inputTokens: 'many' }, { cacheRead: 5 }, { inputTokens: Number.NaN, outputTokens: null }])(
    'knows nothing from %o',
    (values) => {
      expect(readUsage(values)).toBeNull();
    },
  );
});

describe('amounts that nobody can mean', () => {
  it('are unknown: negative, without end, or beyond what can be added up', () => {
    expect(readUsage({ inputTokens: -1, outputTokens: -1 })).toBeNull();
    expect(readUsage({ inputTokens: 10, cacheRead: -1, outputTokens: 2 })).toMatchObject({
      inputUncached: 10,
      cacheRead: null,
      total: 12,
    });
    expect(readUsage({ inputTokens: 10n ** 400n, outputTokens: 3 })).toMatchObject({
      input: null,
      output: 3,
      total: 3,
    });
    expect(readUsage({ inputTokens: 1.7e308, outputTokens: 1.7e308 })).toBeNull();
    expect(readCost({ costTotal: -0.1 })).toBeNull();
  });
});

describe('readCost', () => {
  it('sums the parts where neither the total nor a side is recorded', () => {
    expect(readCost({ costParts: { inputUncached: 0.1, outputText: 0.2 } })).toMatchObject({
      total: 0.1 + 0.2,
      origin: 'reported',
    });
    expect(readCost({ costInput: 0.5, costParts: { cacheRead: 0.1 } })).toMatchObject({ total: 0.5 });
  });
});
