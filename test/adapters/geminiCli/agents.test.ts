import { describe, expect, it } from 'vitest';
import { parseTraces, type TraceSet } from '../../../src/core.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 10, 1, 10, 0, second)).toISOString();

/** A chat log of one turn; its tool sent off an agent. */
function log(sessionId: string, start: number, { sends, kind = 'main' }: { sends?: string; kind?: string }): string {
  const call = { id: `call-${sessionId}`, name: 'delegate', args: {}, status: 'success', timestamp: at(start + 9) };
  return [
    { sessionId, projectHash: 'p', startTime: at(start), lastUpdated: at(start), kind },
    { id: `ask-${sessionId}`, type: 'user', timestamp: at(start), content: `work of ${sessionId}` },
    {
      id: `say-${sessionId}`,
      type: 'gemini',
      timestamp: at(start + 1),
      content: 'on it',
      model: 'gemini-3-pro',
      toolCalls: sends === undefined ? [] : [{ ...call, agentId: sends }],
    },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n');
}

const parents = ({ traces }: TraceSet): readonly unknown[] =>
  traces.flatMap((trace) => Array.from(trace.spans(), ({ spanId, parentSpanId }) => [spanId, parentSpanId])).sort();

describe('subagents of Gemini CLI', () => {
  const main = log('main', 0, { sends: 'sub' });
  const sub = log('sub', 2, { kind: 'subagent' });

  it('stand below the call that names them, in whatever order the files come', async () => {
    for (const files of [
      [main, sub],
      [sub, main],
    ]) {
      const set = await parseTraces(files);
      expect(parents(set)).toEqual([
        ['call-main', 'main/ask-main'],
        ['main/ask-main', null],
        ['say-main', 'main/ask-main'],
        ['say-sub', 'sub/ask-sub'],
        ['sub/ask-sub', 'call-main'],
      ]);
      expect(set.traces.map(({ name, sessionId }) => [name, sessionId])).toEqual([['work of main', 'main']]);
    }
  });

  it('are sessions of their own where no call names them, or in a circle', async () => {
    expect((await parseTraces([log('main', 0, {}), sub])).traces).toHaveLength(2);
    const circle = [log('a', 0, { sends: 'b', kind: 'subagent' }), log('b', 0, { sends: 'a', kind: 'subagent' })];
    expect((await parseTraces(circle)).accounting).toMatchObject({ shown: 6, skipped: 0 });
  });
});
