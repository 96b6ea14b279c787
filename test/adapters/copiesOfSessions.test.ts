import { expect, it } from 'vitest';
import { parseTraces } from '../../src/core.ts';

const BEGIN = Date.UTC(2026, 10, 28, 9);
const lines = (entries: readonly object[]): string => entries.map((entry) => JSON.stringify(entry)).join('\n');
const read = async (...files: string[]) => {
  const set = await parseTraces(files);
  const repeats = set.diagnostics.filter(({ code }) => code === 'duplicate-span').map(({ count }) => count);
  return [set.traces.length, ...repeats];
};

it('of copies of a session of pi the longest counts, and lines that come again are told', async () => {
  const session = (...ids: number[]) =>
    lines([
      { type: 'session', version: 3, id: 's', timestamp: new Date(BEGIN).toISOString(), cwd: '/srv' },
      ...ids.map((id) => ({
        ...{ type: 'message', id: `m${id}`, parentId: null, timestamp: new Date(BEGIN + id).toISOString() },
        message: { role: 'user', content: `ask ${id}`, timestamp: BEGIN + id },
      })),
    ]);
  expect(await read(session(1), session(1, 2, 3))).toEqual([3, 2]);
  expect(await read(session(1, 2, 3), session(1))).toEqual([3, 2]);
  expect(await read(session(1, 1, 2))).toEqual([2, 1]);
});

it('copies of a session of Cline are told', async () => {
  const session = { agent: 'a', sessionId: 's', origin: {}, messages: [{ role: 'user', content: 'ask', ts: BEGIN }] };
  expect(await read(lines([session]), lines([session]))).toEqual([1, 1]);
});

it('a first token before its call, or never, is at no known time', async () => {
  const spans = [-5, 1e300, 2].map((seconds, at) => ({
    ...{ event: '$ai_generation', uuid: `u${at}`, timestamp: new Date(BEGIN).toISOString() },
    properties: { $ai_trace_id: 't', $ai_span_id: `s${at}`, $ai_latency: 3, $ai_time_to_first_token: seconds },
  }));
  const [trace] = (await parseTraces(lines(spans))).traces;
  expect(Array.from(trace!.spans(), ({ firstToken }) => firstToken)).toEqual([NaN, NaN, 2e9]);
});
