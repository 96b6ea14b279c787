import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../src/redact/createRedaction.ts';
import { redactors } from '../../src/redact/redactors/redactors.ts';
import { deepFreeze } from '../model/deepFreeze.ts';

/**
 * Long enough to be carried anywhere, with all that has to be escaped somewhere. Space at the edges is no part of a
 * secret.
 */
const secret = fc
  .string({
    unit: fc.constantFrom(...'abcxyzNRTU0189"\'\\/ \n\t%+&=@é漢'.split(''), '😀'),
    minLength: 6,
    maxLength: 60,
  })
  .chain((text) =>
    fc
      .tuple(fc.constantFrom('Q', 'n', 'u00', '"', '\\', '%4', '4'), fc.constantFrom('Z', 'n', '\\', '"', '9'))
      .map(([first, last]) => `${first}k${text}7${last}`.trim()),
  );
const filler = fc.string({ unit: fc.constantFrom(...'lorem ipsum,.:;-()\'"{}[]\n'.split('')), maxLength: 20 });

/** Ways to write a text so that it still says the same to somebody. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1),
  (text) =>
    Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  (text) => encodeURIComponent(text),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => encodeURIComponent(text).replaceAll('%20', '+'),
];
/** Ways to put a text into another one. */
const settings: readonly ((text: string, filler: string) => string)[] = [
  (text, around) => `${around} ${text} ${around}`,
  (text, around) => `https://x.test/?q=${encodeURIComponent(text)}&r=${encodeURIComponent(around)}`,
  (text, around) => JSON.stringify({ [around]: [text, 1, { deep: text }], [text]: null }),
  (text, around) =>
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify([around, text]) }), c: 12345678901234 }, null, 2),
  (text) => `{"cut": ["${JSON.stringify(text).slice(1, -1)}", "and so`,
  (text, around) =>
    `{'python': '${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}', 'ok': True} ${around}`,
];
const planted = (text: string) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...settings), filler).map(([setting, around]) => setting(text, around)),
    fc
      .tuple(fc.constantFrom(...spellings), filler)
      .map(([spelling, around]) => `${around} ${spelling(text)} ${around}`),
  );
/** Plain data with these texts in it. */
const holding = (texts: readonly fc.Arbitrary<string>[]) =>
  fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      ...texts,
      filler,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(filler, fc.constant('__proto__'), ...texts), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

/** Each text and key in a value, and all that can be read out of it: as JSON, and without its escapes. */
function readings(root: unknown): readonly string[] {
  const texts: string[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      texts.push(value);
      for (const read of [
        JSON.parse,
        decodeURIComponent,
        (text: string) => decodeURIComponent(text.replaceAll('+', ' ')),
      ] as const) {
        try {
          const inner: unknown = read(value);
          if (inner !== value && (typeof inner === 'string' || typeof inner === 'object')) open.push(inner);
        } catch {
          // Not that.
        }
      }
    } else if (value !== null && typeof value === 'object') {
      open.push(...Object.keys(value), ...Object.values(value));
    }
  }
  return texts;
}

/** Names of types, keys left out: what a mask must not change. Texts and numbers may become marks. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (value !== null && typeof value === 'object') return Object.values(value).map(shape);
  return value === null || typeof value === 'boolean' ? value : 'leaf';
}

const rules = [{ name: 'secret', key: /^password$/ }, ...Object.values(redactors)];

describe('what was once seen under a key', () => {
  const cases = secret.chain((text) => fc.record({ text: fc.constant(text), data: holding([planted(text)]) }));

  it('is nowhere to be read after masking', () => {
    fc.assert(
      fc.property(cases, ({ text, data }) => {
        const document = deepFreeze({ data, config: { password: text } });
        const before = JSON.stringify(document);
        const redaction = createRedaction(rules);
        redaction.scan(document);
        const masked = redaction.mask(document);
        expect(readings(masked).filter((each) => each.includes(text.trim()))).toEqual([]);
        expect(shape(masked)).toEqual(shape(document));
        expect(JSON.stringify(document)).toBe(before);
        expect(redaction.mask(masked)).toBe(masked);
      }),
      { numRuns: Number(process.env['RUNS'] ?? 1_000) },
    );
  });

  it('and what is JSON is JSON still, with the same numbers', () => {
    fc.assert(
      fc.property(secret, filler, fc.integer({ min: 0, max: 3 }), (text, around, levels) => {
        let document = `{ "n": 12345678901234567890, "password": ${JSON.stringify(text)}, ${JSON.stringify(`x${around}`)}: [1.0e5, ${JSON.stringify(text + around)}] }`;
        for (let level = 0; level < levels; level += 1) document = JSON.stringify({ inner: document });
        const masked = createRedaction(rules).mask(document);
        let inner: unknown = JSON.parse(masked);
        for (let level = 0; level < levels; level += 1) inner = JSON.parse((inner as { inner: string }).inner);
        expect(inner).toMatchObject({ password: '⟦secret·1⟧' });
        expect(masked).toMatch(/12345678901234567890[^]*1\.0e5/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('data without secrets', () => {
  it('is the same reference, also beside what is masked', () => {
    const clean = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('@'));
    fc.assert(
      fc.property(clean, clean, (left, right) => {
        const document = { left: { left }, hit: ['me@example.com'], right: [right] };
        const redaction = createRedaction([redactors.email]);
        redaction.scan(document);
        const masked = redaction.mask(document);
        expect([masked.left, masked.right, redaction.mask(left)]).toEqual([document.left, document.right, left]);
        expect([masked.left === document.left, masked.right === document.right, masked.hit]).toEqual([
          true,
          true,
          ['⟦email·1⟧'],
        ]);
      }),
    );
  });
});

describe('any rules on any text', () => {
  const rule = fc
    .record({
      name: fc.string({ maxLength: 5 }),
      key: fc.option(fc.constantFrom(/a/, /^b$/g, /c/y), { nil: undefined }),
      value: fc.option(
        fc.oneof(
          fc.constantFrom(/a+/, /(?:)/, /\b/g, /^./, /\S+/y, /"[^"]*"/, /(?:)/u),
          fc.constantFrom<(text: string) => [number, number][]>(
            () => {
              throw new Error('no');
            },
            () => [
              [-1, 4],
              [2, 1],
              [0, 1e9],
              [0.5, 2],
            ],
            () => null as never,
            () => [null, {}, [0]] as never,
            () => [[0, 1]],
          ),
        ),
        { nil: undefined },
      ),
    })
    .filter(({ key, value }) => Boolean(key ?? value));
  it('neither throw nor change what is masked', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 3 }),
        fc.oneof(
          fc.jsonValue(),
          fc.json(),
          fc.string({ unit: fc.constantFrom(...'ab"\'\\:{}[], 1%4⟦⟧·'.split(''), '😀') }),
        ),
        (given, data) => {
          const redaction = createRedaction(given as never);
          redaction.scan({ a: data, b: [data] });
          const masked = redaction.mask({ a: data, b: [data] });
          expect(shape(masked)).toEqual(shape({ a: data, b: [data] }));
          expect(typeof redaction.text(JSON.stringify(data))).toBe('string');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
