import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentUse } from '../../../src/analysis/documents/documentUse.ts';
import { rankLines } from '../../../src/analysis/documents/rankLines.ts';
import { repeatedDocuments } from '../../../src/analysis/documents/repeatedDocuments.ts';
import { atOnce } from '../../../src/analysis/steps.ts';
import { documentSearch } from '../../../src/analysis/documents/shingles.ts';
import { wordsOf } from '../../../src/analysis/documents/words.ts';
import type { Document, Trace } from '../../../src/core.ts';
import { talkTrace } from '../conversation/talk.ts';

const LONG =
  'If the same invoice appears twice within 48 hours, the later one is a duplicate and is refunded without approval; amounts above two hundred dollars need a second pair of eyes.';
const OTHER =
  'Card disputes are handled by the bank of the customer. We answer within seven days and send all the papers that the bank asks for.';
const share = (documents: readonly string[], ...texts: readonly string[]): readonly number[] =>
  Array.from(atOnce(atOnce(documentSearch(documents)).sharesIn(texts)), (part) => Number(part.toFixed(2)));

describe('how much of a document a text holds', () => {
  it('does not depend on spaces, quotes, escapes and what stands around it', () => {
    const quoted = `Context:\n> ${LONG.replaceAll(', ', ',\n> ')}\n\nQuestion: why?`;
    expect(share([LONG, OTHER], quoted)).toEqual([1, 0]);
    expect(share([`Überweisung\n${LONG}`], JSON.stringify(JSON.stringify({ text: `Überweisung\n${LONG}` })))).toEqual([
      1,
    ]);
    expect(share([`Überweisung ${LONG}`], `"\\u00dcberweisung ${LONG}"`)).toEqual([1]);
  });
  it('is a part where it was cut, and nothing where only words are the same', () => {
    const [cut] = share([LONG], LONG.slice(0, LONG.length / 2));
    expect(cut).toBeGreaterThan(0.3);
    expect(cut).toBeLessThan(0.7);
    expect(share([LONG], LONG.split(' ').reverse().join(' '))).toEqual([0]);
  });
  it('of a short one is all or nothing, also without spaces between words', () => {
    expect(share(['Yes, 42.', '退款政策', 'no'], 'He said yes: 42! 我们的退款政策是', 'No')).toEqual([1, 1, 1]);
    expect(share(['Yes, 42.', '退款政策'], 'yes and 42 政策 退款')).toEqual([0, 0]);
  });
  it('is whole wherever it stands whole, and no more than whole', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'ab', 'é', ' ', ' ', '\n', '.', '"', '漢'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, text, (documents, before, after) => {
        const found = share(documents, `${before} ${documents[0]} ${after}`);
        expect(found[0]).toBe([...wordsOf(documents[0]!)].length === 0 ? 0 : 1);
        expect(found.every((part) => part >= 0 && part <= 1)).toBe(true);
      }),
    );
  });
  it('is found in one pass over a text of any length, which rests', () => {
    const search = atOnce(documentSearch([LONG]));
    const steps = search.sharesIn([`${'nothing of it '.repeat(200_000)}${LONG}`]);
    let count = 0;
    let last = steps.next();
    for (; last.done !== true; last = steps.next()) count += 1;
    expect(count).toBeGreaterThan(200);
    expect(last.value[0]).toBe(1);
  });
});

