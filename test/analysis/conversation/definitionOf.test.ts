import { describe, expect, it } from 'vitest';
import { definitionOf } from '../../../src/analysis/conversation/definitionOf.ts';
import { askedTrace } from '../query/askedTrace.ts';

const tools = (...names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    names.map((name, place) => [
      `llm.tools.${place}.tool.json_schema`,
      JSON.stringify({
        type: 'function',
        function: { name, description: `of ${name}`, parameters: { type: 'object' } },
      }),
    ]),
  );

describe('how a model was told to call a tool', () => {
  const trace = askedTrace(
    `agent 0-100 kind=agent
  llm other 0-5 kind=llm
  agent inner 10-90 kind=agent
    llm ask 10-20 kind=llm
    tool search 20-30 kind=tool
    llm late 40-50 kind=llm`,
    { 'llm other': tools('search'), 'llm ask': tools('read', 'search'), 'llm late': tools('search') },
  );
  const tool = [...trace.spans()].find(({ name }) => name === 'tool search')!;

  it('stands in the nearest call before it, of its own agent first', async () => {
    const found = await definitionOf(trace, tool.index, 'search');
    expect(found?.definition).toMatchObject({ name: 'search', description: 'of search' });
    expect(trace.find(found!.call)?.name).toBe('llm ask');
  });

  it('is unknown where nobody says it', async () => expect(await definitionOf(trace, tool.index, 'write')).toBeNull());

  it('ends when nobody waits for it', async () =>
    expect(definitionOf(trace, tool.index, 'search', { signal: AbortSignal.abort() })).rejects.toThrow('aborted'));
});
