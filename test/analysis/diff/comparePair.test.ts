import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePair, diffTraces, readTraces, redactors, type PairComparison, type Trace } from '../../../src/core.ts';
import { compareTexts } from '../../../src/analysis/diff/pair/compareTexts.ts';
import { compareValues } from '../../../src/analysis/diff/pair/compareValues.ts';

const parts = async (a: string, b: string): Promise<readonly string[]> =>
  (await compareTexts(a, b)).parts.map(({ op, text }) => `${{ same: '=', added: '+', removed: '-' }[op]}${text}`);

describe('two texts', () => {
  it('are compared word by word, edits that nearly touch as one', async () => {
    expect(await parts('The order was paid twice.', 'The order was paid once.')).toEqual([
      '=The order was paid ',
      '-twice',
      '+once',
      '=.',
    ]);
    expect(await parts('take the old red car home', 'take the new red bus home')).toEqual([
      '=take the ',
      '-old red car',
      '+new red bus',
      '= home',
    ]);
    expect(await parts('', 'new')).toEqual(['+new']);
    expect(await parts('退款已完成。', '退款未完成。')).toEqual(['=退款', '-已', '+未', '=完成。']);
  });

  it('never cut a mark of masking: another value is another mark', async () => {
    expect(await parts('to ⟦email·1⟧, today', 'to ⟦email·2⟧, today')).toEqual([
      '=to ',
      '-⟦email·1⟧',
      '+⟦email·2⟧',
      '=, today',
    ]);
  });

  it('give both texts back, whatever they are', async () => {
    const word = fc.constantFrom('the ', 'order', '.\n', ' ', '退', '退款', '{"a":', 'x-1', '\u{1F600}', '⟦email·1⟧');
    const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(text, text, async (a, b) => {
        const found = await compareTexts(a, b);
        expect(
          found.parts
            .filter(({ op }) => op !== 'added')
            .map((part) => part.text)
            .join(''),
        ).toBe(a);
        expect(
          found.parts
            .filter(({ op }) => op !== 'removed')
            .map((part) => part.text)
            .join(''),
        ).toBe(b);
      }),
      { numRuns: 300 },
    );
  });

  it('of a megabyte that differ all over end, and say that they are shown coarsely', async () => {
    const words = (seed: number): string =>
      Array.from({ length: 150_000 }, (_, at) => `w${(at * seed) % 4001}${at % 12 === 0 ? '.\n' : ''}`).join(' ');
    const unlike = await compareTexts(words(7919), words(104_729));
    expect([unlike.level === 'word', unlike.note]).toEqual([false, 'so much differs that it is shown by the line']);
    const long = words(7919);
    const edited = await compareTexts(long, long.replaceAll('w77 ', 'CHANGED '));
    expect([edited.level, edited.similarity > 0.95]).toEqual(['word', true]);
  });

  it('are equal but for ids and times of the run, and for the order of keys; masked ones are not known to be equal', async () => {
    const equality = async (a: string, b: string): Promise<string> => (await compareTexts(a, b)).equality;
    expect(await equality('{"id":"call_a8Xk29ZpQ","n":1}', '{"id":"call_b7Yk31ZpW","n":1}')).toBe('equal');
    expect(
      await equality('run 6ba7b810-9dad-11d1-80b4-00c04fd430c8 ok', 'run 7ca7b810-9dad-11d1-80b4-00c04fd430c9 ok'),
    ).toBe('equal');
    expect(await equality('at 2026-11-22T18:04:24Z: done', 'at 2026-11-23T08:14:01Z: done')).toBe('equal');
    expect(await equality('{"a":1,"b":[2]}', '{"b":[2],"a":1}')).toBe('equal');
    expect(await equality('{"a":1,"b":[2]}', '{"b":[3],"a":1}')).toBe('different');
    expect(await equality('order NW-20418', 'order NW-20419')).toBe('different');
    expect(await equality('mail to ⟦email·1⟧', 'mail to ⟦email·2⟧')).toBe('unknown');
    expect(await equality('mail to ⟦email·1⟧', 'mail to ⟦email·1⟧')).toBe('unknown');
    expect(await equality('mail to ⟦email·1⟧ now', 'mail to ⟦email·1⟧ later')).toBe('different');
  });
});

