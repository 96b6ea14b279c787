import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffTraces, parseTraces, type Trace } from '../../../src/core.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const OTLP = new URL('otlp/', FIXTURES);

/** The same agent recorded twice, with one thing changed; `test/fixtures/record/pairs` says how. */
interface Pair {
  readonly a: string;
  readonly b: string;
  readonly change: 'none' | 'prompt' | 'model' | 'tool-error' | 'iterations';
  /** Spans that the change was planted in. */
  readonly spans: readonly string[];
}
const pairs = JSON.parse(readFileSync(new URL('pairs.json', FIXTURES), 'utf8')) as readonly Pair[];

/** What a reader is to be told first. */
const FIRST: Readonly<Record<Exclude<Pair['change'], 'none'>, RegExp>> = {
  prompt: /^system-prompt: /,
  model: /^model: /,
  'tool-error': /^new-error: /,
  iterations: /^added: \d+ more iterations/,
};

const tracesOf = async (file: string): Promise<readonly Trace[]> =>
  (await parseTraces(readFileSync(new URL(file, OTLP)))).traces;
const read = async (name: string): Promise<Trace> => (await tracesOf(`${name}.otlp.jsonl`))[0]!;

describe('a recorded pair', () => {
  it.each(pairs.filter(({ change }) => change !== 'none').map((pair) => [pair.b, pair] as const))(
    '%s names its cause first',
    async (_, { a, b, change, spans }) => {
      const [first] = diffTraces(await read(a), await read(b)).changes;
      const words = `${first!.kind}: ${first!.message}`;
      expect(words).toMatch(FIRST[change as keyof typeof FIRST]);
      expect(change !== 'tool-error' || spans.some((span) => words.includes(span))).toBe(true);
    },
  );

  it('tells another system prompt once, and that the two part at the first step that was given it', async () => {
    const { changes, divergence } = diffTraces(await read('pair-claim-base'), await read('pair-claim-prompt'));
    expect(changes.filter(({ kind }) => kind === 'system-prompt' || kind === 'input')).toHaveLength(1);
    expect(divergence).toMatchObject({ row: 0, kind: 'input' });
  });

  it.each(pairs.filter(({ change }) => change === 'none').map((pair) => [pair.b, pair] as const))(
    '%s, the same run again, differs in nothing but time',
    async (_, { a, b }) => {
      const { counts, divergence } = diffTraces(await read(a), await read(b));
      expect(counts).toMatchObject({ changed: 0, added: 0, removed: 0, moved: 0 });
      expect(divergence).toBeNull();
    },
  );

  it('with itself is all same, for every recording there is', async () => {
    for (const file of readdirSync(OTLP).filter((name) => name.endsWith('.jsonl'))) {
      const again = await tracesOf(file);
      for (const trace of await tracesOf(file)) {
        const diff = diffTraces(
          trace,
          again.find(({ traceId }) => traceId === trace.traceId)!,
        );
        expect([file, diff.counts.same, diff.changes]).toEqual([file, trace.spanCount, []]);
      }
    }
  });
});
