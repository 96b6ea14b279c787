import { describe, expect, it } from 'vitest';
import { argumentDigest } from '../../../src/analysis/conversation/argumentDigest.ts';
import { toolPairs } from '../../../src/analysis/conversation/toolPairs.ts';
import { toolRuns } from '../../../src/analysis/conversation/toolRuns.ts';
import type { CallMessages } from '../../../src/analysis/conversation/types.ts';
import type { Message, SpanContent, Trace } from '../../../src/core.ts';
import { said, talk, talkTrace } from './talk.ts';

const paired = (messages: CallMessages): readonly string[] =>
  toolPairs(messages).pairs.map(
    ({ name, call, result, by, failed }) =>
      `${name ?? '?'} ${call ? `${call.message}.${call.part}` : '-'} → ${result ? `${result.message}.${result.part}` : '-'}${by === null ? '' : ` by ${by}`}${failed ? ' failed' : ''}`,
  );
const sent = (...lines: readonly string[]): CallMessages => ({ input: talk(...lines), output: [] });

describe('calls and results', () => {
  it('belong together by id, in whatever order results come', () => {
    expect(paired(sent('a> look #1', 'a> look #2', 'a> look #3', 't< c #3', 't< a #1', 't< b #2'))).toEqual([
      'look 0.0 → 4.0 by id',
      'look 1.0 → 5.0 by id',
      'look 2.0 → 3.0 by id',
    ]);
  });
  it('else by order, and by name where the result tells it', () => {
    expect(paired(sent('a> look', 'a> look', 't< a', 't< b'))).toEqual([
      'look 0.0 → 2.0 by order',
      'look 1.0 → 3.0 by order',
    ]);
    const named: Message = { role: 'tool', parts: [{ type: 'toolResult', name: 'find', result: 1, error: true }] };
    expect(paired({ input: [said('a> look'), said('a> find'), named], output: [] })).toEqual([
      'look 0.0 → -',
      'find 1.0 → 2.0 by order failed',
    ]);
  });
  it('with ids that each turn begins anew', () => {
    expect(paired(sent('a> look #call_0', 'a> look #call_0', 't< second #call_0', 't< first #call_0'))).toEqual([
      'look 0.0 → 3.0 by id',
      'look 1.0 → 2.0 by id',
    ]);
    expect(paired(sent('a> look #call_0', 't< one #call_0', 'a> find #call_0', 't< two #call_0'))).toEqual([
      'look 0.0 → 1.0 by id',
      'find 2.0 → 3.0 by id',
    ]);
  });
  it('stay alone where the other is not there', () => {
    expect(paired(sent('t< lost #9', 'a> look #1', 't< other #2'))).toEqual(['? - → 0.0', 'look 1.0 → -', '? - → 2.0']);
  });
  it('know each other from both places', () => {
    const pairs = toolPairs(sent('u: go', 'a> look #1', 't< a #1'));
    expect(pairs.at('input', 1, 0)).toBe(pairs.at('input', 2, 0));
    expect(pairs.at('input', 0, 0)).toBeUndefined();
  });
  it('are brought together in one pass, however many wait', () => {
    const many = Array.from({ length: 20_000 }, () => said('a> look #1'));
    const pairs = toolPairs({ input: [...many, ...many.map(() => said('t< x #1'))], output: [] }).pairs;
    expect(pairs).toHaveLength(20_000);
    expect(pairs.every(({ by }) => by === 'id')).toBe(true);
  });
});