describe('two values', () => {
  it.each<readonly [what: string, a: unknown, b: unknown, changes: readonly object[]]>([
    [
      'numbers with their difference',
      { n: 1, s: 'x' },
      { s: 'x', n: 3 },
      [{ path: 'n', op: 'changed', a: 1, b: 3, delta: 2 }],
    ],
    [
      'objects of a list by id',
      {
        l: [
          { id: 1, v: 1 },
          { id: 2, v: 2 },
        ],
      },
      {
        l: [
          { id: 3, v: 3 },
          { id: 1, v: 9 },
        ],
      },
      [
        { path: 'l[id=1].v', op: 'changed', a: 1, b: 9, delta: 8 },
        { path: 'l[id=2]', op: 'removed', a: { id: 2, v: 2 } },
        { path: 'l[id=3]', op: 'added', b: { id: 3, v: 3 } },
      ],
    ],
    [
      'their order',
      [{ name: 'x' }, { name: 'y' }],
      [{ name: 'y' }, { name: 'x' }],
      [{ path: '[name=x]', op: 'moved', a: 0, b: 1 }],
    ],
    [
      'other lists around what is equal',
      ['a', 'b', 'c'],
      ['a', 'new', 'b', 'd'],
      [
        { path: '[1]', op: 'added', b: 'new' },
        { path: '[3]', op: 'changed', a: 'c', b: 'd' },
      ],
    ],
    ['keys that need quotes', { 'a b': 1 }, { 'a b': 2 }, [{ path: '["a b"]', op: 'changed', a: 1, b: 2, delta: 1 }]],
    ['another type', { v: [1] }, { v: '[1]' }, [{ path: 'v', op: 'changed', a: [1], b: '[1]' }]],
    ['nothing', undefined, undefined, []],
  ])('tell %s', (_, a, b, changes) => expect(compareValues(a, b)).toEqual(changes));

  it('may be deep, and hold names that objects have', () => {
    const deep = (end: unknown): unknown => {
      let value = end;
      for (let at = 0; at < 100_000; at += 1) value = { in: value };
      return value;
    };
    expect(compareValues(deep(1), deep(2))).toHaveLength(1);
    expect(compareValues(JSON.parse('{"__proto__":1}'), JSON.parse('{"constructor":2}'))).toEqual([
      { path: '__proto__', op: 'removed', a: 1 },
      { path: 'constructor', op: 'added', b: 2 },
    ]);
  });
});

const call = (
  traceId: string,
  {
    model,
    temperature,
    messages,
    answer,
    extra = {},
  }: {
    model: string;
    temperature: number;
    messages: readonly (readonly [string, string])[];
    answer: string;
    extra?: Readonly<Record<string, string>>;
  },
  options = {},
): Trace =>
  readTraces(
    {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: traceId.repeat(32),
                  spanId: traceId.repeat(16),
                  name: 'chat',
                  startTimeUnixNano: '1',
                  endTimeUnixNano: '9',
                  attributes: Object.entries({
                    'openinference.span.kind': 'LLM',
                    'llm.model_name': model,
                    'llm.invocation_parameters': JSON.stringify({ temperature }),
                    'gen_ai.response.id': `msg_${traceId}12345`,
                    ...Object.fromEntries(
                      messages.flatMap(([role, content], at) => [
                        [`llm.input_messages.${at}.message.role`, role],
                        [`llm.input_messages.${at}.message.content`, content],
                      ]),
                    ),
                    'llm.output_messages.0.message.role': 'assistant',
                    'llm.output_messages.0.message.content': answer,
                    ...extra,
                  }).map(([key, value]) => ({ key, value: { stringValue: value } })),
                },
              ],
            },
          ],
        },
      ],
    },
    options,
  ).traces[0]!;

