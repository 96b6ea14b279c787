import { expect, test } from 'vitest';
import { createRowKeys } from '../../src/components/TraceGrid/rowKeys.ts';

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, at) => from + at);

/** Shows these rows, and gives their keys. */
function shower() {
  const elements = createRowKeys();
  return (indices: readonly number[], kept = -1): readonly number[] => {
    const keys = elements.draft(indices, kept);
    elements.placed(keys);
    expect(new Set(keys.keys).size).toBe(indices.length);
    return keys.keys;
  };
}

test('a row that was there keeps its element, a row that comes gets one that was never used', () => {
  const show = shower();
  const first = show(range(0, 10));
  const second = show(range(3, 13));
  expect(second.slice(0, 7)).toEqual(first.slice(3));
  expect(first).not.toContain(second[7]);
});

test('after a jump the elements stay where they are and draw other rows', () => {
  const show = shower();
  const first = show(range(0, 10));
  expect(show(range(500, 510))).toEqual(first);
  expect(show(range(900, 908))).toEqual(first.slice(0, 8));
});

test('the row with the keyboard keeps its element wherever it goes, and nothing is moved past it', () => {
  const show = shower();
  const first = show(range(0, 10), 4);
  const focused = first[4]!;
  const below = show([4, ...range(500, 510)], 4);
  expect(below[0]).toBe(focused);
  // What stood above it is not put below it: it would have to be moved.
  for (const key of first.slice(0, 4)) expect(below).not.toContain(key);
  const above = show([...range(100, 110), 4_000], 4_000);
  expect(above).toHaveLength(11);

  const again = shower();
  const row = again([...range(0, 10)], 4)[4];
  expect(again([...range(100, 110).map((index) => -index), 4], 4).at(-1)).toBe(row);
});

test('what was only drafted is forgotten', () => {
  const elements = createRowKeys();
  elements.placed(elements.draft(range(0, 4), -1));
  elements.draft(range(100, 104), -1);
  expect(elements.draft(range(0, 4), -1).keys).toEqual([0, 1, 2, 3]);
});
