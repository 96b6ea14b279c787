import { readdirSync, readFileSync } from 'node:fs';
import { readTraces, toNativeJson, toOtlpJson } from '../../src/core.ts';
import type { Random } from './random.ts';

const folder = new URL('../fixtures/', import.meta.url);
const FORMATS = ['otlp', 'langsmith', 'langfuse', 'phoenix', 'jaeger', 'console'];

/** The documents of a recorded file, and where they come from. */
export interface Recording {
  readonly name: string;
  readonly documents: readonly unknown[];
}

/** All recorded fixtures, and what spanwise writes of the smaller ones: native JSON, and OTLP. */
export function readCorpus(): readonly Recording[] {
  const recorded = FORMATS.flatMap((format) =>
    readdirSync(new URL(`${format}/`, folder))
      .filter((file) => /\.jsonl?$/.test(file) && file !== 'expected.json')
      .sort()
      .map((file): Recording => ({
        name: `${format}/${file}`,
        documents: documentsOf(readFileSync(new URL(`${format}/${file}`, folder), 'utf8')),
      })),
  );
  const written = recorded
    .filter(({ documents }) => JSON.stringify(documents).length < 60_000)
    .flatMap(({ name, documents }): readonly Recording[] => {
      const set = readTraces(documents as readonly object[]);
      const plain = (document: unknown): unknown => JSON.parse(JSON.stringify(document)) as unknown;
      return [
        { name: `native of ${name}`, documents: [plain(toNativeJson(set))] },
        { name: `OTLP of ${name}`, documents: [plain(toOtlpJson(set))] },
      ];
    });
  return [...recorded, ...written];
}

function documentsOf(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
}

/** How long lists stay: what is small is read quickly, and each mutation meets more of it. */
const LONGEST_LIST = 4;

/** Its own copy of a few neighbouring documents of a recording, with a few neighbours of each list. */
export function smallPart({ documents }: Recording, random: Random): unknown[] {
  const root = JSON.parse(JSON.stringify(documents)) as unknown[];
  const open: object[] = [root];
  for (let value = open.pop(); value; value = open.pop()) {
    if (Array.isArray(value) && value.length > LONGEST_LIST) {
      const from = random.below(value.length - LONGEST_LIST);
      value.splice(from + 1 + random.below(LONGEST_LIST));
      value.splice(0, from);
    }
    for (const inner of Object.values(value))
      if (inner !== null && typeof inner === 'object') open.push(inner as object);
  }
  return root;
}