describe('comparePair', () => {
  const one = call('a', {
    model: 'm-1',
    temperature: 0,
    messages: [
      ['system', 'Be kind and short.'],
      ['user', 'Where is my parcel with the red ribbon?'],
      ['assistant', 'I look it up.'],
      ['user', 'Thanks, I wait here.'],
    ],
    answer: 'It is in Rotterdam.',
  });
  const other = call('b', {
    model: 'm-2',
    temperature: 0.7,
    messages: [
      ['system', 'Be kind and very short.'],
      ['user', 'Where is my parcel with the red ribbon?'],
      ['user', 'Thanks, I wait here.'],
    ],
    answer: 'It is in Ghent.',
    extra: { team: 'blue' },
  });
  const compare = (a: Trace, b: Trace, options = {}): Promise<PairComparison> =>
    comparePair(diffTraces(a, b), 0, a, b, options);

  it('aligns messages as a list, and says what else differs', async () => {
    const found = await compare(one, other);
    expect(found.messages!.input.map(({ op, a, b, role }) => [op, a, b, role])).toEqual([
      ['changed', 0, 0, 'system'],
      ['same', 1, 1, 'user'],
      ['removed', 2, null, 'assistant'],
      ['same', 3, 2, 'user'],
    ]);
    expect(
      found.messages!.output[0]!.text!.parts.filter(({ op }) => op !== 'same').map(({ op, text }) => `${op} ${text}`),
    ).toEqual(['removed Rotterdam', 'added Ghent']);
    expect(found.model).toEqual({ a: 'm-1', b: 'm-2', changed: true });
    expect(found.parameters).toEqual([{ path: 'temperature', op: 'changed', a: 0, b: 0.7, delta: 0.7 }]);
    expect(found.attributes.map(({ path }) => path)).toEqual(expect.arrayContaining(['llm.model_name', 'team']));
    expect(found.attributes.map(({ path }) => path)).not.toContain('gen_ai.response.id');
    expect((await compare(one, other, { ignoreAttributes: ['te*'] })).attributes.map(({ path }) => path)).not.toContain(
      'team',
    );
    expect(structuredClone(found)).toEqual(found);
  });

  it('says what changed in a message without who says it, and ends when nobody waits for it', async () => {
    const found = await compare(one, other);
    expect(found.messages!.input[0]!.text!.parts.map(({ text }) => text).join('')).toBe('Be kind and very short.');
    const stop = new AbortController();
    const pending = compare(one, other, { signal: stop.signal });
    stop.abort(new Error('another row'));
    await expect(pending).rejects.toThrow('another row');
  });

  it('of a row with one span tells what that has; of no row, that there is none', async () => {
    const empty = readTraces({
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  traceId: 'c'.repeat(32),
                  spanId: 'c'.repeat(16),
                  name: 'x',
                  startTimeUnixNano: '1',
                  endTimeUnixNano: '2',
                },
              ],
            },
          ],
        },
      ],
    }).traces[0]!;
    const diff = diffTraces({ trace: empty, key: 'nobody' }, one);
    const found = await comparePair(diff, 0, empty, one);
    expect([found.model, found.messages!.input.map(({ op }) => op)]).toEqual([
      { a: null, b: 'm-1', changed: true },
      ['added', 'added', 'added', 'added'],
    ]);
    await expect(comparePair(diff, 7, empty, one)).rejects.toThrow(RangeError);
  });

  it('does not tell masked texts apart, nor call them equal', async () => {
    const mail = (to: string): Parameters<typeof call>[1] => ({
      model: 'm',
      temperature: 0,
      messages: [['user', `Write to ${to} please, about the invoice.`]],
      answer: 'Done with it.',
    });
    const [a, b] = [
      call('a', mail('jo@example.com'), { redact: [redactors.email] }),
      call('b', mail('al@example.com'), { redact: [redactors.email] }),
    ];
    const diff = diffTraces(a, b);
    expect(diff.rows[0]!.op).toBe('same');
    expect(diff.warnings).toContain('text redacted: whether it is the same is not known');
    expect((await compare(a, b)).input).toMatchObject({
      equality: 'unknown',
      note: 'masked: whether the values are the same is not known',
    });
  });
});
