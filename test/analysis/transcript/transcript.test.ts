import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, transcript, type Trace } from '../../../src/core.ts';
import { claudeCodeFiles } from '../../fixtures/generate/claudeCode.ts';
import { drawTrace } from '../../model/drawTrace.ts';
import { talkTrace } from '../conversation/talk.ts';
import { written } from './lines.ts';

const told = async (trace: Trace): Promise<readonly string[]> => written(trace, await transcript(trace));

describe('transcript', () => {
  it('says what each call adds once, and joins a call of a tool with its span and its result', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        one         0--10                        kind=llm
        search        10--20                     kind=tool
        two              20--30                  kind=llm
        three                30--40              kind=llm
    `,
      {
        one: ['s: be kind', 'u: go', '=>', 'a> search {"q":1} #1'],
        two: ['s: be kind', 'u: go', 'a> search {"q":1} #1', 't< found #1', '=>', 'a: done'],
        three: ['s: be brief', 'u: go', 'a> search {"q":1} #1', 't< found #1', 'a: done', 'u: more', '=>', 'a: no'],
      },
      { search: { 'gen_ai.tool.name': 'search', 'gen_ai.tool.call.id': '1' } },
    );
    expect(await told(trace)).toEqual([
      'system: be kind @one',
      'user: go @one',
      'calls search @one*',
      'tool search {"q":1} → "found" @search*',
      'assistant: done @two*',
      'system (changed): be brief @three',
      'user: more @three',
      'assistant: no @three*',
    ]);
  });

  it('gives calls that no span ran a line of their own, before what follows', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        one         0--10                        kind=llm
        two              20--30                  kind=llm
        last                 30--40              kind=llm
    `,
      {
        one: ['u: go', '=>', 'a: I look', 'a> search {"q":1}', 'a> search {"q":2}'],
        two: [
          'u: go',
          'a: I look',
          'a> search {"q":1}',
          'a> search {"q":2}',
          't< first',
          't< second',
          '=>',
          'a> search {"q":3}',
        ],
      },
    );
    expect(await told(trace)).toEqual([
      'user: go @one',
      'assistant: I look @one*',
      'tool search {"q":1} → "first" @one',
      'tool search {"q":2} → "second" @one',
      'calls search @two*',
      'tool search {"q":3} → undefined @two',
      'llm last:  →  @last*',
    ]);
  });

  it('says that a call was repeated, cut, summed up or taken up again', async () => {
    const trace = talkTrace(
      `
      agent        0----------------------100   kind=agent
        one         0--10                        kind=llm
        again         10--20                     kind=llm
        long            20--30                   kind=llm
        cut                30--40                kind=llm
    `,
      {
        one: ['u: go', '=>', 'a: one'],
        again: ['u: go', '=>', 'a: two'],
        long: ['u: go', 'a: two', 'u: b', 'a: x', 'u: c', '=>', 'a: y'],
        cut: ['u: Summary of the conversation so far', 'u: c', 'a: y', 'u: d', '=>', 'a: z'],
      },
    );
    expect(await told(trace)).toEqual([
      'user: go @one',
      'assistant: one @one*',
      '-- repeated 0 @again',
      'assistant: two @again*',
      'user: b @long',
      'assistant: x @long',
      'user: c @long',
      'assistant: y @long*',
      '-- compacted 4 @cut',
      'user (summary): Summary of the conversation so far @cut',
      'user: d @cut',
      'assistant: z @cut*',
    ]);
  });

  it('indents sub-agents where they were sent off, and hands on what was said already in one word', async () => {
    const trace = talkTrace(
      `
      main         0----------------------100   kind=agent
        plan        0--10                        kind=llm
        ask           10----50                   kind=tool
          helper      10----50                   kind=agent
            think     10--40                     kind=llm
        check              50--60                kind=llm
        answer               60--70              kind=llm
    `,
      {
        main: ['u: go', '=>', 'a: all done'],
        plan: ['u: go', '=>', 'a> ask {"about":"docs"} #7'],
        helper: ['u: read docs', '=>', 'a: docs read'],
        think: ['s: read', 'u: read docs', '=>', 'a: docs read'],
        check: ['s: judge', 'u: docs read', '=>', 'a: fine'],
        answer: ['u: go', 'a> ask {"about":"docs"} #7', 't< docs read #7', '=>', 'a: all done'],
      },
      { ask: { 'gen_ai.tool.name': 'ask', 'gen_ai.tool.call.id': '7' } },
    );
    expect(await told(trace)).toEqual([
      'user: go @main',
      'calls ask @plan*',
      'tool ask {"about":"docs"} → "docs read" @ask*',
      '  # helper @helper*',
      '  user: read docs @helper',
      '  system: read @think',
      '  assistant: docs read @think*',
      'system: judge @check',
      'user (as line 6): docs read @check',
      'assistant: fine @check*',
      'assistant: all done @answer*',
    ]);
  });

  it('shows failures where they happened, once, and the next attempt as such', async () => {
    const trace = talkTrace(
      `
      agent ✗      0----------------------100   kind=agent
        one         0--10                        kind=llm
        book ✗        10--20                     kind=tool
          post ✗      11--19                     kind=http
        book             20--30                  kind=tool
        two ✗                30--40              kind=llm
        load ✗                   50--60          kind=chain
    `,
      { one: ['u: go', '=>', 'a> book {"seat":1} #1'], two: ['u: other', '=>'] },
      { book: { 'gen_ai.tool.name': 'book', 'gen_ai.tool.call.id': '1' } },
    );
    expect(await told(trace)).toEqual([
      'user: go @one',
      'calls book @one*',
      'tool book {"seat":1} → ✗ Rate limit reached @book*',
      'tool book {"seat":1} → undefined (attempt 2) @book*',
      'user: other @two',
      '✗ two @two*',
      '✗ load @load*',
    ]);
  });

  it('finds the line of a span, of what is around it where it says nothing itself', async () => {
    const trace = drawTrace(`
      agent a      0----------------------100
        llm one     0--10
        chain c       10--90
          http h      11--12
    `);
    const { lines, lineOf } = await transcript(trace);
    expect(lines.map(({ type }) => type)).toEqual(['step']);
    expect([0, 1, 2, 3, 4].map(lineOf)).toEqual([-1, 0, -1, -1, -1]);
  });

  it('tells a session of a coding agent: question, thoughts, tools, sub-agents, answer', async () => {
    const traces = await Promise.all(claudeCodeFiles.map(async (file) => (await parseTraces(file.texts)).traces));
    const longest = traces.flat().sort((a, b) => b.spanCount - a.spanCount)[0]!;
    const name = longest.name;
    expect(await told(longest)).toEqual([
      `user: ${name} @${name}`,
      'user: Caveat: injected @chat claude-opus-5',
      'assistant thinks: Look it up. @chat claude-opus-5*',
      'tool Bash {"command":"ferry --list"} → ✗ no such command @Bash*',
      'tool Task {"prompt":"Ask the harbour","subagent_type":"Explore"} → [{"type":"text","text":"Berth 4 is late."}] @Task*',
      '  # Ask the harbour @Ask the harbour*',
      '  user: Ask the harbour @Ask the harbour',
      '  calls WebFetch @chat claude-opus-5*',
      '  tool WebFetch {"url":"https://harbour.example"} → "Berth 4: late" @WebFetch*',
      '  assistant: Berth 4 is late. @chat claude-opus-5*',
      'assistant: Berth 4. @chat claude-opus-5*',
      `-- compaction @${name}`,
    ]);
  });

  it('is empty of what nobody recorded, ends when it is aborted, and says how far it is', async () => {
    const trace = (
      await parseTraces(readFileSync(new URL('../../fixtures/otlp/support-agent.otlp.jsonl', import.meta.url), 'utf8'))
    ).traces[0]!;
    await expect(transcript(trace, { signal: AbortSignal.abort() })).rejects.toThrow('abort');
    expect((await transcript(drawTrace('http h 0--10'))).lines).toEqual([]);
    expect(await told(trace)).toEqual(await told(trace));
  });
});
