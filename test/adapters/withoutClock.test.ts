import { describe, expect, it } from 'vitest';
import { native, parseTraces, readTraces, toNativeJson } from '../../src/core.ts';
import { trajectoryFiles } from '../fixtures/generate/trajectories.ts';

describe('a source without a clock', () => {
  const text = trajectoryFiles.find(({ expected }) => expected.format === 'swe-agent')!.texts[0]!;

  it('gives steps in order, without times, lengths and complaints', async () => {
    const set = await parseTraces(text);
    for (const { traces } of [set, readTraces(toNativeJson(set) as object, { adapters: [native] })]) {
      const [trace] = traces;
      expect(trace!.timeBasis).toBe('step');
      const spans = [...trace!.spans()];
      expect(spans.map(({ name }) => name)).toEqual(['SWE-agent', 'chat', 'ls', 'chat', 'submit']);
      expect(spans.map(({ duration, startUnixNano, status }) => [duration, startUnixNano, status])).toEqual(
        spans.map(() => [Number.NaN, null, 'unset']),
      );
    }
    expect(set.diagnostics.map(({ code, count }) => [code, count])).toEqual([['no-clock', 5]]);
  });

  it('is none of those that know a time', async () => {
    const timed = trajectoryFiles.find(({ name }) => name === 'with times')!.texts[0]!;
    expect((await parseTraces(timed)).traces[0]!.timeBasis).toBe('clock');
  });
});
