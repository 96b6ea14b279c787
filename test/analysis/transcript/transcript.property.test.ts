import fc from 'fast-check';
import { expect, it } from 'vitest';
import { transcript, type Trace, type TranscriptLine } from '../../../src/core.ts';
import { talkTrace } from '../conversation/talk.ts';
import { written } from './lines.ts';

type Told<Type extends TranscriptLine['type']> = Extract<TranscriptLine, { type: Type }>;
const only = <Type extends TranscriptLine['type']>(
  lines: readonly TranscriptLine[],
  type: Type,
): readonly Told<Type>[] => lines.filter((line): line is Told<Type> => line.type === type);

/** What an agent does in one turn of its loop: words or none, so many calls of tools, and which of these have spans. */
const turn = fc.record({
  words: fc.boolean(),
  calls: fc.array(fc.record({ recorded: fc.boolean(), id: fc.boolean() }), { maxLength: 4 }),
});

interface Loop {
  readonly trace: Trace;
  readonly texts: readonly string[];
  readonly tools: readonly string[];
}

/** An agent that sends all that was said with each call, as agents do. All texts differ. */
function loop(
  turns: readonly {
    readonly words: boolean;
    readonly calls: readonly { readonly recorded: boolean; readonly id: boolean }[];
  }[],
): Loop {
  const rows = ['agent  0----1000000  kind=agent'];
  const calls: Record<string, readonly string[]> = {};
  const attributes: Record<string, Record<string, unknown>> = {};
  const history = ['s: be kind', 'u: question'];
  const texts = ['question'];
  const tools: string[] = [];
  let time = 0;
  const row = (name: string, kind: string): void => {
    rows.push(`  ${name}  ${time}--${time + 10}  kind=${kind}`);
    time += 10;
  };
  for (const [at, { words, calls: asked }] of turns.entries()) {
    row(`call${at}`, 'llm');
    const answer = words || asked.length === 0 ? [`a: words ${at}`] : [];
    if (answer.length > 0) texts.push(`words ${at}`);
    const results: string[] = [];
    for (const [place, { recorded, id }] of asked.entries()) {
      const name = `t${at}x${place}`;
      const about = id ? ` #${name}` : '';
      answer.push(`a> ${name} {"n":${place}}${about}`);
      results.push(`t< result ${name}${about}`);
      tools.push(`${name} result ${name}`);
      if (!recorded) continue;
      row(name, 'tool');
      attributes[name] = { 'gen_ai.tool.name': name, ...(id ? { 'gen_ai.tool.call.id': name } : {}) };
    }
    calls[`call${at}`] = [...history, '=>', ...answer];
    history.push(...answer, ...results);
  }
  row('last', 'llm');
  calls['last'] = [...history, '=>', 'a: at last'];
  texts.push('at last');
  return { trace: talkTrace(rows.join('\n'), calls, attributes), texts, tools };
}

it('of an agent that repeats all history in each call every word, call and result stands once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 6 }), async (turns) => {
      const { trace, texts, tools } = loop(turns);
      const { lines } = await transcript(trace);
      expect(only(lines, 'said').map(({ part }) => (part.type === 'text' ? part.text : part.type))).toEqual(texts);
      expect(only(lines, 'system').map(({ text }) => text)).toEqual(['be kind']);
      // A call that no span ran stands behind those of the same answer that one did.
      expect(
        only(lines, 'tool')
          .map(({ name, result }) => `${name} ${String(result)}`)
          .sort(),
      ).toEqual([...tools].sort());
      expect(only(lines, 'history')).toEqual([]);
      for (const { name, call, run } of only(lines, 'tool')) {
        expect(trace.find(call!)!.kind).toBe('llm');
        expect(run === null || trace.find(run)!.name === name).toBe(true);
      }
    }),
  );
});

const message = fc.constantFrom(
  's: be kind',
  's: be brief',
  'u: go',
  'u: stop',
  'u: Summary of the conversation so far',
  'a: ok',
  'a: no',
  't< found #1',
  't< lost',
  'a> search {"q":1} #1',
  'a> search {"q":2}',
);
const span = fc.record({
  up: fc.nat(5),
  kind: fc.constantFrom('agent', 'llm', 'llm', 'tool', 'chain', 'http', 'retriever'),
  failed: fc.boolean(),
  input: fc.array(message, { maxLength: 5 }),
  output: fc.array(
    message.filter((each) => each.startsWith('a')),
    { maxLength: 2 },
  ),
});

it('of any trace it is the same each time, and each span is found at a line of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 14 }), async (spans) => {
      const rows: string[] = ['root  0----1000  kind=chain'];
      const calls: Record<string, readonly string[]> = {};
      let depth = 0;
      for (const [at, { up, kind, failed, input, output }] of spans.entries()) {
        depth = Math.max(1, depth + 1 - up);
        rows.push(`${'  '.repeat(depth)}s${at}${failed ? ' ✗' : ''}  ${at * 10}--900  kind=${kind}`);
        if (kind !== 'http') calls[`s${at}`] = [...input, ...(output.length > 0 ? ['=>', ...output] : [])];
      }
      const trace = talkTrace(rows.join('\n'), calls);
      const { lines, lineOf } = await transcript(trace);
      expect(written(trace, await transcript(trace))).toEqual(written(trace, { lines }));
      for (const [at, line] of lines.entries()) {
        expect(trace.find(line.key)?.index).toBe(line.index);
        expect(line.depth).toBeLessThanOrEqual(trace.columns.depth[line.index]!);
        expect(line.type === 'said' && line.repeats !== null ? line.repeats : -1).toBeLessThan(at);
      }
      const owners = new Set(lines.map(({ index }) => index));
      for (let index = 0; index < trace.spanCount; index += 1) {
        let near = index;
        while (near !== -1 && !owners.has(near)) near = trace.columns.parent[near]!;
        expect(lines[lineOf(index)]?.index ?? -1).toBe(near);
      }
      // Whatever failed is said at it, or at what failed below or around it.
      const failed = spans.some(({ failed: each }) => each);
      expect(lines.some((line) => line.type === 'error' || ('failed' in line && line.failed))).toBe(failed);
    }),
  );
});
