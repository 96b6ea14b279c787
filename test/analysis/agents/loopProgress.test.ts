import { describe, expect, it, vi } from 'vitest';
import { foldLoops, loopProgress, readTraces, type Trace } from '../../../src/core.ts';

type Turn = readonly [tool: string, given: unknown, result: unknown];

/** An agent that calls a model, then a tool, turn by turn. Each call of the model is 10 tokens. */
function agent(turns: readonly Turn[]): Trace {
  const spans: object[] = [{ spanId: 'root', name: 'agent', kind: 'agent', startUnixNano: '0', endUnixNano: '9000' }];
  turns.forEach(([name, given, result], at) => {
    const [start, middle, end] = [at * 20, at * 20 + 10, at * 20 + 20].map(String);
    const usage = { input: 8, output: 2, total: 10 };
    spans.push(
      {
        spanId: `m${at}`,
        parentSpanId: 'root',
        name: 'chat',
        kind: 'llm',
        startUnixNano: start,
        endUnixNano: middle,
        usage,
      },
      {
        spanId: `t${at}`,
        parentSpanId: 'root',
        name,
        kind: 'tool',
        startUnixNano: middle,
        endUnixNano: end,
        tool: { name, arguments: given, result },
      },
    );
  });
  return readTraces({ format: 'spanwise/1', traces: [{ traceId: 't', spans }] }).traces[0]!;
}

const many = (count: number, turn: (at: number) => Turn): readonly Turn[] =>
  Array.from({ length: count }, (_, at) => turn(at));

/** Each in four lengths. */
const STUCK: readonly ((count: number) => readonly Turn[])[] = [
  (n) => many(n, () => ['search', { q: 'refund' }, 'no results']),
  (n) => many(n, () => ['read_file', { path: 'a.ts' }, { error: 'ENOENT' }]),
  (n) => many(n, (at) => ['search', { q: `refund ${at}` }, []]),
  (n) => many(n, (at) => ['query', { sql: `select ${at}` }, { error: 'no such table: orders' }]),
  (n) => many(n * 2, (at) => (at % 2 === 0 ? ['list', { dir: '/' }, ['a', 'b']] : ['read', { path: 'a' }, 'empty'])),
  (n) => many(n * 2, (at) => (at % 2 === 0 ? ['edit', { line: at }, 'ok'] : ['run_tests', {}, '3 failed: t1 t2 t3'])),
  (n) => [['open', { id: 1 }, 'opened'], ...many(n, (): Turn => ['click', { selector: '#buy' }, 'element not found'])],
  (n) => many(n, () => ['fetch', { b: 1, a: 2 }, 'timeout']),
  (n) => many(n, () => ['ask_human', { question: 'Which order?' }, undefined]),
];
const HEALTHY: readonly ((count: number) => readonly Turn[])[] = [
  (n) => many(n, (at) => ['read_file', { path: `f${at}` }, `text ${at}`]),
  (n) => many(n, (at) => ['write_file', { path: `f${at}` }, 'ok']),
  (n) => many(n, (at) => ['send', { to: at }, { status: 'success' }]),
  (n) => many(n, (at) => ['next_page', {}, `page ${at}`]),
  (n) => many(n, (at) => ['job_status', { id: 7 }, at === n - 1 ? 'finished' : 'pending']),
  (n) => many(n * 2, (at) => (at % 2 === 0 ? ['edit', { line: at }, 'ok'] : ['run_tests', {}, `${n * 2 - at} failed`])),
  (n) => many(n, (at) => ['search', { q: `try ${at}` }, at < 2 ? 'no results' : `found ${at}`]),
  (n) => many(n, (at) => ['classify', { text: `review ${at}` }, ['positive', 'negative', 'mixed'][at % 3]]),
  (n) =>
    many(n * 3, (at) =>
      at % 6 === 0 ? ['read_file', { path: 'config' }, 'cfg'] : ['edit', { line: at }, `diff ${at}`],
    ),
];
const LENGTHS = [3, 4, 6, 9];

const verdict = async (turns: readonly Turn[]): Promise<boolean> => {
  const trace = agent(turns);
  const folds = foldLoops(trace);
  const all = await Promise.all(folds.map((fold) => loopProgress(trace, fold)));
  return all.some(({ stuck }) => stuck);
};

describe('loopProgress', () => {
  it('tells stuck loops from healthy ones: 36 of each, none missed, none wrongly accused', async () => {
    const judged = async (makers: typeof STUCK): Promise<readonly boolean[]> =>
      Promise.all(makers.flatMap((make) => LENGTHS.map((length) => verdict(make(length)))));
    const [stuck, healthy] = [await judged(STUCK), await judged(HEALTHY)];
    expect(stuck.length + healthy.length).toBe(72);
    expect({ missed: stuck.filter((is) => !is).length, falsePositives: healthy.filter(Boolean).length }).toEqual({
      missed: 0,
      falsePositives: 0,
    });
  });

  it('says what it cost, but for the first time', async () => {
    const trace = agent(many(5, () => ['search', { q: 'refund' }, 'no results']));
    const [fold] = foldLoops(trace);
    const progress = await loopProgress(trace, fold!);
    expect(progress).toMatchObject({
      stuck: true,
      code: 'same-arguments',
      reason: 'search was called 5 times with the same arguments',
      times: 5,
      wastedTime: 80,
    });
    expect(progress.wasted).toMatchObject({ calls: 4, usage: { total: 40, input: 32 }, cost: { total: null } });
    expect(progress.keys).toEqual([0, 1, 2, 3, 4].map((at) => `t/t${at}`));
  });

  it('lets the page have its turn while it holds calls against each other', async () => {
    const trace = agent(many(300, (at) => ['read_file', { path: `f${at}` }, `text ${at}`]));
    const [fold] = foldLoops(trace);
    const looks = vi.spyOn(performance, 'now');
    await loopProgress(trace, fold!);
    // At each call as it is read, and where arguments and results are compared.
    expect(looks.mock.calls.length).toBeGreaterThan(5 * 300);
    looks.mockRestore();
  });

  it('ends when aborted', async () => {
    const trace = agent(many(5, () => ['search', { q: 'refund' }, 'no results']));
    await expect(
      loopProgress(trace, foldLoops(trace)[0]!, { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });
});