describe('the spans that ran them', () => {
  const runsOf = async (trace: Trace, name: string): Promise<readonly string[]> => {
    const { index } = [...trace.spans()].find((span) => span.name === name)!;
    const { messages } = await trace.content(index);
    const found = await toolRuns(trace, index, messages!);
    return toolPairs(messages!).pairs.map(({ place }) => {
      const run = found.get(place);
      return run ? `${trace.find(run.key)!.name} ${run.duration / 1e6} ms ${run.status} by ${run.by}` : '-';
    });
  };

  it('are found by id', async () => {
    const trace = talkTrace(
      `
      agent      0----------------------100   kind=agent
        ask       0--10                        kind=llm
        left        10-15                      kind=tool
        right ✗     10----20                   kind=tool
        answer             20-30               kind=llm
    `,
      {
        ask: ['u: go', '=>', 'a> look #1', 'a> look #2'],
        answer: ['u: go', 'a> look #1', 'a> look #2', 't< a #1', 't< b #2'],
      },
      {
        left: { 'gen_ai.tool.name': 'look', 'gen_ai.tool.call.id': '2' },
        right: { 'gen_ai.tool.name': 'look', 'gen_ai.tool.call.id': '1' },
      },
    );
    const expected = ['right 10 ms error by id', 'left 5 ms unset by id'];
    expect(await runsOf(trace, 'ask')).toEqual(expected);
    expect(await runsOf(trace, 'answer')).toEqual(expected);
  });

  it('else by name and order, unless the arguments say otherwise, and never from a later turn or another agent', async () => {
    const trace = talkTrace(
      `
      agent      0----------------------100   kind=agent
        ask       0--10                        kind=llm
        second      10-15                      kind=tool
        first         15-20                    kind=tool
        sub            15----18                kind=agent
          inner         15-16                  kind=tool
        answer             20-30               kind=llm
        late                  30-40            kind=tool
    `,
      {
        ask: ['u: go', '=>', 'a> look {"q":1}', 'a> look {"q":2}', 'a> look {"q":3}'],
        answer: ['u: go', 'a> look {"q":1}', 'a> look {"q":2}', '=>', 'a> look {"q":3}'],
      },
      Object.fromEntries(
        [
          ['first', 1],
          ['second', 2],
          ['inner', 1],
          ['late', 3],
        ].map(([name, q]) => [
          name!,
          { 'gen_ai.tool.name': 'look', 'gen_ai.tool.call.arguments': JSON.stringify({ q }) },
        ]),
      ),
    );
    expect(await runsOf(trace, 'ask')).toEqual(['first 5 ms unset by order', 'second 5 ms unset by order', '-']);
    expect(await runsOf(trace, 'answer')).toEqual([
      'first 5 ms unset by order',
      'second 5 ms unset by order',
      'late 10 ms unset by order',
    ]);
  });
});

describe('argumentDigest', () => {
  const digest = (given: unknown, most?: number): string | null =>
    argumentDigest({ tool: { name: 'x', arguments: given }, input: null } as Pick<SpanContent, 'tool' | 'input'>, most);
  it.each([
    [{ service: 'checkout', limit: 5, strict: true }, 'service=checkout limit=5 strict=true'],
    [
      { filter: { a: 1, b: 2 }, ids: [1, 2, 3], q: 'charged  twice\nin October', none: null, empty: '' },
      'q=“charged twice in October” filter={2} ids=[3]',
    ],
    ['{"invoice":"in_88213"}', 'invoice=in_88213'],
    ['plain words', 'plain words'],
    [['a', 2], 'a, 2'],
    [7, '7'],
    [{}, null],
    [undefined, null],
    ['{"cut', '{"cut'],
    [JSON.parse('{"__proto__": 1}'), '__proto__=1'],
  ])('%j is %j', (given, line) => expect(digest(given)).toBe(line));
  it('is cut neither within a mark nor within a character', () => {
    expect(digest({ to: 'someone ⟦email·1⟧' }, 16)).toBe('to=“someone…');
    expect(digest('abc😀def', 5)).toBe('abc…');
    expect(digest({ a: `${'x'.repeat(40)} ⟦email·12⟧`, b: 1 }, 70)).toBe(`a=“${'x'.repeat(40)} ⟦email·12⟧” b=1`);
  });
  it('is taken from the input where nothing is said of a tool, without parsing megabytes', () => {
    const line = (text: string): string | null =>
      argumentDigest(
        {
          tool: null,
          input: {
            text,
            mimeType: 'application/json',
            json: () => {
              throw new Error('not asked');
            },
          },
        },
        20,
      );
    expect(line('{"q":"x"}')).toBe('q=x');
    expect(line(`{"q":"${'x'.repeat(200_000)}"}`)).toBe('{"q":"xxxxxxxxxxxxx…');
  });
});
