import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  copyPieces,
  copyText,
  parseTraces,
  readTraces,
  redactors,
  toNativeJson,
  toOtlpJson,
  type CopyFormat,
  type CopyScope,
  type Trace,
} from '../../src/core.ts';
import { block, inlineText } from '../../src/export/markdownText.ts';
import { dump } from '../model/dump.ts';
import { talkTrace } from '../analysis/conversation/talk.ts';

const fixture = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/${file}`, import.meta.url)), 'utf8');
const support = (await parseTraces(fixture('otlp/support-agent.otlp.jsonl'))).traces[0]!;
const named = (trace: Trace, name: string): number => [...trace.spans()].find((span) => span.name === name)!.index;

describe('copies as JSON', () => {
  it('of a trace are the native document, and read as the same trace', async () => {
    const text = await copyText(support, { scope: 'trace', format: 'json', index: 0 });
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(toNativeJson(support))));
    expect(dump(readTraces(JSON.parse(text) as object)).traces).toEqual(dump(readTraces(toNativeJson(support))).traces);
  });

  it('of a subtree and a span hold these spans, with what they hold', async () => {
    const index = named(support, 'billing_agent');
    const end = support.columns.subtreeEnd[index]!;
    for (const [scope, count] of [
      ['subtree', end - index],
      ['span', 1],
    ] as const) {
      const [copy] = readTraces(JSON.parse(await copyText(support, { scope, format: 'json', index })) as object).traces;
      expect(copy!.spanCount).toBe(count);
      expect([...copy!.spans()].map(({ key, name }) => `${key} ${name}`)).toEqual(
        Array.from({ length: count }, (_, at) => support.span(index + at)).map(({ key, name }) => `${key} ${name}`),
      );
      expect([...(await copy!.content(0)).attributes]).toEqual([...(await support.content(index)).attributes]);
    }
  });

  it('of a conversation are its messages, tools and parameters', async () => {
    const trace = talkTrace('llm ask 0--10', { 'llm ask': ['u: go', '=>', 'a: gone'] }, {});
    expect(JSON.parse(await copyText(trace, { scope: 'conversation', format: 'json', index: 0 }))).toEqual({
      messages: {
        input: [{ role: 'user', parts: [{ type: 'text', text: 'go' }] }],
        output: [{ role: 'assistant', parts: [{ type: 'text', text: 'gone' }] }],
      },
    });
  });
});

describe('copies as OTLP', () => {
  it('of a trace are what toOtlpJson gives', async () => {
    expect(JSON.parse(await copyText(support, { scope: 'trace', format: 'otlp', index: 0 }))).toEqual(
      JSON.parse(JSON.stringify(toOtlpJson(support))),
    );
  });
  it('of a subtree read as these spans', async () => {
    const index = named(support, 'billing_agent');
    const [copy] = readTraces(
      JSON.parse(await copyText(support, { scope: 'subtree', format: 'otlp', index })) as object,
    ).traces;
    expect([...copy!.spans()].map(({ name, kind }) => `${name} ${kind}`)).toEqual(
      Array.from({ length: support.columns.subtreeEnd[index]! - index }, (_, at) => support.span(index + at)).map(
        ({ name, kind }) => `${name} ${kind}`,
      ),
    );
  });
});

describe('copies as Markdown', () => {
  const trace = talkTrace(
    `
    agent            0-----------100   kind=agent
      ask me          0--10              kind=llm model=gpt-4.1 in=100 out=5 cost=0.00009375
      look_up           10-20            kind=tool
  `,
    { 'ask me': ['s: be kind', 'u: go', '=>', 'a> look_up {"q":1} #1'] },
    {
      look_up: {
        'gen_ai.tool.name': 'look_up',
        'gen_ai.tool.call.arguments': '{"q":1}',
        'gen_ai.tool.call.result': 'a lot',
      },
    },
  );

  it('of a trace are its steps, then what they saw and said', async () => {
    expect(await copyText(trace, { scope: 'trace', format: 'markdown', index: 0 })).toBe(
      [
        '# agent',
        '',
        '- Start: Nov 22, 2026, 14:51:56.000 UTC',
        '- Duration: 100 ms',
        '- Spans: 3',
        '- Tokens: 105',
        '- Cost: $0.00009375',
        '- Trace: 4f7bec97fa07f3475f37e1d4f4fdf0a3',
        '',
        '## Steps',
        '',
        '- agent agent · 100 ms',
        '  - llm ask me (gpt-4.1) · 10 ms · 105 tokens · $0.000094',
        '  - tool look\\_up · 10 ms',
        '',
        '## llm ask me (gpt-4.1) · 10 ms · 105 tokens · $0.000094',
        '',
        '### System',
        '',
        '```',
        'be kind',
        '```',
        '',
        '### User',
        '',
        '```',
        'go',
        '```',
        '',
        '### Assistant, answer',
        '',
        'Calls look\\_up (1):',
        '',
        '```json',
        '{',
        '  "q": 1',
        '}',
        '```',
        '',
        '## tool look\\_up · 10 ms',
        '',
        '### Arguments',
        '',
        '```json',
        '{',
        '  "q": 1',
        '}',
        '```',
        '',
        '### Result',
        '',
        '```',
        'a lot',
        '```',
        '',
        '',
      ].join('\n'),
    );
  });

  it('of a span have all that it holds, of a conversation its messages', async () => {
    const span = await copyText(trace, { scope: 'span', format: 'markdown', index: 2 });
    expect(span).toContain('## Attributes\n\n```json\n');
    expect(span).toContain('gen_ai.tool.call.result');
    const conversation = await copyText(trace, { scope: 'conversation', format: 'markdown', index: 1 });
    expect(conversation).not.toContain('Attributes');
    expect(conversation.match(/^## .*/gm)).toEqual(['## System', '## User', '## Assistant, answer']);
  });

  it('hold recorded text exactly, and nothing of it is markup', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('`', '`', '`', '~', '\n', ' ', '#', '![x](http://a)', '<img>', 'a'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const [opening, ...lines] = block(text).split('\n');
        const closing = lines.findIndex((line) => new RegExp(`^ {0,3}\`{${opening!.length},}\\s*$`).test(line));
        // The first line that could close the fence is the last one.
        expect(closing).toBe(lines.length - 2);
        expect(lines.slice(0, closing).join('\n')).toBe(text.endsWith('\n') ? text.slice(0, -1) : text);
        expect(inlineText(text).replaceAll(/\\./g, '')).not.toMatch(/[`*_[\]<>|~#&!\n]/);
      }),
    );
    expect(inlineText('a\u202Eb\nc')).toBe('a⟨U+202E⟩b c');
  });
});

describe('copies', () => {
  it('hold nothing that is masked', async () => {
    const set = await parseTraces(fixture('otlp/support-agent.otlp.jsonl').replaceAll('Northwind', 'ann@example.org'), {
      redact: [redactors.email],
    });
    for (const format of ['json', 'otlp', 'markdown'] as const satisfies readonly CopyFormat[]) {
      for (const scope of ['trace', 'subtree', 'span', 'conversation'] as const satisfies readonly CopyScope[])
        expect(
          await copyText(set.traces[0]!, { scope, format, index: named(set.traces[0]!, 'write_reply') }),
        ).not.toContain('ann@example.org');
      expect(await copyText(set.traces[0]!, { scope: 'trace', format, index: 0 })).toContain('⟦email·');
    }
  });

  it('wait for contents from elsewhere, fail where one cannot be had, and end when aborted', async () => {
    const remote = (content: (index: number) => Promise<unknown>): Trace =>
      new Proxy(support, {
        get: (trace, field) => (field === 'content' ? content : (Reflect.get(trace, field, trace) as unknown)),
      });
    const here = await copyText(support, { scope: 'trace', format: 'markdown', index: 0 });
    expect(
      await copyText(
        remote(async (index) => support.content(index)),
        { scope: 'trace', format: 'markdown', index: 0 },
      ),
    ).toBe(here);
    await expect(
      copyText(
        remote(() => Promise.reject(new Error('gone'))),
        { scope: 'span', format: 'json', index: 0 },
      ),
    ).rejects.toThrow('gone');
    const abort = new AbortController();
    const pieces = copyPieces(support, { scope: 'trace', format: 'json', index: 0 }, { signal: abort.signal });
    await pieces.next();
    abort.abort(new Error('enough'));
    await expect(pieces.next()).rejects.toThrow('enough');
  });

  it('of a chain as deep as it is long are made', async () => {
    const depth = 20_000;
    const chain = readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: Array.from({ length: depth }, (_, at) => ({
                traceId: 'a1',
                spanId: `b${at}`,
                ...(at > 0 ? { parentSpanId: `b${at - 1}` } : {}),
                name: 's',
                startTimeUnixNano: '1795359116000000000',
                endTimeUnixNano: '1795359116000000001',
              })),
            },
          ],
        },
      ],
    }).traces[0]!;
    expect((await copyText(chain, { scope: 'trace', format: 'markdown', index: 0 })).length).toBeLessThan(depth * 120);
  });
});
