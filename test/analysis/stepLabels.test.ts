import { describe, expect, it } from 'vitest';
import { stepLabels } from '../../src/analysis/agents/stepLabels.ts';
import type { Trace } from '../../src/core.ts';

describe('labels of steps', () => {
  it('of a trace that grows are worked out for the names that are new', () => {
    let reads = 0;
    const texts = ['', 'm', 'n', ...Array.from({ length: 50 }, (_, at) => `${at % 2 ? 'chat' : 'tool'} ${at}`)];
    const strings = new Proxy(texts, {
      get(list, at) {
        if (at !== 'length') reads += 1;
        return Reflect.get(list, at) as unknown;
      },
    });
    /** Of two models, whose names take turns. */
    const state = (spanCount: number, live: boolean): Trace =>
      ({
        spanCount,
        live,
        columns: {
          strings,
          name: Uint32Array.from({ length: spanCount }, (_, at) => 3 + at),
          model: Uint32Array.from({ length: spanCount }, (_, at) => 1 + ((at >> 1) % 2)),
          kind: new Uint8Array(spanCount).fill(1),
        },
      }) as unknown as Trace;
    const looks = [40, 42, 42].map((count, at) => {
      reads = 0;
      const labels = stepLabels(state(count, at < 2));
      expect(new Set(labels)).toEqual(new Set(labels.subarray(0, 2)));
      expect(labels[0]).not.toBe(labels[1]);
      return reads;
    });
    expect(looks[0]).toBe(80);
    expect(looks[1]).toBe(4);
  });
});
