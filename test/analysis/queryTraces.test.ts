import { describe, expect, it } from 'vitest';
import { parseTraceQuery, queryTraces, readTraces, type Trace } from '../../src/core.ts';
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
