import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messageDelta, rebuildMessages } from '../../../src/analysis/conversation/messageDelta.ts';
import type { CallMessages } from '../../../src/analysis/conversation/types.ts';
import type { Message } from '../../../src/core.ts';
import { said } from './talk.ts';

/** Few different ones, so that many are equal. */
const message: fc.Arbitrary<Message> = fc.oneof(
  fc
    .constantFrom(
      's: be kind',
      's: be brief',
      'u: go',
      'u: stop',
      'u: Summary of the conversation so far',
      'a: ok',
      'a: no',
      't< found #1',
      't< lost #1',
      't< found',
      'a> search {"q":1} #1',
      'a> search {"q":1}',
      'a> search {"q":2} #2',
    )
    .map(said),
  fc.record(
    {
      role: fc.constantFrom('user', 'assistant'),
      parts: fc.array(
        fc.oneof(
          fc.record({ type: fc.constant('text' as const), text: fc.constantFrom('', 'a', 'b') }),
          fc.record({ type: fc.constant('reasoning' as const), text: fc.constantFrom('hm', 'so') }),
          fc.record({
            type: fc.constant('toolResult' as const),
            id: fc.constantFrom('1', '2'),
            result: fc.jsonValue({ maxDepth: 2 }),
          }),
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['role', 'parts'] },
  ),
);
const talked = fc.array(message, { maxLength: 12 });
const finish =
  (finishReason: boolean) =>
  (each: Message): Message =>
    finishReason ? { ...each, finishReason: 'stop' } : each;

interface Change {
  readonly type: 'drop' | 'insert' | 'replace' | 'cut';
  readonly at: number;
  readonly message: Message;
}
const change: fc.Arbitrary<Change> = fc.record({
  type: fc.constantFrom('drop', 'insert', 'replace', 'cut'),
  at: fc.nat(12),
  message,
});

function changed(messages: readonly Message[], changes: readonly Change[]): readonly Message[] {
  const next = [...messages];
  for (const { type, at, message: other } of changes)
    next.splice(
      Math.min(at, next.length),
      type === 'insert' ? 0 : type === 'cut' ? 4 : 1,
      ...(type === 'insert' || type === 'replace' ? [other] : []),
    );
  return next;
}

const plain = (messages: readonly Message[]): unknown => JSON.parse(JSON.stringify(messages));

/** What is not exact about a delta. */
function faults(previous: CallMessages, input: readonly Message[]): readonly string[] {
  const delta = messageDelta(previous, input);
  const found: string[] = [];
  if (!isDeepStrictEqual(plain(rebuildMessages(previous, delta)), plain(input))) found.push('other messages');
  let to = 0;
  for (const run of delta.runs) {
    if (run.from !== to || run.to <= run.from) found.push('a gap or an overlap');
    to = run.to;
  }
  const { asBefore, changed: others, fresh } = delta.counts;
  if (to !== input.length || asBefore + others + fresh !== input.length) found.push('not all messages');
  // Said places are sent at most once, and all that are not are told as dropped.
  const places = delta.runs.flatMap((run) =>
    run.type === 'new' ? [] : Array.from({ length: run.to - run.from }, (_, i) => `${run.side} ${run.at + i}`),
  );
  const dropped = delta.dropped.flatMap(({ side, from, to: end }) =>
    Array.from({ length: end - from }, (_, i) => `${side} ${from + i}`),
  );
  const all = [...previous.input.map((_, i) => `input ${i}`), ...previous.output.map((_, i) => `output ${i}`)];
  if (!isDeepStrictEqual([...places, ...dropped].toSorted(), all.toSorted())) found.push('not all that was said');
  if ((delta.history === 'compacted') !== (delta.summary !== null)) found.push('a summary without a place');
  return found;
}

it('what was said before and what is new give exactly what was sent: any two calls', () => {
  fc.assert(
    fc.property(talked, fc.array(message, { maxLength: 2 }), talked, fc.boolean(), (input, output, next, stops) => {
      expect(faults({ input, output: output.map(finish(stops)) }, next)).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

it('what was said before and what is new give exactly what was sent: a conversation that goes on, was cut, changed or summed up', () => {
  fc.assert(
    fc.property(
      talked,
      fc.array(message, { maxLength: 1 }),
      fc.array(change, { maxLength: 4 }),
      fc.array(message, { maxLength: 3 }),
      (input, output, changes, added) => {
        expect(
          faults({ input, output: output.map(finish(true)) }, [...changed([...input, ...output], changes), ...added]),
        ).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});

it('of a conversation that goes on only what was added is new, whatever repeats in it', () => {
  fc.assert(
    fc.property(talked, fc.array(message, { maxLength: 1 }), talked, (input, output, added) => {
      const delta = messageDelta({ input, output: output.map(finish(true)) }, [...input, ...output, ...added]);
      expect(delta.counts).toEqual({
        asBefore: input.length + output.length,
        changed: 0,
        fresh: added.length,
        dropped: 0,
      });
      expect(delta.history).toBe(added.length + output.length === 0 ? 'repeated' : 'continued');
    }),
    { numRuns: 1000 },
  );
});

it('looks at each message a few times, however many there are and however they repeat', () => {
  const many = 20_000;
  let looks = 0;
  const counted = (text: string): Message => ({
    role: 'user',
    parts: [
      {
        type: 'text',
        get text() {
          looks += 1;
          return text;
        },
      },
    ],
  });
  const repeating = Array.from({ length: many }, (_, i) => counted(i % 2 === 0 ? 'yes' : 'no'));
  messageDelta({ input: [counted('a'), ...repeating], output: [] }, [
    counted('b'),
    counted('c'),
    ...repeating.slice(1),
    counted('d'),
  ]);
  expect(looks).toBeLessThan(many * 40);
});
