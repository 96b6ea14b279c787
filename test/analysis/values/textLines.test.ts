import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../src/analysis/steps.ts';
import { countHidden, hiddenCharacters } from '../../../src/analysis/values/hiddenCharacters.ts';
import { LINE_AT_MOST, textLines } from '../../../src/analysis/values/textLines.ts';

const lines = (text: string) => atOnce(textLines(text));

describe('lines of a text', () => {
  it('end with line breaks', () => {
    const found = lines('one\ntwo\r\n\nfour\rsame\n');
    expect(
      found.window(0, 99).map(({ from, to, line }) => `${line} ${JSON.stringify(found.text.slice(from, to))}`),
    ).toEqual(['1 "one"', '2 "two"', '3 ""', '4 "four\\rsame"', '5 ""']);
    expect([lines('').size, lines('').lines, lines('\n').lines]).toEqual([1, 1, 2]);
  });

  it('are several pieces where they are long, which end behind a space and part neither characters nor marks', () => {
    const word = `${'x'.repeat(49)} `;
    const long = lines(`short\n${word.repeat(100)}end\nlast`);
    const pieces = long.window(0, long.size);
    expect(pieces.map(({ line, continues }) => `${line}${continues ? '+' : ''}`)).toEqual(['1', '2', '2+', '2+', '3']);
    expect(pieces.slice(1, -2).every(({ to }) => long.text[to - 1] === ' ')).toBe(true);
    const mark = '⟦email·1⟧';
    const masked = lines(`${'x'.repeat(LINE_AT_MOST - 4)}${mark}${'y'.repeat(LINE_AT_MOST)}`);
    expect(masked.text.slice(masked.piece(1).from).startsWith(mark)).toBe(true);
    const faces = lines(`x${'😀'.repeat(LINE_AT_MOST)}`);
    for (const { from, to } of faces.window(0, faces.size))
      expect(faces.text.slice(from, to)).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
  });

  it('together are the text, each place in one of them', () => {
    const text = fc
      .array(
        fc.oneof(
          fc.constantFrom('\n', '\r\n', '\r', ' ', '⟦x·1⟧', '😀', '⟦', '⟧'),
          fc.nat(2500).map((length) => 'a'.repeat(length)),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(), (whole, pick) => {
        const found = lines(whole);
        const pieces = found.window(0, found.size);
        let joined = '';
        pieces.forEach(({ from, to }, at) => {
          joined += whole.slice(from, pieces[at + 1]?.from ?? to);
        });
        expect(joined).toBe(whole);
        expect(
          pieces
            .map(({ from, to, continues, line }) => ({ continues, text: whole.slice(from, to), line }))
            .reduce<string[]>((all, { continues, text: piece, line }) => {
              if (continues) all[line - 1] += piece;
              else all.push(piece);
              return all;
            }, []),
        ).toEqual(whole.split(/\r?\n/));
        expect(pieces.every(({ from, to }) => to - from <= LINE_AT_MOST)).toBe(true);
        const offset = pick % (whole.length + 1);
        const { from } = found.piece(found.pieceAt(offset));
        const next = pieces[found.pieceAt(offset) + 1];
        expect(from <= offset && (next === undefined || offset < next.from)).toBe(true);
      }),
    );
  });

  it('of fifty megabytes rest often, and cost no copy', () => {
    const steps = textLines('line of a log\n'.repeat(3_600_000));
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(count).toBeGreaterThan(500);
  });
});

describe('hidden characters', () => {
  const shown = (text: string): readonly string[] =>
    hiddenCharacters(text).map(({ from, to, kind, code }) => `${from}-${to} ${kind} ${code}`);
  it('are told by kind and place', () => {
    expect(shown('a\u0000b\u202Ec\u200Bd\u00A0e\tf  \ng ')).toEqual([
      '1-2 control U+0000',
      '3-4 bidi U+202E',
      '5-6 invisible U+200B',
      '7-8 space U+00A0',
      '9-10 space U+0009',
      '11-13 trailing U+0020',
      '15-16 trailing U+0020',
    ]);
    expect(shown('plain text\r\nwith lines\n')).toEqual([]);
    expect(shown('a\rb\u2028c')).toEqual(['1-2 control U+000D', '3-4 control U+2028']);
    expect(shown('x\u{E0041}')).toEqual(['1-3 invisible U+E0041']);
  });
  it('do not count what emoji are made of', () => {
    expect(shown('👩‍👩‍👧 ❤️ 👍🏽‍ok')).toEqual([]);
    expect(shown('a\u200Db')).toEqual(['1-2 invisible U+200D']);
  });
  it('in a window are those of the window', () => {
    expect(hiddenCharacters('a\tb\tc  d', 2, 6).map(({ from, kind }) => `${from} ${kind}`)).toEqual(['3 space']);
  });
  it('are counted piece by piece, however many spaces stand in a row', () => {
    const text = `${' '.repeat(300_000)}x\u202E \n`.repeat(2);
    expect(atOnce(countHidden(text))).toEqual({ control: 0, bidi: 2, invisible: 0, space: 0, trailing: 2 });
  });
});