describe('documentUse', () => {
  const trace = talkTrace(
    `
    chain          0------------------------100   kind=chain
      early         0--5                           kind=llm
      search          10--20                       kind=retriever
      judge              20--30                    kind=llm
      answer                30--40                 kind=llm
  `,
    {
      early: [`u: ${OTHER}`],
      judge: ['u: judge this', `u: ${LONG.slice(0, 100)}`],
      answer: ['u: go', `t< ${LONG.replaceAll(' ', '\n')} #1`],
    },
    {
      search: Object.fromEntries(
        [LONG, OTHER, LONG, undefined].flatMap((content, at) => [
          [`retrieval.documents.${at}.document.id`, `d${at}`],
          ...(content === undefined ? [] : [[`retrieval.documents.${at}.document.content`, content]]),
        ]),
      ),
    },
  );
  const index = 2;

  it('says which documents reached which later prompt', async () => {
    expect(trace.span(index).kind).toBe('retriever');
    const use = (await documentUse(trace, index))!;
    expect(
      use.documents.map(
        ({ reach, call, calls, repeats }) =>
          `${reach} ${call === null ? '-' : trace.find(call)!.name} ${calls} ${repeats ?? '-'}`,
      ),
    ).toEqual(['whole answer 2 -', 'none - 0 -', 'whole answer 2 0', 'unknown - 0 -']);
    expect(use).toMatchObject({ later: 2, looked: 2 });
  });
  it('knows nothing of spans without documents, and ends when aborted', async () => {
    expect(await documentUse(trace, 0)).toBeNull();
    const abort = new AbortController();
    const remote = Object.create(trace, {
      content: { value: (at: number) => Promise.resolve(trace.content(at)) },
    }) as Trace;
    const asked = documentUse(remote, index, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });
});

describe('rank lines', () => {
  const documents = (...ids: readonly string[]): readonly Document[] =>
    ids.map((id, at) => ({ id, content: `text of ${id}`, score: 1 - at / 10 }));
  const shown = (input: readonly Document[], output: readonly Document[]): readonly string[] =>
    rankLines({ input, output }).lines.map(
      ({ before, after, rise, scoreChange }) =>
        `${before ?? '-'}→${after ?? '-'} ${rise ?? '-'} ${scoreChange === null ? '-' : scoreChange.toFixed(1)}`,
    );

  it('lead from before to after; what was dropped comes last', () => {
    expect(shown(documents('a', 'b', 'c', 'd'), documents('c', 'a', 'new'))).toEqual([
      '2→0 2 0.2',
      '0→1 -1 -0.1',
      '-→2 - -',
      '1→- - -',
      '3→- - -',
    ]);
    expect(rankLines({ input: documents('a', 'b'), output: documents('b') }).dropped).toBe(1);
  });
  it('go by text where ids are missing, and by order where texts repeat', () => {
    const plain = (content: string): Document => ({ content });
    expect(shown(['x', 'y', 'x'].map(plain), ['x  ', 'x', 'y'].map(plain))).toEqual(['0→0 0 -', '2→1 1 -', '1→2 -1 -']);
  });
  it('compare only scores of one kind, and are none where one side is not recorded', () => {
    expect(
      shown([{ id: 'a', score: 0.2, scoreKind: 'distance' }], [{ id: 'a', score: 0.9, scoreKind: 'relevance' }]),
    ).toEqual(['0→0 0 -']);
    expect(shown(documents('a'), [])).toEqual([]);
  });
  it('name each document once, on both sides', () => {
    const list = fc.array(
      fc.record({ id: fc.constantFrom('a', 'b', 'c'), content: fc.constantFrom('x', 'y') }, { requiredKeys: [] }),
      { minLength: 1, maxLength: 8 },
    ) as fc.Arbitrary<readonly Document[]>;
    fc.assert(
      fc.property(list, list, (input, output) => {
        const { lines, dropped } = rankLines({ input, output });
        expect(lines.flatMap(({ before }) => before ?? []).toSorted()).toEqual(input.map((_, at) => at));
        expect(lines.flatMap(({ after }) => after ?? [])).toEqual(output.map((_, at) => at));
        expect(lines.filter(({ after }) => after === null)).toHaveLength(dropped);
      }),
    );
  });
  it('know documents that are there twice', () =>
    expect(
      atOnce(
        repeatedDocuments([
          { id: 'a' },
          { content: 'x y' },
          { id: 'a', content: 'z' },
          { id: 'b', content: 'x\n y' },
          {},
          {},
        ]),
      ),
    ).toEqual([null, null, 0, 1, null, null]));
});
