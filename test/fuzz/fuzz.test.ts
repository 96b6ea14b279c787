import { describe, expect, it } from 'vitest';
import { readCorpus, smallPart } from './corpus.ts';
import { fuzz } from './fuzz.ts';
import { LawBroken, lawsOfDocuments, lawsOfText } from './laws.ts';
import { mutate } from './mutate.ts';
import { createRandom } from './random.ts';

describe('recorded traces, mutated', () => {
  it('keep every law', async () => {
    const findings: unknown[] = [];
    for await (const finding of fuzz(Number(process.env['SEED'] ?? 1), 0, Number(process.env['COUNT'] ?? 150)))
      if (finding) findings.push({ ...finding, documents: undefined });
    expect(findings).toEqual([]);
  }, 600_000);

  it('are the same for the same seed and case, and others for others', () => {
    const corpus = readCorpus();
    const caseOf = (seed: number, number: number): string => {
      const random = createRandom(seed, number);
      const documents = smallPart(random.pick(corpus), random);
      mutate(documents, random);
      return JSON.stringify(documents);
    };
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    expect(numbers.map((number) => caseOf(7, number))).toEqual(numbers.map((number) => caseOf(7, number)));
    expect(new Set([1, 2].flatMap((seed) => numbers.map((number) => caseOf(seed, number)))).size).toBeGreaterThan(35);
  });
});

describe('the laws', () => {
  it('are held by every recording as it is', async () => {
    for (const recording of readCorpus()) {
      const random = createRandom(3, 0);
      await expect(lawsOfDocuments(smallPart(recording, random), random)).resolves.toBeUndefined();
    }
  });

  it('take what is refused as they take what is read, and nothing else', async () => {
    for (const documents of [[], [null], [{}], [{ spans: 1 }], ['x'], [[[]]]])
      await lawsOfDocuments(documents, createRandom(1, 1));
    for (const text of ['', ' ', '{', 'no trace', '\0', '[[[[']) await lawsOfText(text, createRandom(1, 2));
    const cause = new Error('cause');
    expect(new LawBroken('law', 'how', cause)).toMatchObject({ law: 'law', message: 'law: how', cause });
  });
});
