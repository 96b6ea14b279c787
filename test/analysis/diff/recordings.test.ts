import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diffTraces, parseTraces, type Trace } from '../../../src/core.ts';

const FOLDER = new URL('../../fixtures/otlp/', import.meta.url);

/**
 * Recorded pairs: the same agent run twice, with one thing changed. Each is three files in test/fixtures/otlp,
 * `pair-NAME.a.otlp.jsonl`, `pair-NAME.b.otlp.jsonl` and `pair-NAME.json`: `{ "cause": "…" }`, an expression that the
 * first change or the divergence has to match.
 */
const pairs = (existsSync(FOLDER) ? readdirSync(FOLDER) : []).flatMap(
  (file) => /^pair-(.+)\.json$/.exec(file)?.[1] ?? [],
);

const read = async (name: string): Promise<Trace> =>
  (await parseTraces(readFileSync(new URL(name, FOLDER)))).traces[0]!;

describe('a recorded pair', () => {
  it.skipIf(pairs.length === 0).each(pairs)('%s names its cause', async (name) => {
    const [a, b] = [await read(`pair-${name}.a.otlp.jsonl`), await read(`pair-${name}.b.otlp.jsonl`)];
    const { cause } = JSON.parse(readFileSync(new URL(`pair-${name}.json`, FOLDER), 'utf8')) as { cause: string };
    const { changes, divergence, rows } = diffTraces(a, b);
    const parts = divergence ? rows[divergence.row]! : null;
    const words = [
      `${changes[0]?.kind}: ${changes[0]?.message}`,
      parts ? `${divergence!.kind} at ${(parts.b === null ? a.find(parts.a!) : b.find(parts.b))!.name}` : '',
    ];
    expect(words.join('\n')).toMatch(new RegExp(cause));
  });

  it('with itself is all same, for every recording there is', async () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))) {
      for (const trace of (await parseTraces(readFileSync(new URL(file, FOLDER)))).traces) {
        const [again] = (await parseTraces(readFileSync(new URL(file, FOLDER)))).traces.filter(
          ({ traceId }) => traceId === trace.traceId,
        );
        const diff = diffTraces(trace, again!);
        expect([file, diff.counts.same, diff.changes]).toEqual([file, trace.spanCount, []]);
      }
    }
  });
});
