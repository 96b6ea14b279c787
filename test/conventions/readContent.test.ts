import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContent, READERS } from '../../src/conventions/content/readContent.ts';
import { DIALECTS } from '../../src/conventions/index.ts';
import { readTraces, type AttributeValue, type SpanContent, type SpanEvent } from '../../src/core.ts';

const folder = new URL('../fixtures/otlp/', import.meta.url);
const recorded: readonly Pick<SpanContent, 'attributes' | 'events'>[] = readdirSync(folder)
  .filter((file) => file.endsWith('.jsonl'))
  .flatMap((file) => {
    const lines = readFileSync(new URL(file, folder), 'utf8').trim().split('\n');
    return readTraces(lines.map((line) => JSON.parse(line) as object)).traces;
  })
  .flatMap((trace) => Array.from(trace.spans(), (span) => span.content() as SpanContent));

/** All that any dialect answers, in the order of trust, with everyone asked. */
function everyAnswer(attributes: ReadonlyMap<string, AttributeValue>, events: readonly SpanEvent[]) {
  return DIALECTS.flatMap(({ name }) => {
    const [readers = {}, ...segments] = READERS[name] ?? [];
    const answers = Object.values(readers).map((read) => read(attributes, events));
    return answers.some((answer) => answer !== null && answer !== undefined) ? [{ name, segments }] : [];
  });
}

const segmentsOf = (attributes: ReadonlyMap<string, AttributeValue>, events: readonly SpanEvent[]) =>
  new Set([...Array.from(attributes.keys(), (key) => key.split(/[.:]/)[0]!), ...(events.length > 0 ? [''] : [])]);

/** The dialects that would have an answer, but nothing in the span tells to ask them. */
function unasked(attributes: ReadonlyMap<string, AttributeValue>, events: readonly SpanEvent[]): readonly string[] {
  const own = segmentsOf(attributes, events);
  return everyAnswer(attributes, events)
    .filter(({ segments }) => !segments.some((segment) => own.has(segment)))
    .map(({ name }) => name);
}

describe('readers of contents', () => {
  it('are asked wherever they have an answer, in all that is recorded', () => {
    expect(recorded.length).toBeGreaterThan(400);
    for (const { attributes, events } of recorded) expect(unasked(attributes, events)).toEqual([]);
  });

  it('are asked wherever they have an answer, in any mixture of what is recorded', () => {
    const attributes = recorded.flatMap((content) => [...content.attributes]);
    const events = recorded.flatMap((content) => content.events);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...attributes), { maxLength: 12 }),
        fc.array(fc.constantFrom(...events), { maxLength: 2 }),
        (some, others) => {
          expect(unasked(new Map(some), others)).toEqual([]);
        },
      ),
    );
  });

  it('answer nothing of a span that says nothing', () => {
    expect(everyAnswer(new Map(), [])).toEqual([]);
    expect(readContent(new Map(), []).messages).toBeNull();
  });

  it('have a bit each', () => {
    expect(Object.keys(READERS).length).toBeLessThan(31);
  });
});
