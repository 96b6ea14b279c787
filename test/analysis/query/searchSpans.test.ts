import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findText, foldCase, holdsText } from '../../../src/analysis/query/match/literalText.ts';
import { SEARCH_LIMITS, searchSpans, type SearchHit } from '../../../src/analysis/query/searchSpans.ts';
import { readTraces, type SpanContent, type Trace } from '../../../src/core.ts';
import { askedTrace } from './askedTrace.ts';

const trace = askedTrace(
  `
  answer refund    0------------------2000   kind=agent
    plan            100---900                 kind=llm model=gpt-4.1
    search refunds  900------1500             kind=tool
    pay ✗           1600-1601                 kind=tool
`,
  {
    plan: {
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': 'A refund!\nREFUND?',
      'llm.tags': ['x', 'my refund'],
      'refund.id': 7,
    },
    pay: { 'output.value': 'done' },
  },
);

async function search(asked: Trace, text: string, signal?: AbortSignal): Promise<SearchHit[]> {
  const all: SearchHit[] = [];
  for await (const hits of searchSpans(asked, text, { signal })) {
    expect(hits.length).toBeGreaterThan(0);
    all.push(...hits);
  }
  return all;
}
const shown = (hits: readonly SearchHit[]) =>
  hits.map(({ key, field, ranges }) =>
    `${trace.find(key)!.name}: ${field} ${ranges.map(([from, to]) => `${from}-${to}`).join(',')}`.trim(),
  );

describe('searchSpans', () => {
  it('finds words in names first, then in what spans hold', async () => {
    expect(shown(await search(trace, 'refund'))).toEqual([
      'answer refund: name 7-13',
      'search refunds: name 7-13',
      'plan: messages.input[0].parts[0].text 2-8,10-16',
      'plan: attributes.llm.input_messages.0.message.content 2-8,10-16',
      'plan: attributes.llm.tags[1] 3-9',
      'plan: attributeKeys.refund.id 0-6',
    ]);
  });

  it('gives the places of all words, in the order in which they stand', async () => {
    expect(shown(await search(trace, 'refund ans'))).toEqual(['answer refund: name 0-3,7-13']);
    expect(shown(await search(trace, 'kind:tool refund sea'))).toEqual(['search refunds: name 0-3,7-13']);
  });

  it.each([
    ['kind:tool', ['search refunds: name', 'pay: name']],
    ['kind:tool -refund', ['pay: name']],
    ['error:limit', ['pay: error 5-10']],
    ['limit', ['pay: error 5-10']],
    ['name:search*', ['search refunds: name 0-14']],
    ['out:done', ['pay: output 0-4']],
    ['attr.llm.tags:my', ['plan: attributes.llm.tags[1] 0-2']],
    ['refund.id:7', ['plan: attributes.refund.id 0-1']],
    ['refund.id>5', ['plan: name']],
    ['in:refund kind:llm', ['plan: messages.input[0].parts[0].text 2-8,10-16']],
    ['', []],
    ['duration>oops', []],
    ['"nothing like that"', []],
  ])('%s', async (text, hits) => {
    expect(shown(await search(trace, text))).toEqual(hits);
  });

  it('finds what stands in resource, scope, scores, events and links', async () => {
    const [one] = readTraces({
      resourceSpans: [
        {
          resource: { attributes: [{ key: 'k8s.pod.name', value: { stringValue: 'pod-blue' } }] },
          scopeSpans: [
            {
              scope: {
                name: 'scope.library',
                version: '9.9.9',
                attributes: [{ key: 'scope.team', value: { stringValue: 'green' } }],
              },
              spans: [
                {
                  traceId: '4f7bec97fa07f3475f37e1d4f4fdf0a3',
                  spanId: '00000000000000aa',
                  name: 'one',
                  startTimeUnixNano: '1795359116000000000',
                  endTimeUnixNano: '1795359116000000001',
                  events: [
                    {
                      name: 'happened',
                      timeUnixNano: '1795359116000000000',
                      attributes: [{ key: 'event.colour', value: { stringValue: 'red' } }],
                    },
                  ],
                  links: [
                    {
                      traceId: 'aaaabbbbccccddddeeeeffff00001111',
                      spanId: '2222333344445555',
                      attributes: [{ key: 'link.reason', value: { stringValue: 'retry' } }],
                    },
                  ],
                  attributes: [{ key: 'eval.tone.score', value: { doubleValue: 0.25 } }],
                },
              ],
            },
          ],
        },
      ],
    }).traces;
    const judged: Trace = Object.create(one!, {
      content: {
        value: (index: number) => ({
          ...(one!.content(index) as SpanContent),
          scores: [
            {
              name: 'tone',
              value: 0.75,
              label: 'warm',
              comment: 'rather kind',
              source: 'human',
              target: { level: 'span', key: 'x' },
              metadata: { rater: 'ann' },
            },
          ],
        }),
      },
      find: { value: (key: string) => one!.find(key) },
    });
    const fields = async (word: string): Promise<readonly string[]> =>
      (await search(judged, word)).map(({ field }) => field);
    expect(
      await Promise.all(
        [
          'pod-blue',
          'k8s.pod',
          'scope.library',
          '9.9.9',
          'green',
          'happened',
          'event.colour',
          'red',
          'bbbbcccc',
          '33334444',
          'retry',
          'warm',
          'rather',
          '0.75',
          'ann',
        ].map(fields),
      ),
    ).toEqual([
      ['resource.k8s.pod.name'],
      ['resource.k8s.pod.name'],
      ['scope.name'],
      ['scope.version'],
      ['scope.attributes.scope.team'],
      ['events[0].name'],
      ['events[0].attributes.event.colour'],
      ['events[0].attributes.event.colour'],
      ['links[0].traceId'],
      ['links[0].spanId'],
      ['links[0].attributes.link.reason'],
      ['scores[0].label'],
      ['scores[0].comment'],
      ['scores[0].value'],
      ['scores[0].metadata.rater'],
    ]);
  });

  it('ends when aborted', async () => {
    const abort = new AbortController();
    const spans = Array.from({ length: 300 }, (_, i) => `a${i} ${i}-${i + 1}`).join('\n');
    let reads = 0;
    const large: Trace = askedTrace(spans);
    const counted: Trace = Object.create(large, {
      content: {
        value: (index: number) => {
          reads += 1;
          if (reads === 5) abort.abort();
          return large.content(index);
        },
      },
    });
    await search(counted, 'nowhere', abort.signal);
    expect(reads).toBe(5);
    expect(await search(counted, 'a', abort.signal)).toEqual([]);
  });

  it('reports no more than its limits', async () => {
    const long = askedTrace('one 0-1', {
      one: { text: 'ab'.repeat(1000), ...Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, 'ab'])) },
    });
    const hits = await search(long, 'ab');
    expect(hits).toHaveLength(SEARCH_LIMITS.fields);
    expect(hits[0]!.ranges).toHaveLength(SEARCH_LIMITS.ranges);
  });

  it('does not look for what is written in vectors, and is not stopped by what is nested deeply', async () => {
    let deep: unknown = 'needle';
    for (let i = 0; i < 50_000; i += 1) deep = [deep];
    const content = trace.content(0) as object;
    const hostile = Object.defineProperty({}, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const odd: Trace = Object.create(trace, {
      content: {
        value: () => ({
          ...content,
          attributes: new Map<string, unknown>([
            ['vector', Array.from({ length: 1536 }, () => 77.7)],
            ['hostile', hostile],
            ['deep', deep],
          ]),
        }),
      },
    });
    expect(await search(odd, '77.7')).toEqual([]);
    expect((await search(odd, 'needle')).map(({ field }) => field.length)).toEqual(
      Array.from({ length: 4 }, () => 'attributes.deep'.length + 50_000 * 3),
    );
  });
});

