import { describe, expect, it } from 'vitest';
import { joinTokens } from '../../src/conventions/joinTokens.ts';
import { readEnvelope } from '../../src/conventions/readEnvelope.ts';

describe('tokens reported by several dialects', () => {
  it('come with the details of the one that tells the sum', () => {
    expect(
      joinTokens([
        { inputTokens: 5000, outputTokens: 10 },
        { inputTokens: 8000, cacheRead: 3000 },
      ]),
    ).toEqual({ inputTokens: 5000, outputTokens: 10 });
  });

  it('are completed by another that tells the same sum, or none', () => {
    expect(
      joinTokens([{ inputTokens: 100, outputTokens: 10 }, { inputTokens: '100', cacheRead: 60 }, { reasoning: 4 }]),
    ).toEqual({ inputTokens: 100, outputTokens: 10, cacheRead: 60, reasoning: 4 });
  });

  it('take each side from the first that has it', () => {
    expect(joinTokens([{ inputTokens: 7 }, { inputTokens: 9, outputTokens: 3, totalTokens: 12 }])).toEqual({
      inputTokens: 7,
      outputTokens: 3,
    });
  });

  it('keep a total where nobody tells more', () => {
    expect(joinTokens([{ totalTokens: 12 }, { cacheRead: 2 }])).toMatchObject({ totalTokens: 12 });
  });

  it('are not mixed in a span either', () => {
    const { usage } = readEnvelope({
      'langfuse.observation.usage_details': '{"input":5000,"output":10}',
      'gen_ai.usage.input_tokens': 8000,
      'gen_ai.usage.cache_read.input_tokens': 3000,
      'gen_ai.usage.output_tokens': 10,
    });
    expect(usage).toMatchObject({ input: 5000, output: 10, cacheRead: null, inputUncached: 5000, total: 5010 });
  });
});
