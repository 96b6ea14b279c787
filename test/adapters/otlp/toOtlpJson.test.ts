import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { native, otlp, parseTraces, readTraces, toOtlpJson, type Score, type TraceSet } from '../../../src/core.ts';
import { drawTrace } from '../../model/drawTrace.ts';
import { dump, dumpContent } from '../../model/dump.ts';

const written = (set: TraceSet): object => JSON.parse(JSON.stringify(toOtlpJson(set))) as object;
const read = (document: object): TraceSet => readTraces(document, { adapters: [otlp, native] });
const fixtures = new URL('../../fixtures/otlp/', import.meta.url);
const traceOf = (fields: object, spans: readonly object[]): TraceSet =>
  read({ format: 'spanwise/1', traces: [{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', ...fields, spans }] });
const TIMES = { startUnixNano: '1795359116000000000', endUnixNano: '1795359117000000001' };
/** By producer what one of its steps tells of the call in it, which is written on the call too. */
const TOLD = [
  ['mastra.', /^(?:(?:input|output)\.(?:value|mime_type)|gen_ai\.input\.messages)$/],
  ['voltagent.', /^llm\.token_count\./],
] as const;

describe('OTLP written and read', () => {
  it.each(readdirSync(fixtures).filter((file) => file.endsWith('.jsonl')))('is as it was: %s', async (file) => {
    const set = await parseTraces(readFileSync(new URL(file, fixtures)));
    const again = read(written(set));
    expect(dump(again).traces).toEqual(dump(set).traces);
    const withoutRaw = (all: TraceSet) =>
      dumpContent(all).map(({ scores, spans }) => ({ scores, spans: spans.map(({ raw: _, ...content }) => content) }));
    const isTold = (key: string): boolean =>
      TOLD.some(([producer, keys]) => file.startsWith(producer) && keys.test(key));
    const withoutTold = (all: TraceSet) =>
      withoutRaw(all).map(({ scores, spans }) => ({
        scores,
        spans: spans.map(({ attributes, ...content }) => ({
          ...content,
          attributes: [...(attributes as ReadonlyMap<string, unknown>)].filter(([key]) => !isTold(key)),
        })),
      }));
    expect(withoutTold(again)).toEqual(withoutTold(set));
    expect(written(again)).toEqual(written(set));
  });

  it('gives ids of another form hexadecimal digits, and parents and links the same', () => {
    const set = traceOf({ traceId: '7a1c3c50-6c0e-4c7e-9f0e-0a4a3a9b6d11' }, [
      { spanId: '0199ab12-0000-7000-8000-000000000001', name: 'root', ...TIMES },
      {
        spanId: 'a word',
        parentSpanId: '0199ab12-0000-7000-8000-000000000001',
        name: 'child',
        ...TIMES,
        links: [{ traceId: 'x', spanId: '0199ab12-0000-7000-8000-000000000001' }],
      },
    ]);
    const [
      {
        spans: [root, child],
      },
    ] = (toOtlpJson(set) as { resourceSpans: [{ scopeSpans: [{ spans: Record<string, unknown>[] }] }] })
      .resourceSpans[0].scopeSpans as unknown as [{ spans: [Record<string, unknown>, Record<string, unknown>] }];
    expect(root).toMatchObject({ traceId: '7a1c3c506c0e4c7e9f0e0a4a3a9b6d11' });
    expect([root['spanId'], child['spanId']]).toEqual([
      expect.stringMatching(/^[0-9a-f]{16}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
    ]);
    expect(child['parentSpanId']).toBe(root['spanId']);
    expect((child['links'] as { spanId: string }[])[0]!.spanId).toBe(root['spanId']);
    expect(child['attributes']).toContainEqual({ key: 'spanwise.span_id', value: { stringValue: 'a word' } });
    expect(Array.from(read(written(set)).traces[0]!.spans(), ({ name, depth }) => [name, depth])).toEqual([
      ['root', 0],
      ['child', 1],
    ]);
  });

  it('says in attributes what only the envelope knew', () => {
    const set = traceOf({ name: 'checkout', sessionId: 's1', userId: 'u1', tags: ['a'], metadata: { tier: 'gold' } }, [
      {
        spanId: '00f067aa0ba902b7',
        name: 'ask',
        kind: 'llm',
        model: 'm-1',
        provider: 'p',
        service: 'web',
        status: 'warning',
        firstToken: 2e8,
        usage: { input: 10, output: 5, cacheRead: 4, inputUncached: 6 },
        cost: { total: 0.5 },
        input: 'hello',
        messages: {
          input: [{ role: 'user', parts: [{ type: 'text', text: 'hello' }] }],
          output: [{ role: 'assistant', parts: [{ type: 'toolCall', id: 'c', name: 'find', arguments: { q: 1 } }] }],
        },
        ...TIMES,
      },
      { spanId: '00f067aa0ba902b8', parentSpanId: '00f067aa0ba902b7', name: 'keep', kind: 'memory', ...TIMES },
    ]);
    const [trace] = read(written(set)).traces;
    expect(trace).toMatchObject({
      name: 'checkout',
      sessionId: 's1',
      userId: 'u1',
      tags: ['a'],
      metadata: { tier: 'gold' },
    });
    const [ask, keep] = [...trace!.spans()];
    expect(ask).toMatchObject({
      kind: 'llm',
      model: 'm-1',
      provider: 'p',
      service: 'web',
      status: 'warning',
      firstToken: 2e8,
      usage: { input: 10, output: 5, total: 15, cacheRead: 4 },
      cost: { total: 0.5, origin: 'reported' },
    });
    expect(keep!.kind).toBe('memory');
    expect(ask!.content()).toMatchObject({
      input: { text: 'hello' },
      messages: {
        input: [{ role: 'user' }],
        output: [{ parts: [{ type: 'toolCall', id: 'c', name: 'find', arguments: { q: 1 } }] }],
      },
    });
  });

  it('carries scores of spans, trace and session', () => {
    const score = (name: string, level: Score['target']['level'], key: string): Score => ({
      name,
      value: 0.5,
      label: 'fair',
      comment: 'why',
      source: 'human',
      metadata: { run: 1 },
      target: { level, key },
    });
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const set = traceOf({ sessionId: 's1', scores: [score('whole', 'trace', trace), score('talk', 'session', 's1')] }, [
      { spanId: '00f067aa0ba902b7', name: 'a', ...TIMES, scores: [{ name: 'part', value: 1 }] },
    ]);
    const again = read(written(set)).traces[0]!;
    expect(again.scores).toEqual(set.traces[0]!.scores);
    expect(again.span(0).scores).toEqual([
      {
        name: 'part',
        value: 1,
        label: null,
        comment: null,
        source: 'unknown',
        target: { level: 'span', key: `${trace}/00f067aa0ba902b7` },
      },
    ]);
  });

  it('keeps a tree as drawn', () => {
    const trace = drawTrace(`
      agent           0------------100   in=30 out=5
        llm plan       10-40             in=10 out=5 model=gpt-4.1 cost=0.01
        tool search ✗      40----90
        open                     80-
        no start       ?---------60
        lost           20-30             parent=nobody
    `);
    const set: TraceSet = {
      format: 'otlp',
      traces: [trace],
      diagnostics: [],
      accounting: { entries: 6, shown: 6, merged: 0, skipped: 0 },
    };
    expect(dump(read(written(set))).traces).toEqual(dump(set).traces);
  });
});
