import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editsIn, foldLines, foldWords, sideLines, unifiedLines } from '../../../src/analysis/diff/pair/diffLines.ts';
import type { TextPart } from '../../../src/analysis/diff/pair/types.ts';

const SIGNS = { '=': 'same', '-': 'removed', '+': 'added' } as const;
/** `=text` is in both, `-text` was removed, `+text` added. */
const parts = (...drawn: readonly string[]): readonly TextPart[] =>
  drawn.map((each) => ({ op: SIGNS[each[0] as keyof typeof SIGNS], text: each.slice(1) }));
const drawn = (list: readonly TextPart[] | null): string =>
  (list ?? [{ op: 'same', text: '' } as const])
    .map(({ op, text }) => `${Object.keys(SIGNS)[Object.values(SIGNS).indexOf(op)]}${text.trimEnd()}`)
    .join(' ');

const text = fc
  .array(fc.constantFrom('one ', 'two', '\n', 'three\n', ' ', '⟦email·1⟧', 'long '.repeat(3000)), { maxLength: 12 })
  .map((words) => words.join(''));
const anyParts = fc
  .array(fc.record({ op: fc.constantFrom('same', 'added', 'removed'), text }), { maxLength: 12 })
  .map((list) => list.filter((part) => part.text !== '') as readonly TextPart[]);
const join = (list: readonly TextPart[], without: TextPart['op']): string =>
  list
    .filter(({ op }) => op !== without)
    .map((part) => part.text)
    .join('');

describe('lines of two texts', () => {
  it('in one hold every letter of both, in order, and end where a line ends', () => {
    fc.assert(
      fc.property(anyParts, (list) => {
        const lines = unifiedLines(list);
        const all = lines.flatMap((line) => line.parts);
        expect([join(all, 'added'), join(all, 'removed')]).toEqual([join(list, 'added'), join(list, 'removed')]);
        for (const { parts: line } of lines)
          expect(line.slice(0, -1).some((part) => part.text.includes('\n'))).toBe(false);
      }),
    );
  });

  it('side by side hold each text by itself; what is the same on a line stands beside itself', () => {
    fc.assert(
      fc.property(anyParts, (list) => {
        const lines = sideLines(list);
        const of = (side: 'a' | 'b'): string =>
          lines.flatMap((line) => (line[side] ?? []).map((part) => part.text)).join('');
        expect([of('a'), of('b')]).toEqual([join(list, 'added'), join(list, 'removed')]);
        for (const { a, b, isSame } of lines) expect(isSame && drawn(a) !== drawn(b)).toBe(false);
      }),
    );
  });

  it('side by side keep their own ends', () => {
    const lines = sideLines(parts('=first\n', '-gone\n', '=pay ', '-it\nnow', '+later', '=.\nlast'));
    expect(lines.map(({ a, b, isSame }) => [drawn(a), drawn(b), isSame])).toEqual([
      ['=first', '=first', true],
      ['-gone', '=', false],
      ['=pay -it', '=pay +later =.', false],
      ['-now =.', '=', false],
      ['=last', '=last', true],
    ]);
  });

  it('that are long are cut at a space, never in a mark of masking', () => {
    const marked = `${'x'.repeat(19_995)}⟦email·1⟧${'y'.repeat(30_000)}`;
    const pieces = unifiedLines([{ op: 'same', text: marked }]).flatMap((line) => line.parts);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.filter((part) => part.text.includes('⟦email·1⟧'))).toHaveLength(1);
  });
});

describe('what is the same', () => {
  const folded = (kinds: string): string =>
    foldLines(kinds.length, (at) => kinds[at] === '=')
      .map((item) => (item.kind === 'line' ? String(item.at) : `(${item.from}-${item.to})`))
      .join(' ');

  it('is folded but for two lines beside a change', () => {
    expect(folded('')).toBe('');
    expect(folded('========')).toBe('(0-8)');
    expect(folded('==========~==========')).toBe('(0-8) 8 9 10 11 12 (13-21)');
    expect(folded('~=======~')).toBe('0 1 2 3 4 5 6 7 8');
    expect(folded('~========~~')).toBe('0 1 2 (3-7) 7 8 9 10');
  });

  it('shows each line once, or folds it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '=', '=', '~'), maxLength: 80 }), (kinds) => {
        const all = foldLines(kinds.length, (at) => kinds[at] === '=').flatMap((item) =>
          item.kind === 'line' ? [item.at] : Array.from({ length: item.to - item.from }, (_, at) => item.from + at),
        );
        expect(all).toEqual(Array.from({ length: kinds.length }, (_, at) => at));
      }),
    );
  });

  it('within a line is folded where it is many words, all but ten beside a change', () => {
    const words = (count: number): string => Array.from({ length: count }, (_, at) => `w${at}`).join(' ');
    expect(foldWords(words(44), false, false)).toBeNull();
    expect(foldWords(words(60), true, true)).toBeNull();
    expect(foldWords(words(100), true, true)).toMatchObject({ words: 80, tail: words(100).split('w89 ')[1] });
    expect(foldWords(words(100), true, false)).toMatchObject({ words: 90, tail: '' });
    const { head, hidden, tail } = foldWords(words(100), true, true)!;
    expect(head + hidden + tail).toBe(words(100));
  });

  it('stands between edits, which are counted by place', () => {
    expect(editsIn(parts('=a', '-b', '+c', '=d', '+e'))).toBe(2);
    expect(editsIn(parts('=a'))).toBe(0);
  });
});
