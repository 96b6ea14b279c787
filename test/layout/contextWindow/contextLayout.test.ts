import { describe, expect, it } from 'vitest';
import { contextWindow, modelFacts, parseTraces, type ContextCall } from '../../../src/core.ts';
import {
  cacheParts,
  cachePaths,
  contextScale,
  linearScale,
  roundTicks,
} from '../../../src/layout/contextWindow/contextLayout.ts';
import { codingPrices, codingSession } from '../../fixtures/generate/codingSession.ts';

async function callsOf(
  counts: 'cache' | 'none' | 'no tokens',
  prices: object = codingPrices,
): Promise<readonly ContextCall[]> {
  const { traces } = await parseTraces(codingSession({ counts }));
  const { agents } = await contextWindow(traces[0]!, {
    modelFacts: (model, provider) => modelFacts(model, provider, prices as typeof codingPrices),
  });
  return agents[0]!.calls;
}

describe('the picture of a context window', () => {
  it('ends above the limit where that is near, else above what is drawn', async () => {
    const near = contextScale(await callsOf('cache'));
    expect(near).toMatchObject({ unit: 'tokens', limit: 200_000, limitIsShown: true });
    expect(near.top).toBeGreaterThan(200_000);
    const far = contextScale(await callsOf('cache', { 'claude-sonnet-4-5': { max_input_tokens: 9_000_000 } }));
    expect(far).toMatchObject({ limit: 9_000_000, limitIsShown: false });
    expect(far.top).toBeLessThan(300_000);
    expect(contextScale(await callsOf('no tokens'))).toMatchObject({ unit: 'characters', limitIsShown: false });
    expect(contextScale([])).toMatchObject({ limit: null, limitIsShown: false });
  });

  it('has round numbers at its side, few at any height', () => {
    expect(roundTicks(212_000)).toEqual([0, 50_000, 100_000, 150_000, 200_000]);
    expect(roundTicks(1.06)).toEqual([0, 1]);
    const many = [1, 7, 99, 1234, 56_789, 1e6, 2.1e6].map(roundTicks);
    expect(many.every((ticks) => ticks.length >= 2 && ticks.length <= 6)).toBe(true);
    const y = linearScale(200, [100, 0]);
    expect([y(0), y(50), y(200), y.range()]).toEqual([100, 75, 0, [100, 0]]);
  });

  it('draws as few paths as there are parts, with a column for each call and a mark for each break', async () => {
    const { columns, marks } = cachePaths(await callsOf('cache'), { band: 10, gap: 2, height: 60, above: 8 });
    const count = (path: string): number => path.split('M').length - 1;
    expect(columns.same + columns.unknown).toBe('');
    expect(columns.read.startsWith('M11 0h8v')).toBe(true);
    expect([count(marks.broken), count(marks.missed)]).toEqual([5, 2]);
    const unknown = cachePaths(await callsOf('no tokens'), { band: 10, gap: 2, height: 60, above: 8 });
    expect(count(unknown.columns.unknown)).toBe(60);
  });

  it('divides each prompt into what was read, lost and new', async () => {
    for (const call of await callsOf('cache')) {
      const { read, same, lost, fresh } = cacheParts(call)!;
      expect(read + same + lost + fresh).toBeCloseTo(1, 9);
      expect(Math.min(read, lost, fresh)).toBeGreaterThanOrEqual(0);
      expect(same).toBe(0);
      expect(lost > 0.05).toBe(call.cache.cause !== null);
    }
    const unknown = (await callsOf('none')).map((call) => cacheParts(call)!);
    expect(unknown[5]).toMatchObject({ read: 0, lost: 0 });
    expect(unknown[5]!.same).toBeGreaterThan(0.5);
    expect(unknown[12]!.lost).toBeGreaterThan(0.5);
    expect((await callsOf('no tokens')).map(cacheParts)).toEqual(Array.from({ length: 60 }, () => null));
  });
});
