import claimBase from '../test/fixtures/otlp/pair-claim-base.otlp.jsonl?raw';
import claimModel from '../test/fixtures/otlp/pair-claim-model.otlp.jsonl?raw';
import claimPrompt from '../test/fixtures/otlp/pair-claim-prompt.otlp.jsonl?raw';
import claimRounds from '../test/fixtures/otlp/pair-claim-rounds.otlp.jsonl?raw';
import claimTool from '../test/fixtures/otlp/pair-claim-tool.otlp.jsonl?raw';
import digestBase from '../test/fixtures/otlp/pair-digest-base.otlp.jsonl?raw';
import digestModel from '../test/fixtures/otlp/pair-digest-model.otlp.jsonl?raw';
import digestPrompt from '../test/fixtures/otlp/pair-digest-prompt.otlp.jsonl?raw';
import digestTool from '../test/fixtures/otlp/pair-digest-tool.otlp.jsonl?raw';
import { diffTraces, readTraces, type ReadOptions, type Trace, type TraceDiffResult } from '../src/index.ts';

/** The same agents recorded again with one thing changed; `test/fixtures/record/pairs` says what. */
export const pairs = {
  claimBase,
  claimModel,
  claimPrompt,
  claimRounds,
  claimTool,
  digestBase,
  digestModel,
  digestPrompt,
  digestTool,
};

export interface ComparedPair {
  readonly a: Trace;
  readonly b: Trace;
  readonly diff: TraceDiffResult;
}

/** Two recordings, read and compared. */
export function compared(a: keyof typeof pairs, b: keyof typeof pairs, options?: ReadOptions): ComparedPair {
  const [from, to] = [read(pairs[a], options), read(pairs[b], options)];
  return { a: from, b: to, diff: diffTraces(from, to) };
}

const read = (lines: string, options?: ReadOptions): Trace =>
  readTraces(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
    options,
  ).traces[0]!;
