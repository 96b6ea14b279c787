import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeValue } from '../../../src/adapters/native/nativeValue.ts';
import { restoreRaw, shortenRaw } from '../../../src/adapters/native/rawReferences.ts';
import { keyValues } from '../../../src/adapters/otlp/anyValue.ts';
import { parseTraces, readTraces, toNativeJson, type AttributeValue, type SpanContent } from '../../../src/core.ts';

const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const long = 'a text that is long enough to be worth a reference';

const text = fc.oneof(fc.constantFrom(long, `${long}!`, ''), fc.string());
const key = fc.oneof(
  fc.constantFrom(
    'a',
    'b/c',
    'd~1',
    '__proto__',
    '$same',
    '$keyValues',
    '$object',
    '$bytes',
    '0',
    'attributes',
    'key',
    'value',
  ),
  fc.string(),
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.bigInt(),
    fc.uint8Array({ minLength: 30, maxLength: 40 }),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries) as unknown),
  ),
})).any;

describe('records that refer to what their span says', () => {
  it('are as they were, whatever stands in them', () => {
    const record = fc.oneof(
      value,
      fc.record({
        name: text,
        attributes: fc.array(
          fc.record({
            key,
            value: fc.oneof(
              value,
              fc.record({ stringValue: text }),
              fc.record({ intValue: fc.oneof(fc.integer(), fc.constant('7')) }),
            ),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 3 }),
        fc.record({ name: text, attributes: fc.dictionary(key, value), input: value }),
        fc.boolean(),
        (raw, fields, isTold) => {
          // The span says what the record says, or something of its own.
          const list = raw[0] as { attributes?: unknown } | null | undefined;
          const attributes =
            isTold && list && Array.isArray(list.attributes)
              ? (readTraces({ spans: [{ traceId: '1', spanId: '2', attributes: list.attributes }] }, { format: 'otlp' })
                  .traces[0]!.span(0)
                  .content() as SpanContent)
              : null;
          const span = encodeValue({
            ...fields,
            attributes: attributes ? Object.fromEntries(attributes.attributes) : fields.attributes,
            messages: raw[0],
          }) as object;
          const encoded = encodeValue(raw);
          const written = wire({ ...span, raw: shortenRaw(encoded, span) }) as { raw: unknown };
          expect(restoreRaw(written.raw, written)).toEqual(wire(encoded));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('say the attributes of OTLP once, and keep how each was written', () => {
    const attributes: Record<string, AttributeValue> = {
      'gen_ai.prompt': long,
      tokens: 5,
      temperature: 1,
      tags: ['a', 'b'],
    };
    const list = [...keyValues(Object.entries(attributes))].map((entry) =>
      entry.key === 'temperature' ? { key: entry.key, value: { doubleValue: 1 } } : entry,
    );
    const raw = [{ name: 'ask', attributes: list }];
    const short = shortenRaw(raw, { attributes });
    expect(short).toEqual([
      { name: 'ask', attributes: { $keyValues: { of: '/attributes', but: { 2: { doubleValue: 1 } } } } },
    ]);
    expect(restoreRaw(short, { attributes })).toEqual(raw);
  });

  it('take a document of OTLP to one of about its own size', async () => {
    const file = readFileSync(new URL('../../fixtures/otlp/support-agent.otlp.jsonl', import.meta.url));
    expect(JSON.stringify(toNativeJson(await parseTraces(file))).length).toBeLessThan(1.1 * file.length);
  });

  it('do not let a file say more than grows with it: a place is followed once, and nothing but a place', () => {
    const span = { name: long, attributes: { deep: { deep: long } }, raw: [] };
    const many = Array.from({ length: 1000 }, () => ({ $same: '/name' }));
    expect(JSON.stringify(restoreRaw(many, span)).length).toBeLessThan(JSON.stringify(many).length + long.length);
    for (const odd of [
      { $same: '/raw' },
      { $same: '/raw/0' },
      { $same: '' },
      { $same: 'name' },
      { $same: '/nobody' },
      { $same: 7 },
      { $same: '/attributes/constructor' },
      { $same: '/name/length' },
      { $keyValues: { of: '/name' } },
      { $keyValues: null },
      { $same: '/name', more: 1 },
      { $same: `/attributes${'/deep'.repeat(50)}` },
    ]) {
      expect(restoreRaw([odd], span)).toEqual([odd]);
    }
  });

  it('lead to every field but the record itself', () => {
    const span = { name: 'critique', rawKind: long };
    const raw = [{ span_kind: long }];
    const short = shortenRaw(raw, span);
    expect(short).toEqual([{ span_kind: { $same: '/rawKind' } }]);
    expect(restoreRaw(short, span)).toEqual(raw);
  });

  it('may be nested as deeply as a producer likes', () => {
    let deep: unknown = long;
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    const raw = [{ deep }];
    const span = { name: long, input: deep } as object;
    let [at, was]: unknown[] = [restoreRaw(shortenRaw(raw, span), span), raw];
    let levels = 0;
    for (; at !== null && typeof at === 'object'; levels += 1)
      [at, was] = [Object.values(at)[0] as unknown, Object.values(was as object)[0] as unknown];
    expect([at, was, levels]).toEqual([long, long, 100_002]);
  });
});
