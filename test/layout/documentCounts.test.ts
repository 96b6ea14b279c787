import { expect, it } from 'vitest';
import type { Document } from '../../src/core.ts';
import { documentCounts } from '../../src/layout/rows/documentCounts.ts';

const documents = (count: number): readonly Document[] =>
  Array.from({ length: count }, (_, place) => ({ id: String(place) }));
const counts = (before: number, after: number) =>
  documentCounts({ input: documents(before), output: documents(after) });

it('a search says how many it found, none too', () => {
  expect(counts(0, 6)).toEqual({ before: null, after: 6 });
  expect(counts(0, 0)).toEqual({ before: null, after: 0 });
});

it('a ranking says how many it kept where it left some out', () => {
  expect(counts(24, 6)).toEqual({ before: 24, after: 6 });
  expect(counts(6, 6)).toEqual({ before: null, after: 6 });
});

it('what was not recorded is not said to be none', () => {
  expect(counts(24, 0)).toBeNull();
  expect(documentCounts(null)).toBeNull();
});