describe('literal text', () => {
  it.each([
    ['İstanbul', 'istanbul', [[0, 8]]],
    ['xİSTANBUL', 'İst', [[1, 4]]],
    ['ΟΔΟΣ ΣΟΦΟΣ', 'οδος', [[0, 4]]],
    ['Straße', 'STRASSE', []],
    [
      'aaaa',
      'aa',
      [
        [0, 2],
        [2, 4],
      ],
    ],
    ['a𐐀b', 'A𐐨', [[0, 3]]],
    ['abc', '', []],
    ['', 'a', []],
  ])('%j holds %j at %j', (text, wanted, ranges) => {
    expect(findText(text, foldCase(wanted))).toEqual(ranges);
  });

  it('keeps every place when case is folded', () => {
    for (let code = 0; code < 0x10000; code += 1)
      if (foldCase(String.fromCharCode(code)).length !== 1) throw new Error(code.toString(16));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldCase(text)).toHaveLength(text.length);
      }),
    );
  });

  it('finds what a search without places finds', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aAbBéÉß'), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (text, wanted) => {
        expect(findText(text, foldCase(wanted)).length > 0).toBe(
          wanted !== '' && text.toLowerCase().includes(wanted.toLowerCase()),
        );
        expect(holdsText(text, foldCase(wanted))).toBe(findText(text, foldCase(wanted)).length > 0);
      }),
    );
  });

  it('finds the same in a long text, which is read in pieces', () => {
    const at = [0, 65_530, 65_536, 65_544, 131_065, 200_000];
    let text = '';
    for (const place of at) text = `${text.padEnd(place, '-')}NeedLe`;
    expect(findText(text, 'needle')).toEqual(at.map((place) => [place, place + 6]));
    expect(findText(text, 'needle', 2)).toHaveLength(2);
    expect(holdsText(text, 'needle')).toBe(true);
    expect(holdsText(text, 'needles')).toBe(false);
  });
});
