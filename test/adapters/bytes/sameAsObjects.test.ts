import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentsInBytes, spansInBytes } from '../../../src/adapters/otlp/spansInBytes.ts';
import { auditContent, parseTraces, toNativeJson, type Diagnostic } from '../../../src/core.ts';
import { resourceSpans } from '../../bench/generate.mjs';
import { changedByte } from './changedByte.ts';

/** All that a reader answers: the set, with what only opening it shows, or the error. */
async function allOf(input: Uint8Array<ArrayBuffer> | string, holdAs: 'bytes' | 'objects'): Promise<unknown> {
  try {
    const set = await parseTraces(input, { holdAs });
    const { format, accounting } = set;
    return {
      format,
      accounting,
      native: toNativeJson(set),
      diagnostics: sorted(set.diagnostics),
      audit: sorted(await auditContent(set)),
    };
  } catch (error) {
    return String(error);
  }
}
const sorted = (list: readonly Diagnostic[]): readonly string[] => list.map((each) => JSON.stringify(each)).sort();

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const expectSame = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> =>
  expect(await allOf(bytes, 'bytes')).toEqual(await allOf(bytes, 'objects'));
/** Whether bytes are read as such at all. */
const isScanned = async (bytes: Uint8Array): Promise<boolean> =>
  (await documentsInBytes(bytes, spansInBytes, () => undefined)) !== null;

const folder = fileURLToPath(new URL('../../fixtures/otlp/', import.meta.url));
const fixtures = readdirSync(folder).filter((file) => file.endsWith('.jsonl'));

it('what is around spans and written alike is one object', async () => {
  const line = (service: string, id: number): string =>
    `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"${service}"}}]},"scopeSpans":[{"scope":{"name":"a"},"spans":[{"spanId":"eee19b7ec3c1b17${id}"}]}]}]}`;
  const bytes = bytesOf([line('desk', 0), line('worker', 1), line('desk', 2)].join('\n'));
  const documents = Array.from(
    (await documentsInBytes(bytes, spansInBytes, () => undefined))!,
    (each) => each.document,
  );
  type Around = { resourceSpans: [{ resource: object; scopeSpans: [{ scope: object }] }] };
  const [first, second, third] = (documents as Around[]).map(({ resourceSpans: [entry] }) => entry);
  expect(third!.resource).toBe(first!.resource);
  expect(second!.resource).not.toEqual(first!.resource);
  expect(new Set([first, second, third].map((entry) => entry!.scopeSpans[0].scope)).size).toBe(1);
});

