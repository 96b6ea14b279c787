import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRecording, type ExpectedCounts } from './checkRecording.ts';

const folder = new URL('../fixtures/otlp/', import.meta.url);
const all = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, ExpectedCounts & { readonly modelCalls: number; readonly embeddingCalls: number }>;

/** Every recording of a real SDK, against the counts of an independent program. A new recording is tested by being there. */
describe.each(Object.entries(all))('%s', (name, { modelCalls, embeddingCalls, ...expected }) => {
  it('is read whole, exactly and in any order', async () => {
    const text = readFileSync(new URL(`${name}.otlp.jsonl`, folder), 'utf8');
    const { traces } = await checkRecording(text, expected);
    const calls = traces.flatMap((trace) => [...trace.spans()]).filter(({ kind }) => kind === 'llm' || kind === 'embedding');
    expect(calls).toHaveLength(modelCalls + embeddingCalls);
    // Ids and times stand in the text digit for digit.
    for (const span of calls) {
      expect(text).toContain(`"spanId":"${span.spanId}"`);
      expect(text).toContain(`"startTimeUnixNano":"${span.startUnixNano}"`);
      expect(text).toContain(`"endTimeUnixNano":"${span.endUnixNano}"`);
    }
  });
});
