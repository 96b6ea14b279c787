import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../../src/core.ts';
import { atOnce } from '../../../src/analysis/steps.ts';
import { findInPanel, matchOfField, stepMatch } from '../../../src/analysis/values/findInPanel.ts';
import { queryFinder, wordsFinder } from '../../../src/analysis/values/finder.ts';
import type { Finder, PanelSource } from '../../../src/analysis/values/types.ts';
import { valueTree } from '../../../src/analysis/values/valueTree.ts';

const sources: readonly PanelSource[] = [
  { id: 'messages.input[0].parts[0]', text: 'A refund, please. REFUND!', section: 'input' },
  { id: 'tool', section: 'output', tree: atOnce(valueTree({ refund: true, list: ['no', 'the refund of refunds'] })) },
  { id: 'attributes.http.url', text: 'https://x/refund', section: 'attribute', key: 'http.url' },
];
const found = (finder: Finder, most?: number) => atOnce(findInPanel(sources, finder, most));
const shown = (finder: Finder, most?: number): readonly string[] =>
  found(finder, most).matches.map(
    ({ source, node, part, range }) => `${source}${node === null ? '' : ` #${node}`} ${part} ${range.join('-')}`,
  );
const ALL = [
  'messages.input[0].parts[0] text 2-8',
  'messages.input[0].parts[0] text 18-24',
  'tool #1 key 0-6',
  'tool #4 value 4-10',
  'tool #4 value 14-20',
  'attributes.http.url text 10-16',
];

describe('find in a panel', () => {
  it('gives every match in the order of the panel, keys before values', () => {
    expect(shown(wordsFinder('refund'))).toEqual(ALL);
    expect([...found(wordsFinder('refund')).counts]).toEqual([
      ['messages.input[0].parts[0]', 2],
      ['tool', 3],
      ['attributes.http.url', 1],
    ]);
    expect(shown(wordsFinder(''))).toEqual([]);
  });
  it('finds what the search of the viewer finds, in the part that it asks for', () => {
    expect(shown(queryFinder(parseQuery('refund -x kind:llm')))).toEqual(ALL);
    expect(shown(queryFinder(parseQuery('attr.http.url:refund')))).toEqual(['attributes.http.url text 10-16']);
    expect(shown(queryFinder(parseQuery('in:please')))).toEqual(['messages.input[0].parts[0] text 10-16']);
    expect(queryFinder(parseQuery('-x')).isEmpty).toBe(true);
  });
  it('says when there are more', () => {
    expect(found(wordsFinder('refund'), 6)).toMatchObject({ more: false });
    expect(found(wordsFinder('refund'), 4).more).toBe(true);
    expect(shown(wordsFinder('refund'), 4)).toEqual(ALL.slice(0, 4));
  });
  it('steps round', () => {
    const matches = found(wordsFinder('refund'));
    expect([
      stepMatch(matches, null, 1),
      stepMatch(matches, null, -1),
      stepMatch(matches, 5, 1),
      stepMatch(matches, 0, -1),
      stepMatch({ matches: [] }, 3, 1),
    ]).toEqual([0, 5, 0, 5, null]);
  });
  it('meets the hit of a search', () => {
    const matches = found(wordsFinder('refund'));
    expect([
      matchOfField(matches, 'messages.input[0].parts[0].text'),
      matchOfField(matches, 'attributes.http.url'),
      matchOfField(matches, 'attributes.http.url2'),
      matchOfField(matches, 'tool'),
    ]).toEqual([0, 5, null, 2]);
  });
  it('reads long texts in steps and finds the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 8 }), (gaps) => {
        const text = gaps.map((gap) => `${'-'.repeat(gap)}NeedLe`).join('');
        const expected = Array.from(text.matchAll(/NeedLe/g), ({ index }) => [index, index + 6]);
        for (const finder of [wordsFinder('needle'), queryFinder(parseQuery('needle'))])
          expect(atOnce(findInPanel([{ id: 'x', text }], finder)).matches.map(({ range }) => range)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
    const steps = findInPanel([{ id: 'x', text: 'x'.repeat(5_000_000) }], wordsFinder('y'));
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(count).toBeGreaterThan(50);
  });
});
