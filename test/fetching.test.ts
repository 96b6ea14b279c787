import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseTraces, type TraceInput } from '../src/core.ts';
import { fetchFromJaeger } from '../stories/manual/recipes/fetch/jaeger.ts';
import { fetchFromLangfuse, fetchFromOlderLangfuse } from '../stories/manual/recipes/fetch/langfuse.ts';
import { fetchFromLangSmith } from '../stories/manual/recipes/fetch/langsmith.ts';
import { fetchFromPhoenix } from '../stories/manual/recipes/fetch/phoenix.ts';
import { fetchFromTempo } from '../stories/manual/recipes/fetch/tempo.ts';

const recorded = (file: string): string => readFileSync(new URL(`./fixtures/${file}`, import.meta.url), 'utf8').trim();
const json = (file: string): Record<string, unknown> => JSON.parse(recorded(file)) as Record<string, unknown>;
const lines = (file: string): readonly object[] =>
  recorded(file)
    .split('\n')
    .map((line) => JSON.parse(line) as object);
const halves = (list: readonly object[]): readonly (readonly object[])[] => [
  list.slice(0, list.length >> 1),
  list.slice(list.length >> 1),
];

interface Asked {
  readonly url: URL;
  readonly init: RequestInit | undefined;
}

/** A server that gives these answers in turn, and what it was asked. */
function answers(...documents: readonly unknown[]): readonly Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (url: URL, init?: RequestInit) => {
    asked.push({ url: new URL(url), init });
    return Response.json(documents[asked.length - 1]);
  });
  return asked;
}
afterEach(() => vi.unstubAllGlobals());

const baseUrl = 'https://traces.example.com';
/** How many spans its traces have; pages that were all fetched leave nothing to note. */
async function shown(input: TraceInput | readonly TraceInput[]): Promise<readonly number[]> {
  const { traces, diagnostics } = await parseTraces(input);
  expect(diagnostics.map(({ code }) => code)).not.toContain('partial-page');
  return traces.map(({ spanCount }) => spanCount);
}
const headers = ({ init }: Asked): Headers => new Headers(init?.headers);

describe('what the recipes fetch is what is read', () => {
  const keys = { baseUrl, publicKey: 'pk', secretKey: 'sk' };

  test('Langfuse: observations by pages', async () => {
    const { observations, id } = json('langfuse/parcel-claim.trace.json') as { observations: object[]; id: string };
    const [first, second] = halves(observations);
    const asked = answers({ data: first, meta: { cursor: 'bmV4dA==' } }, { data: second, meta: {} });
    expect(await shown(await fetchFromLangfuse(id, keys))).toEqual([observations.length]);
    expect(asked.map(({ url }) => url.pathname)).toEqual(Array(2).fill('/api/public/v2/observations'));
    expect(asked.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'bmV4dA==']);
    expect(asked[1]!.url.searchParams.get('traceId')).toBe(id);
    expect(headers(asked[0]!).get('authorization')).toBe(`Basic ${btoa('pk:sk')}`);
  });

  test('Langfuse before version 4: the trace', async () => {
    const trace = json('langfuse/parcel-claim.trace.json') as { observations: object[]; id: string };
    const asked = answers(trace);
    expect(await shown(await fetchFromOlderLangfuse(trace.id, keys))).toEqual([trace.observations.length]);
    expect(asked[0]!.url.pathname).toBe(`/api/public/traces/${trace.id}`);
  });

  test('Phoenix: spans by pages', async () => {
    const { data } = json('phoenix/support-agent.spans.json') as { data: object[] };
    const [first, second] = halves(data);
    const asked = answers({ data: first, next_cursor: 'U3Bhbjo0' }, { data: second, next_cursor: null });
    const pages = await fetchFromPhoenix('t1', { baseUrl, project: 'help desk', apiKey: 'k' });
    expect((await shown(pages)).reduce((sum, count) => sum + count)).toBe(data.length);
    expect(asked.map(({ url }) => url.pathname)).toEqual(Array(2).fill('/v1/projects/help%20desk/spans'));
    expect(asked.map(({ url }) => url.searchParams.get('cursor'))).toEqual([null, 'U3Bhbjo0']);
    expect(asked[0]!.url.searchParams.get('trace_id')).toBe('t1');
    expect(headers(asked[0]!).get('authorization')).toBe('Bearer k');
  });

  test('LangSmith: runs by pages', async () => {
    const runs = lines('langsmith/release-scribe.runs.jsonl');
    const [first, second] = halves(runs);
    const asked = answers({ runs: first, cursors: { next: 'n' } }, { runs: second, cursors: { next: null } });
    const pages = await fetchFromLangSmith('t1', { baseUrl, apiKey: 'k' });
    expect((await shown(pages)).reduce((sum, count) => sum + count)).toBe(runs.length);
    const bodies = asked.map(({ init }) => JSON.parse(init!.body as string) as Record<string, unknown>);
    expect(bodies.map(({ trace, cursor }) => [trace, cursor])).toEqual([
      ['t1', undefined],
      ['t1', 'n'],
    ]);
    // What a run of the recording says is asked for, unless it is said elsewhere.
    const known = new Set(bodies[0]!['select'] as string[]);
    expect(['inputs', 'outputs', 'extra', 'events', 'error'].filter((field) => !known.has(field))).toEqual([]);
    expect(asked[0]!.init!.method).toBe('POST');
    expect(headers(asked[0]!).get('x-api-key')).toBe('k');
  });

  test('Jaeger and Tempo: the answer as it is', async () => {
    const jaeger = json('jaeger/support-agent.trace.json') as { data: [{ spans: object[] }] };
    const asked = answers(jaeger, { trace: lines('otlp/ai-sdk-v5.otlp.jsonl')[0] });
    expect(await shown(await fetchFromJaeger('t1', baseUrl))).toEqual([jaeger.data[0].spans.length]);
    expect((await shown(await fetchFromTempo('t1', { baseUrl, tenant: 'a' })))[0]).toBeGreaterThan(1);
    expect(asked.map(({ url }) => url.pathname)).toEqual(['/api/traces/t1', '/api/v2/traces/t1']);
    expect(headers(asked[1]!).get('x-scope-orgid')).toBe('a');
  });

  test('an answer that is none is said', async () => {
    vi.stubGlobal('fetch', async () => new Response('', { status: 403 }));
    await expect(fetchFromLangfuse('t', keys)).rejects.toThrow('Langfuse answered 403');
    await expect(fetchFromPhoenix('t', { baseUrl, project: 'p' })).rejects.toThrow('Phoenix answered 403');
    await expect(fetchFromLangSmith('t', { baseUrl, apiKey: 'k' })).rejects.toThrow('LangSmith answered 403');
    await expect(fetchFromJaeger('t', baseUrl)).rejects.toThrow('Jaeger answered 403');
    await expect(fetchFromTempo('t', { baseUrl })).rejects.toThrow('Tempo answered 403');
  });
});
