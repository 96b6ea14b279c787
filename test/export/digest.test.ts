import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, readTraces } from '../../src/core.ts';
import { anyForest, documentOf } from '../model/anyForest.ts';
import { drawTrace } from '../model/drawTrace.ts';

const AGENT = `
  agent ✗        0-----------1000   kind=agent
    llm ask      0-100              in=10 out=5 cost=0.25
    tool look    100-300
    llm ask      300-400            in=10 out=5 cost=0.25
    tool look ✗  400-600
    llm ask      600-700            in=10 out=5 cost=0.25
    tool look    700-900
`;

describe('digest', () => {
  it('says what a trace came to, what failed, and folds loops', async () => {
    const text = await digest(drawTrace(AGENT), { tokens: 1000 });
    expect(text.split('\n').slice(0, 5)).toEqual([
      '# agent',
      '7 spans · 1.00 s · 2 failed · 45 tokens of 3 of 3 calls · $0.7500 (reported) of 3 of 3 calls',
      '',
      '## Findings',
      '- error: tool look failed: failed, and agent failed with it',
    ]);
    expect(text).toContain('loop ×3, the first iteration:');
    // The failed step of the second iteration is there, the third is not.
    expect(text).toContain('[4] tool tool look 200 ms FAILED: failed');
    expect(text).not.toContain('[6]');
  });

  it('never exceeds its budget, and is the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(anyForest, fc.integer({ min: 1, max: 600 }), async (spans, tokens) => {
        for (const trace of readTraces(documentOf(spans)).traces) {
          const text = await digest(trace, { tokens });
          expect(Math.ceil(new TextEncoder().encode(text).length / 3)).toBeLessThanOrEqual(tokens);
          expect(await digest(trace, { tokens })).toBe(text);
        }
      }),
      { numRuns: 60 },
    );
  });
});
