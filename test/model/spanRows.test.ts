import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SpanEntry } from '../../src/core.ts';
import { RowsById, SpanRows } from '../../src/model/build/spanRows.ts';

const content = { hash: () => 1, decode: () => expect.unreachable() };
const id = fc.oneof(
  fc.stringMatching(/^[\da-f]{16}$/),
  fc.stringMatching(/^[\da-f]{1,15}$/),
  fc.constantFrom('', 'no-id-x', 'EEE19B7EC3C1B174', '0'.repeat(16), '0'.repeat(17), 'a', '000000000000000a'),
);
const instant = fc.option(
  fc.record({
    seconds: fc.nat(4_102_444_800),
    nanos: fc.nat(999_999_999),
    guessed: fc.boolean(),
  }),
);
const text = fc.option(fc.constantFrom('chat', 'gpt', 'desk', '__proto__'));
const entry = fc.record({
  spanId: id,
  parentSpanId: fc.option(id),
  name: fc.constantFrom('', 'chat', 'constructor'),
  start: instant,
  end: instant,
  kind: fc.constantFrom('span', 'llm', 'messaging', 'own kind', 'constructor'),
  rawKind: text,
  otelKind: fc.constantFrom(null, 'internal', 'server', 'consumer'),
  status: fc.constantFrom('unset', 'ok', 'error', 'warning', 'running'),
  statusMessage: fc.option(fc.constant('failed'), { freq: 9 }),
  service: text,
  model: text,
  provider: text,
  amounts: fc.option(fc.constant({ usage: null, cost: null, firstToken: 5 })),
  flags: fc.nat(65_535),
  content: fc.constant(content),
}) as fc.Arbitrary<SpanEntry>;

it('spans come back as they were added', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      expect(SpanRows.of(entries).list()).toEqual(entries);
    }),
  );
});

/** Hexadecimal ids are the same with and without leading zeros. */
const form = (spanId: string): string => (/^[\da-f]{1,15}$/.test(spanId) ? spanId.padStart(16, '0') : spanId);

it('spans are found by their ids and those of their children', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
      const rows = SpanRows.of(entries);
      const byId = new RowsById(rows.length);
      const expected = new Map<string, number>();
      for (const [row, { spanId }] of entries.entries()) {
        expect(rows.claimId(row, byId)).toBe(expected.get(form(spanId)) ?? -1);
        expected.set(form(spanId), row);
      }
      for (const [row, { spanId, parentSpanId }] of entries.entries()) {
        expect(rows.withIdOf(row, byId)).toBe(expected.get(form(spanId)));
        expect(rows.withIdOfParent(row, byId)).toBe(
          parentSpanId === null ? -1 : (expected.get(form(parentSpanId)) ?? -1),
        );
      }
    }),
  );
});
