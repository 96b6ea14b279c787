import { gzipSync } from 'node:zlib';
import { readCorpus, smallPart, type Recording } from './corpus.ts';
import { LawBroken, lawsOfBytes, lawsOfDocuments, lawsOfMaskedText, lawsOfText } from './laws.ts';
import { mutate, mutateBytes, mutateText } from './mutate.ts';
import { plantSecrets } from './plantSecrets.ts';
import { createRandom, type Random } from './random.ts';

/** A case that broke a law. `--seed` and `--from` with `--count 1` try it again. */
export interface Finding {
  readonly seed: number;
  readonly number: number;
  readonly recording: string;
  readonly done: readonly string[];
  readonly law: string;
  readonly how: string;
  readonly cause: unknown;
  readonly documents: string;
}

const asText = (documents: readonly unknown[], random: Random): string =>
  documents.length === 1
    ? JSON.stringify(documents[0])
    : random.chance(0.7)
      ? documents.map((each) => JSON.stringify(each)).join('\n')
      : JSON.stringify(documents);

/**
 * Tries cases by number and gives what they found. Most change documents as they are parsed; the others, their text and
 * its bytes.
 */
export async function* fuzz(seed: number, from: number, count: number): AsyncGenerator<Finding | null, void> {
  const corpus = readCorpus();
  for (let number = from; number < from + count; number += 1) yield tryCase(corpus, seed, number);
}

async function tryCase(corpus: readonly Recording[], seed: number, number: number): Promise<Finding | null> {
  const random = createRandom(seed, number);
  const recording = random.pick(corpus);
  const documents = smallPart(recording, random);
  const done = [...mutate(documents, random)];
  try {
    const way = random.below(10);
    if (way < 6) {
      await lawsOfDocuments(documents, random);
    } else if (way < 8) {
      done.push('text');
      await lawsOfText(mutateText(asText(documents, random), random), random);
    } else if (way < 9) {
      done.push('bytes');
      const bytes = new TextEncoder().encode(asText(documents, random));
      await lawsOfBytes(mutateBytes(random.chance(0.3) ? new Uint8Array(gzipSync(bytes)) : bytes, random));
    } else {
      done.push('masked text');
      plantSecrets(documents, random);
      await lawsOfMaskedText(mutateText(asText(documents, random), random));
    }
    return null;
  } catch (error) {
    const { law, message, cause } =
      error instanceof LawBroken ? error : new LawBroken('the fuzzer itself', String(error), error);
    return {
      seed,
      number,
      recording: recording.name,
      done,
      law,
      how: message,
      cause,
      documents: JSON.stringify(documents),
    };
  }
}
