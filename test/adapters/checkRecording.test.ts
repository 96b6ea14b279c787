import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, type Span } from '../../src/core.ts';
import { dump } from '../model/dump.ts';
import { checkRecording, type ExpectedRecording } from './checkRecording.ts';
import { MISREAD } from './misread.ts';

type Expected = ExpectedRecording & { readonly modelCalls: number; readonly embeddingCalls: number };

const fixtures = new URL('../fixtures/', import.meta.url);

/** Ids and times of a span as they stand in the text of each format, digit for digit. */
const WRITTEN: Readonly<Record<string, (span: Span, file: string) => readonly string[]>> = {
  otlp: ({ spanId, startUnixNano, endUnixNano }) => [
    `"spanId":"${spanId}"`,
    `"startTimeUnixNano":"${startUnixNano}"`,
    `"endTimeUnixNano":"${endUnixNano}"`,
  ],
  langsmith: ({ spanId, startUnixNano }) => [`"id":"${spanId}"`, `"start_time":"${isoText(startUnixNano!, 6)}Z"`],
  langfuse: ({ spanId, startUnixNano, endUnixNano }, file) => {
    const gap = file.endsWith('.jsonl') ? '' : ' ';
    return [
      `"id":${gap}"${spanId}"`,
      `"startTime":${gap}"${isoText(startUnixNano!, 3)}Z"`,
      `"endTime":${gap}"${isoText(endUnixNano!, 3)}Z"`,
    ];
  },
  console: ({ spanId, startUnixNano, endUnixNano }, file) =>
    file.includes('readable')
      ? [`"spanId":"${spanId}"`, `"startTime":${pair(startUnixNano!)}`, `"endTime":${pair(endUnixNano!)}`]
      : [
          `"id":"${spanId}"`,
          `"timestamp":${startUnixNano! / 1000n},"duration":${Number(endUnixNano! - startUnixNano!) / 1000}`,
        ],
  jaeger: ({ spanId, startUnixNano, endUnixNano }) => [
    `"spanID":"${spanId}"`,
    `"startTime":${startUnixNano! / 1000n},"duration":${(endUnixNano! - startUnixNano!) / 1000n}`,
  ],
  'openai-agents': ({ spanId, startUnixNano, endUnixNano }) => [
    `"id":"${spanId}"`,
    `"started_at":"${isoText(startUnixNano!, 3)}Z","ended_at":"${isoText(endUnixNano!, 3)}Z"`,
  ],
  phoenix: ({ spanId, startUnixNano, endUnixNano }, file) => [
    `span_id":"${spanId}"`,
    ...(file.includes('dataframe')
      ? [`"start_time":${startUnixNano! / 1_000_000n},"end_time":${endUnixNano! / 1_000_000n}`]
      : [`"start_time":"${isoText(startUnixNano!, 6)}+00:00","end_time":"${isoText(endUnixNano!, 6)}+00:00"`]),
  ],
};

const pair = (nanos: bigint): string => `[${nanos / 1_000_000_000n},${nanos % 1_000_000_000n}]`;
const isoText = (nanos: bigint, decimals: number): string =>
  `${new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 20)}${(nanos % 1_000_000_000n).toString().padStart(9, '0').slice(0, decimals)}`;

/**
 * Every file that a real SDK wrote, or that was derived from one, by the counts of an independent program. A new file
 * is tested by being listed there.
 */
const files = readdirSync(fixtures)
  .filter((format) => existsSync(new URL(`${format}/expected.json`, fixtures)))
  .flatMap((format) => {
    const all = JSON.parse(readFileSync(new URL(`${format}/expected.json`, fixtures), 'utf8')) as Record<
      string,
      Expected
    >;
    return Object.entries(all).map(([name, expected]) => ({
      format,
      file: format === 'otlp' ? `${name}.otlp.jsonl` : name,
      expected,
    }));
  });

describe.each(files)('$format/$file', ({ format, file, expected: { modelCalls, embeddingCalls, ...expected } }) => {
  it(
    'is read whole, exactly and in any order',
    { fails: MISREAD[file.replace('.otlp.jsonl', '')] !== undefined },
    async () => {
      const text = readFileSync(new URL(`${format}/${file}`, fixtures), 'utf8');
      const { traces } = await checkRecording(text, expected, format);
      const calls = traces
        .flatMap((trace) => [...trace.spans()])
        .filter(({ kind }) => kind === 'llm' || kind === 'embedding');
      expect(calls).toHaveLength(modelCalls + embeddingCalls);
      for (const span of calls) for (const words of WRITTEN[format]!(span, file)) expect(text).toContain(words);
    },
  );
});

/**
 * Files of one run of one program. What is said of the whole trace differs: a server adds fields of its own to the
 * metadata.
 */
describe.each([
  { first: 'langsmith/release-scribe.runs.jsonl', others: ['batch.jsonl', 'tree.json', 'runs-and-feedback.jsonl'] },
  { first: 'langsmith/museum-desk.runs.jsonl', others: ['batch.jsonl'] },
  { first: 'langfuse/parcel-claim.batch.jsonl', others: ['trace.json'] },
  { first: 'console/museum-desk.console.jsonl', others: ['readable.jsonl'] },
])('$first', ({ first, others }) => {
  it.each(others)('has the spans of its %s', async (ending) => {
    const [one, other] = await Promise.all(
      [first, first.replace(/\..+$/, `.${ending}`)].map(async (file) => {
        const set = await parseTraces(readFileSync(new URL(file, fixtures), 'utf8'));
        return dump(set).traces.map(({ metadata: _, ...trace }) => trace);
      }),
    );
    expect(other).toEqual(one);
  });
});
