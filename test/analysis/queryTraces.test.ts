import { describe, expect, it } from 'vitest';
import { parseTraceQuery, queryTraces, readTraces, type Trace } from '../../src/core.ts';
import { withAmountRange } from '../../src/analysis/traces/amountRange.ts';
import { spread } from '../../src/analysis/traces/spread.ts';
import { drawDocument } from '../model/drawTrace.ts';

const TRACES: Readonly<Record<string, string>> = {
  cheap: `
    agent cheap      0---1000
      llm plan       10--400    in=10 out=5 model=gpt-4.1 cost=0.01
      llm answer     400-900    in=20 out=5 model=gpt-4.1 cost=0.02`,
  slow: `
    agent slow       0---9000
      tool search    10--8000
      llm answer     8000-8900  in=900 out=50 model=claude-sonnet-4 cost=0.5`,
  failed: `
    agent failed     0---2000
      tool search ✗  10--400
      llm answer     400-1900   in=30 out=5 model=gpt-4o cost=0.09`,
};
const score = (name: string, value: number): object => ({ name, value });
const SCORES: Readonly<Record<string, readonly object[]>> = {
  cheap: [score('faithfulness', 0.9)],
  slow: [score('faithfulness', 0.3)],
};
const ids = Object.keys(TRACES);
const traces: readonly Trace[] = ids.map((name, at) => {
  const trace = readTraces(drawDocument(TRACES[name]!, String(at + 1).repeat(32))).traces[0]!;
  return Object.defineProperty(trace, 'scores', {
    value: (SCORES[name] ?? []).map((each) => ({ label: null, comment: null, source: 'code', ...each })),
  });
});
const found = async (text: string): Promise<string> =>
  (await queryTraces({ traces }, text)).traces.map(({ name }) => name.replace('agent ', '')).join(' ');

describe('a query over traces', () => {
  it.each([
    ['', 'cheap slow failed'],
    // Words of the trace, literal.
    ['slow', 'slow'],
    [`${'3'.repeat(32)}`, 'failed'],
    // Sums of the whole trace, by the ledger; each call alone costs less.
    ['cost>0.025', 'cheap slow failed'],
    ['cost>0.1', 'slow'],
    ['tokens>100', 'slow'],
    ['duration>5s', 'slow'],
    // Failures anywhere inside.
    ['status:error', 'failed'],
    ['is:error', 'failed'],
    ['-status:error', 'cheap slow'],
    ['score.faithfulness<0.5', 'slow'],
    ['score.faithfulness>0.5', 'cheap'],
    // Any span.
    ['model:gpt*', 'cheap failed'],
    ['model:gpt* status:error', 'failed'],
    ['kind:tool kind:llm', 'slow failed'],
    ['kind:tool -status:error', 'slow'],
    // Those that failed or took over 5 s.
    ['status:error OR duration>5s', 'slow failed'],
    ['"a OR b"', ''],
    ['model:gpt-4.1 OR', 'cheap'],
    ['in:nothing', ''],
    ['-in:nothing', 'cheap slow failed'],
    ['-in:nothing kind:tool', 'slow failed'],
  ])('%s', async (text, expected) => {
    expect(await found(text)).toBe(expected);
  });

  it('orders what it found', async () => {
    const sorted = await queryTraces({ traces }, '', { sort: { column: 'cost', descending: true } });
    expect(sorted.traces.map(({ name }) => name)).toEqual(['agent slow', 'agent failed', 'agent cheap']);
  });

  it('says what it could not read, and where in the whole text', () => {
    const text = 'status:error OR duration>fast';
    const { problems } = parseTraceQuery(text);
    expect(problems.map(({ code, range }) => [code, text.slice(...range)])).toEqual([['bad-duration', 'fast']]);
    expect(parseTraceQuery('kind:llm kind:tool').problems).toEqual([]);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(queryTraces({ traces }, 'in:x', { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('gives the page its turn over many traces', async () => {
    const many = Array.from({ length: 100_000 }, (_, at) => traces[at % 3]!);
    let turns = 0;
    const tick = setInterval(() => (turns += 1));
    const { traces: kept } = await queryTraces({ traces: many }, 'status:error OR duration>5s cost>0.1', {
      sort: { column: 'duration', descending: true },
    });
    clearInterval(tick);
    expect(kept).toHaveLength(66_666);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('how traces are spread', () => {
  it('counts each of which the amount is known, between the least and the most', () => {
    const { field, bins, unknown } = spread(traces, 'duration', 4);
    expect([field, unknown, bins.map(({ count }) => count)]).toEqual(['duration', 0, [2, 0, 0, 1]]);
    expect([bins[0]!.from, bins[3]!.to]).toEqual([1e9, 9e9]);
    expect(spread(traces, 'score', 2)).toMatchObject({ field: 'score.faithfulness', unknown: 1 });
    expect(spread([], 'cost', 5)).toEqual({ field: 'cost', bins: [], unknown: 0 });
    expect(spread([traces[0]!], 'cost', 2).bins.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });

  it.each([
    ['', 'duration>=1000000us duration<=9000000us'],
    ['slow duration>3s model:gpt*', 'slow model:gpt* duration>=1000000us duration<=9000000us'],
    ['a OR is:error', 'a duration>=1000000us duration<=9000000us OR is:error duration>=1000000us duration<=9000000us'],
  ])('writes “%s” with a stretch', (text, written) => {
    expect(withAmountRange(text, 'duration', [1e9, 9e9])).toBe(written);
  });

  it('leaves out nothing that lies at the ends', async () => {
    for (const measure of ['duration', 'cost', 'score'] as const) {
      const { field, bins, unknown } = spread(traces, measure, 7);
      const text = withAmountRange('', field, [bins[0]!.from, bins.at(-1)!.to]);
      expect((await queryTraces({ traces }, text)).traces).toHaveLength(traces.length - unknown);
    }
  });
});
