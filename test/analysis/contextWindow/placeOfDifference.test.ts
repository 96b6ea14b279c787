import { describe, expect, it } from 'vitest';
import { contextWindow, parseTraces } from '../../../src/core.ts';
import { placeOfDifference } from '../../../src/analysis/contextWindow/placeOfDifference.ts';
import { codingSession } from '../../fixtures/generate/codingSession.ts';

describe('the place of a difference', () => {
  it('is a path in the content of the call, and where in the text that is there it differs', async () => {
    const { traces } = await parseTraces(codingSession());
    const trace = traces[0]!;
    const { calls } = (await contextWindow(trace)).agents[0]!;
    const placeIn = async (place: number) => {
      const { index, cache } = calls[place]!;
      return placeOfDifference(await trace.content(index), cache.difference!);
    };
    const time = (await placeIn(12))!;
    expect(time.source).toBe('messages.input[0].parts[0].text');
    expect(time.words).toMatch(/^09:21:40/);
    const [system] = (await trace.content(calls[12]!.index)).messages!.input;
    expect((system!.parts[0] as { text: string }).text.startsWith('09:21:40', time.offset)).toBe(true);
    expect(await placeIn(21)).toEqual({ source: 'toolDefinitions[0].name', offset: 0, words: 'run_tests' });
    expect((await placeIn(54))!.source).toMatch(/^messages\.input\[\d+\]\.parts\[0\]\.result$/);
  });
});