describe('OTLP in bytes is read as its objects are', () => {
  it.each(fixtures)('%s', async (file) => {
    const bytes = new Uint8Array(readFileSync(folder + file));
    expect(await isScanned(bytes)).toBe(true);
    await expectSame(bytes);
  });

  it('a trace of many services', async () => {
    const bytes = bytesOf(JSON.stringify({ resourceSpans: Array.from(resourceSpans(700, 3)) }));
    expect(await isScanned(bytes)).toBe(true);
    await expectSame(bytes);
  });

  const SPAN =
    '{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"chat","kind":3,' +
    '"startTimeUnixNano":"1795359116728000000","endTimeUnixNano":1795359116729000001,"attributes":[' +
    '{"key":"openinference.span.kind","value":{"stringValue":"LLM"}},' +
    '{"key":"llm.token_count.prompt","value":{"intValue":12345678901234567890}},' +
    '{"key":"prompt","value":{"stringValue":"Grüße 💥 \\ud83d \\u0041"}}],"status":{"code":2}}';
  const around = (spans: string): string =>
    `{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"desk"}}]},"scopeSpans":[{"scope":{"name":"a"},"spans":${spans}}]}]}`;
  it.each([
    ['one span', around(`[${SPAN}]`), true],
    ['a mark in front', `\uFEFF ${around(`[${SPAN}]`)} `, true],
    ['what is no span among spans', around(`[null,${SPAN},3,"a",[],{},true]`), true],
    ['no spans', around('[]'), false],
    ['null for spans', around('null'), false],
    ['a number for spans', around('0'), false],
    ['a number for a resource', around(`[${SPAN}]`).replace(/"resource":.*?\]\}/, '"resource":0'), false],
    ['a list for a scope', around(`[${SPAN}]`).replace('"scope":{"name":"a"}', '"scope":[]'), false],
    ['a text for a resource', around(`[${SPAN}]`).replace(/"resource":.*?\]\}/, '"resource":"desk"'), true],
    ['no scope', around(`[${SPAN}]`).replace('"scope":{"name":"a"}', '"scope":null'), true],
    [
      'a resource with more digits than a number has',
      around(`[${SPAN}]`).replace('{"stringValue":"desk"}', '{"intValue":12345678901234567890}'),
      true,
    ],
    [
      'lines that have the same around their spans',
      [1, 2, 3].map((id) => around(`[${SPAN.replace('b174', `b17${id}`)}]`)).join('\n'),
      true,
    ],
    [
      'another list whose name is written with escapes',
      around(`[${SPAN}]`).replace('"scopeSpans"', '"scope\\u0053pans"'),
      false,
    ],
    [
      'spans before what is around them',
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${SPAN}],"scope":{"name":"b"}}],"resource":{"attributes":[]}}]}`,
      true,
    ],
    [
      'a list that comes twice',
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${SPAN}],"spans":[]}]}],"resourceSpans":[{"scopeSpans":[{"spans":[${SPAN}]}]}]}`,
      true,
    ],
    [
      'an attribute whose key comes twice',
      around(`[${SPAN.replace('"key":"prompt",', '"key":"prompt","key":"llm.model_name",')}]`),
      true,
    ],
    [
      'an attribute whose key comes last',
      around(
        `[${SPAN.replace('{"key":"prompt","value":{"stringValue":"Gr', '{"value":{"stringValue":"gpt"},"key":"llm.model_name"},{"key":"prompt","value":{"stringValue":"Gr')}]`,
      ),
      true,
    ],
    [
      'attributes that come twice',
      around(
        `[${SPAN.replace('"status"', '"attributes":[{"key":"llm.model_name","value":{"stringValue":"m"}}],"status"')}]`,
      ),
      true,
    ],
    [
      'attributes as an object',
      around(`[${SPAN.replace('"attributes":[', '"attributes":{"llm.model_name":"m"},"rest":[')}]`),
      true,
    ],
    ['attributes with an escaped name', around(`[${SPAN.replace('"attributes"', '"attribut\\u0065s"')}]`), true],
    ['a span without an id', around(`[${SPAN.replace('"spanId"', '"otherId"')}]`), true],
    ['spans of one id', around(`[${SPAN},${SPAN},${SPAN.replace('"kind":3', '"kind":2')}]`), true],
    ...[
      '"0795359116728000000"',
      '"01795359116728000000"',
      '"17953591167280000001"',
      '"179535911672800000"',
      '"1795359116728000000.5"',
      '" 1795359116728000000"',
      '"1795359116728\\u0030000000"',
      '1795359116728000001',
      '1795359116728',
      '[1795359116,728]',
      '"9999999999999999999"',
      '"1000000000000000000"',
      '"2026-11-22T14:51:56Z"',
      '0',
      'null',
    ].map((time): [string, string, boolean] => [
      `a time of ${time}`,
      around(`[${SPAN.replace('"1795359116728000000"', time)}]`),
      true,
    ]),
    ...[
      '"eee19b7ec3c1b17"',
      '"EEE19B7EC3C1B174"',
      '"eee19b7ec3c1\\u0062174"',
      '"ééééé19b7e"',
      '"0000000000000000"',
      '"7uGbfsPBsXQ="',
      '"\\"ee19b7ec3c1b17"',
      '17203823845648142708',
      '12',
      'null',
    ].map((id): [string, string, boolean] => [
      `an id of ${id}`,
      around(
        `[${SPAN.replace('"eee19b7ec3c1b174"', id)},${SPAN.replace('"eee19b7ec3c1b174"', `"0000000000000001","parentSpanId":${id}`)}]`,
      ),
      true,
    ]),
    [
      'values that recur, and others as long',
      around(
        `[${['LLM', 'LLM', 'LLN', 'TOOL', 'LLM', 'TOOL']
          .map((kind, at) => SPAN.replace('eee19b7ec3c1b174', `eee19b7ec3c1b17${at}`).replace('LLM', kind))
          .join(', ')}]`,
      ),
      true,
    ],
    [
      'numbers of many digits in a value and in the place of one',
      around(
        `[${SPAN.replace('"kind":3', '"kind":12345678901234567').replace('"status":{"code":2}', '"status":{"code":12345678901234567,"message":1.5e300}')}]`,
      ),
      true,
    ],
    ['wrappings', `{"trace":${around(`[${SPAN}]`)},"status":"PARTIAL"}`, true],
    ['a list of envelopes', `[${around(`[${SPAN}]`)},${around(`[${SPAN.replace('chat', 'more')}]`)},null]`, true],
    ['lines, some without spans', `${around(`[${SPAN}]`)}\n\n{"resourceLogs":[]}\r\n${around('[]')}{"a":1}\n`, true],
    ['a line that breaks', `${around(`[${SPAN}]`)}\n{"resourceSpans":[\n${around(`[${SPAN}]`)}`, false],
    ['a file that is cut off', around(`[${SPAN},${SPAN}`).slice(0, -90), false],
    [
      'numbers of the data in the place of lists',
      `{"resourceSpans":[{"scopeSpans":[{"spans":[${SPAN}]}]}],"data":{"scopeSpans":[{"spans":0}]},"spans":0}`,
      true,
    ],
    [
      'keys that every object answers to',
      around(`[${SPAN.replace('"status"', '"__proto__":{"name":"x"},"constructor":1,"status"')}]`),
      true,
    ],
    [
      'scores, and the words of a producer',
      around(
        `[${SPAN.replace('[{"key"', '[{"key":"eval.annotations.good.score","value":{"doubleValue":0.5}},{"key":"gcp.vertex.agent.llm_request","value":{"stringValue":"{}"}},{"key"')}]`,
      ).replace('"name":"a"', '"name":"gcp.vertex.agent"'),
      true,
    ],
  ])('%s', async (_, text, scanned) => {
    expect(await isScanned(bytesOf(text))).toBe(scanned);
    await expectSame(bytesOf(text));
  });

  it('a document that is read in pieces', async () => {
    const spans = Array.from({ length: 2500 }, (_, at) =>
      SPAN.replace('eee19b7ec3c1b174', at.toString(16).padStart(16, '1')),
    ).join(',');
    const bytes = bytesOf(
      `${around(`[${spans}]`).slice(0, -2)},{"resource":"desk","scopeSpans":[{"spans":[${spans}]}]},{"scopeSpans":[{"scope":"a","spans":[${SPAN}]},null]},null],"nextPageToken":"x"}`,
    );
    const parts = [...(await documentsInBytes(bytes, spansInBytes, () => undefined))!];
    expect(parts.length).toBe(4);
    const [inBytes, inObjects] = await Promise.all(
      (['bytes', 'objects'] as const).map(async (holdAs) => {
        const { accounting, diagnostics, traces } = await parseTraces(bytes, { holdAs });
        return { accounting, diagnostics: sorted(diagnostics), columns: traces.map(({ columns }) => columns) };
      }),
    );
    expect(inBytes).toEqual(inObjects);
  });

  it('deep values, and more of them than fit where they are gathered', async () => {
    const deep = `{"a":${'['.repeat(3000)}${']'.repeat(3000)}}`;
    const text = JSON.stringify('x'.repeat(900_000));
    const spans = SPAN.replace('"name":"chat"', `"name":${text},"events":[{"name":"e","deep":${deep}}]`);
    const bytes = bytesOf(around(`[${spans},${SPAN}]`));
    expect(await isScanned(bytes)).toBe(true);
    await expectSame(bytes);
  });

  it('any JSON in any place, however it is written', async () => {
    const key = fc.constantFrom(
      'resourceSpans',
      'resource_spans',
      'scopeSpans',
      'spans',
      'trace',
      'data',
      'resource',
      'scope',
      'attributes',
      'key',
      'value',
      'stringValue',
      'intValue',
      'traceId',
      'spanId',
      'parentSpanId',
      'name',
      'kind',
      'status',
      'events',
      'links',
      'startTimeUnixNano',
      'endTimeUnixNano',
      'llm.model_name',
      'gen_ai.usage.input_tokens',
      '__proto__',
      '',
      'ü💥',
      '\\',
    );
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.constantFrom(null, true, 0, -1.5e300, '', 'a', '\ud800', '1795359116728000000', 2 ** 60, 'LLM'),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.array(fc.tuple(key, tie('json')), { maxLength: 5 }).map((fields) => new Pairs(fields)),
      ),
    }));
    const span = fc
      .array(fc.tuple(key, json), { maxLength: 8 })
      .map((fields) => new Pairs([['traceId', 'a'], ['spanId', 'b'], ['name', 'n'], ...fields]));
    const list = (name: string, each: fc.Arbitrary<unknown>) =>
      fc
        .tuple(
          fc.array(fc.oneof({ weight: 6, arbitrary: each }, json), { maxLength: 3 }),
          fc.array(fc.tuple(key, json), { maxLength: 2 }),
          fc.boolean(),
        )
        .map(
          ([entries, others, isLast]) =>
            new Pairs(isLast ? [...others, [name, entries]] : [[name, entries], ...others]),
        );
    const document = list('resourceSpans', list('scopeSpans', list('spans', span)));
    let scanned = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('', ' ', '\n', '\t\r\n'),
        async (documents, space) => {
          const bytes = bytesOf(documents.map((each) => written(each, space)).join('\n'));
          if (await isScanned(bytes)) scanned += 1;
          await expectSame(bytes);
        },
      ),
      { numRuns: 200 },
    );
    expect(scanned).toBeGreaterThan(40);
  });

  it('whatever happens to a byte', async () => {
    const whole = bytesOf(`${around(`[${SPAN}]`)}\n${around(`[${SPAN.replace('chat', 'ü💥')}]`)}`);
    await fc.assert(
      fc.asyncProperty(changedByte(whole), async (bytes) => {
        await expectSame(bytes);
      }),
      { numRuns: 500 },
    );
    expect(await isScanned(whole)).toBe(true);
  });
});

/** An object in which a key may come several times. */
class Pairs {
  readonly fields: readonly (readonly [key: string, value: unknown])[];
  constructor(fields: readonly (readonly [key: string, value: unknown])[]) {
    this.fields = fields;
  }
}

/** JSON of what may have one key several times, with space between its parts. */
function written(value: unknown, space: string): string {
  if (Array.isArray(value))
    return `[${space}${value.map((each) => written(each, space)).join(`${space},${space}`)}${space}]`;
  if (!(value instanceof Pairs)) return JSON.stringify(value);
  const fields = value.fields.map(([key, each]) => `${JSON.stringify(key)}${space}:${space}${written(each, space)}`);
  return `{${space}${fields.join(`${space},${space}`)}${space}}`;
}
