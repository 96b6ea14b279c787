import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atOnce, type Steps } from '../../../src/analysis/steps.ts';
import { jsonPath, nodeAtPath } from '../../../src/analysis/values/jsonPath.ts';
import { isJsonOpen, jsonRows, revealJson, toggleJson } from '../../../src/analysis/values/jsonRows.ts';
import { jsonText } from '../../../src/analysis/values/jsonText.ts';
import { JSON_NODES_AT_MOST, jsonType } from '../../../src/analysis/values/jsonTree.ts';
import { holdsJson, openNestedJson } from '../../../src/analysis/values/nestedJson.ts';
import { readJsonTree } from '../../../src/analysis/values/readJsonTree.ts';
import { valueTree } from '../../../src/analysis/values/valueTree.ts';
import type { JsonExpansion, JsonTree } from '../../../src/analysis/values/types.ts';

const read = (text: string): JsonTree => atOnce(readJsonTree(text))!;
const tree = (value: unknown): JsonTree => atOnce(valueTree(value));
const written = (of: JsonTree, node = 0, indent = 0): string => atOnce(jsonText(of, node, indent));
const countSteps = (steps: Steps<unknown>): number => {
  let count = 0;
  while (steps.next().done !== true) count += 1;
  return count;
};
/** Keys, types and texts, indented by depth. */
const drawn = (of: JsonTree, rows: Iterable<number> = Array.from({ length: of.size }, (_, node) => node)): string =>
  Array.from(
    rows,
    (node) =>
      `${'  '.repeat(of.depth[node]!)}${of.keys[node] ?? '$'}: ${jsonType(of, node)}${of.entries[node] === 0 ? ` ${of.texts[node]}` : ` of ${of.entries[node]}`}`,
  ).join('\n');

const SAMPLE =
  '{ "a": [1, 2.50, -3e2, 12345678901234567890], "b c": {"x": null, "y": true}, "t": "tab\\tü\\u0041", "e": [], "o": {} }';

describe('a JSON text as a tree', () => {
  it('is read in pre-order, numbers as they are written', () => {
    expect(drawn(read(SAMPLE))).toBe(
      [
        '$: object of 5',
        '  a: list of 4',
        '    0: number 1',
        '    1: number 2.50',
        '    2: number -3e2',
        '    3: number 12345678901234567890',
        '  b c: object of 2',
        '    x: null null',
        '    y: boolean true',
        '  t: string tab\tüA',
        '  e: list ',
        '  o: object ',
      ].join('\n'),
    );
  });

  it('is what JSON.parse reads, and what is written of it is the same again', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6, stringUnit: 'binary' }),
        fc.constantFrom(undefined, 2, '\t'),
        (json, space) => {
          const value = JSON.parse(json) as unknown;
          const text = JSON.stringify(value, null, space);
          const found = read(text);
          expect(JSON.parse(written(found))).toEqual(value);
          expect(JSON.parse(written(found, 0, 2))).toEqual(value);
          expect(drawn(found)).toBe(drawn(tree(value)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([
    '',
    ' ',
    '{',
    '[',
    '[1',
    '[1,]',
    '[,1]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    '"',
    '"\\"',
    '"\\x"',
    '01',
    '1.',
    '.5',
    '+1',
    '--1',
    'tru',
    'nul',
    'truex',
    '[1] 2',
    '1 2',
    '{"a":1]',
    '[1}',
    'undefined',
    'NaN',
    "['a']",
    '[1 2]',
    '{"a":1 "b":2}',
    '\u00A0[1]',
  ])('%j is none', (text) => {
    expect(() => {
      JSON.parse(text);
    }).toThrow(SyntaxError);
    expect(read(text)).toBeNull();
  });

  it('accepts and refuses what JSON.parse does, whatever is cut out of it', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.nat(3),
        fc.string({ unit: fc.constantFrom(...'[]{},:"0- \\'), maxLength: 2 }),
        (json, at, length, other) => {
          const place = json.length === 0 ? 0 : at % json.length;
          const text = json.slice(0, place) + other + json.slice(place + length);
          let isJson = true;
          try {
            JSON.parse(text);
          } catch {
            isJson = false;
          }
          expect(atOnce(readJsonTree(text)) !== null).toBe(isJson);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps keys that are there twice or that mean something to JavaScript, and control characters that should have been escaped', () => {
    expect(drawn(read('{"a":1,"a":2,"__proto__":{"x":1},"c":"line\nnext \\" end"}'))).toBe(
      '$: object of 4\n  a: number 1\n  a: number 2\n  __proto__: object of 1\n    x: number 1\n  c: string line\nnext " end',
    );
  });

  it('is as deep as it is, and rests while it is read', () => {
    const depth = 100_000;
    const deep = read('['.repeat(depth) + ']'.repeat(depth));
    expect(deep.size).toBe(depth);
    expect(deep.depth[depth - 1]).toBe(depth - 1);
    expect(nodeAtPath(deep, jsonPath(deep, depth - 1))).toBe(depth - 1);
    expect(jsonRows(deep, revealJson(deep, { base: 'none', except: [] }, depth - 1))).toHaveLength(depth);
    expect(written(deep)).toBe('['.repeat(depth) + ']'.repeat(depth));
    expect(
      countSteps(readJsonTree(JSON.stringify(Array.from({ length: 100_000 }, (_, i) => ({ i }))))),
    ).toBeGreaterThan(300);
    expect(countSteps(readJsonTree(`"${'\\n'.repeat(100_000)}"`))).toBeGreaterThan(5);
  });

  it('looks up each quote and backslash once', () => {
    // Quadratic work on this would take minutes.
    expect(read(`["${'\\"'.repeat(2_000_000)}"]`).texts[1]).toHaveLength(2_000_000);
    expect(read(`[${'"a",'.repeat(200_000)}"\\\\"]`).size).toBe(200_002);
  });

  it('ends behind many nodes, with the rest as it is written', () => {
    const text = `[[${'1,'.repeat(JSON_NODES_AT_MOST)}1],"last"]`;
    const cut = read(text);
    expect(cut.size).toBe(JSON_NODES_AT_MOST + 1);
    expect(jsonType(cut, JSON_NODES_AT_MOST)).toBe('cut');
    expect(cut.texts[JSON_NODES_AT_MOST]).toBe('1,1,1],"last"]');
    expect(cut.end[0]).toBe(cut.size);
  });
});

describe('a value as a tree', () => {
  it('has Maps, bytes, big numbers and what JSON has no word for', () => {
    const value = new Map<string, unknown>([
      ['big', 9007199254740993n],
      ['nan', Number.NaN],
      ['bytes', Uint8Array.of(1, 255)],
      ['no', undefined],
      ['when', new Date(0)],
      ['list', [1, new Map([['x', 1]])]],
    ]);
    expect(drawn(tree(value))).toBe(
      '$: object of 6\n  big: number 9007199254740993\n  nan: number NaN\n  bytes: bytes of 2\n  no: null null\n  when: string 1970-01-01T00:00:00.000Z\n  list: list of 2\n    0: number 1\n    1: object of 1\n      x: number 1',
    );
    expect(JSON.parse(written(tree(value)))).toEqual({
      big: 9007199254740992,
      nan: 'NaN',
      bytes: '01 ff',
      no: null,
      when: '1970-01-01T00:00:00.000Z',
      list: [1, { x: 1 }],
    });
  });

  it('does not follow an object into itself, nor fall over one that throws', () => {
    const self: Record<string, unknown> = { a: 1 };
    self['self'] = self;
    expect(drawn(tree({ self, twice: [self['a'], self] }))).toContain('    self: cut of 2');
    const throws = Object.defineProperty({ before: 1 }, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(drawn(tree(throws))).toBe('$: object of 2\n  before: number 1\n  bad: null null');
  });

  it('is deep and wide without recursion', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 100_000; i += 1) deep = [deep];
    expect(tree(deep).size).toBe(100_001);
    expect(countSteps(valueTree(Array.from({ length: 100_000 }, () => ({}))))).toBeGreaterThan(100);
  });
});

describe('rows', () => {
  const sample = read(SAMPLE);
  const closed: JsonExpansion = { base: 'none', except: [] };
  const keys = (of: JsonTree, expansion: JsonExpansion): string =>
    Array.from(jsonRows(of, expansion), (node) => of.keys[node] ?? '$').join(' ');

  it('are those that the expansion shows', () => {
    expect(keys(sample, closed)).toBe('$');
    expect(keys(sample, { base: 1, except: [] })).toBe('$ a b c t e o');
    expect(keys(sample, { base: 'all', except: ['$.a', '$.gone', 'nonsense'] })).toBe('$ a b c x y t e o');
    expect(keys(sample, toggleJson(sample, { base: 1, except: [] }, nodeAtPath(sample, "$['b c']")!))).toBe(
      '$ a b c x y t e o',
    );
    const opened = toggleJson(sample, closed, 0);
    expect(toggleJson(sample, opened, 0)).toEqual(closed);
    expect(isJsonOpen(sample, { base: 'all', except: [] })(nodeAtPath(sample, '$.e')!)).toBe(false);
  });

  it('show a node when all around it is opened', () => {
    const y = nodeAtPath(sample, "$['b c'].y")!;
    const shown = revealJson(sample, closed, y);
    expect(keys(sample, shown)).toBe('$ a b c x y t e o');
    expect(revealJson(sample, shown, y)).toBe(shown);
  });

  it('have paths that lead back to them', () => {
    expect(Array.from({ length: sample.size }, (_, node) => jsonPath(sample, node))).toEqual([
      '$',
      '$.a',
      '$.a[0]',
      '$.a[1]',
      '$.a[2]',
      '$.a[3]',
      "$['b c']",
      "$['b c'].x",
      "$['b c'].y",
      '$.t',
      '$.e',
      '$.o',
    ]);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'binary' }),
          fc.array(fc.dictionary(fc.string({ unit: fc.constantFrom(...`'"\\.[]$| \n\ta`) }), fc.boolean())),
          { noNullPrototype: true },
        ),
        (value) => {
          const of = tree(value);
          for (let node = 0; node < of.size; node += 1) expect(nodeAtPath(of, jsonPath(of, node))).toBe(node);
        },
      ),
    );
    for (const path of ['', '$.', '$[', '$.nope', "$['x", '$[99]', '$.a | fromjson | $', '$.a.b.c', 'a'])
      expect(nodeAtPath(sample, path)).toBeNull();
  });
});

describe('JSON within a string', () => {
  const outer = { before: 1, call: '{"args":"{\\"city\\": [\\"Berlin\\"]}"}', after: ['x', '[not json]'] };

  it('is opened where it stands, level by level; paths of all else stay', () => {
    const first = tree(outer);
    const call = nodeAtPath(first, '$.call')!;
    expect(holdsJson(first, call)).toBe(true);
    const second = atOnce(openNestedJson(first, call));
    const args = nodeAtPath(second, '$.call | fromjson | $.args')!;
    const third = atOnce(openNestedJson(second, args));
    expect(drawn(third)).toBe(
      '$: object of 3\n  before: number 1\n  call: json of 1\n    $: object of 1\n      args: json of 1\n        $: object of 1\n          city: list of 1\n            0: string Berlin\n  after: list of 2\n    0: string x\n    1: string [not json]',
    );
    const berlin = nodeAtPath(third, '$.call | fromjson | $.args | fromjson | $.city[0]')!;
    expect(third.texts[berlin]).toBe('Berlin');
    expect(jsonPath(third, berlin)).toBe('$.call | fromjson | $.args | fromjson | $.city[0]');
    expect(nodeAtPath(third, '$.after[0]')).toBe(third.size - 2);
    for (const path of ['$.before', '$.after', '$.after[1]'])
      expect(jsonPath(third, nodeAtPath(third, path)!)).toBe(path);
    // A copy is what was recorded.
    expect(JSON.parse(written(third))).toEqual(outer);
  });

  it('leaves alone what only looks like it', () => {
    const first = tree(outer);
    const not = nodeAtPath(first, '$.after[1]')!;
    expect(holdsJson(first, not)).toBe(true);
    expect(atOnce(openNestedJson(first, not))).toBe(first);
    expect(holdsJson(first, nodeAtPath(first, '$.after[0]')!)).toBe(false);
  });

  it('has the columns of a tree, wherever it is opened', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.json({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 2 })), { maxLength: 6 }),
        fc.nat(),
        (value, pick) => {
          const before = tree(value);
          const candidates = Array.from({ length: before.size }, (_, node) => node).filter((node) =>
            holdsJson(before, node),
          );
          if (candidates.length === 0) return;
          const after = atOnce(openNestedJson(before, candidates[pick % candidates.length]!));
          expect(JSON.parse(written(after))).toEqual(JSON.parse(JSON.stringify(value)));
          for (let node = 1; node < after.size; node += 1) {
            const above = after.parent[node]!;
            expect(
              above < node && after.end[above]! >= after.end[node]! && after.depth[node] === after.depth[above]! + 1,
            ).toBe(true);
          }
        },
      ),
    );
  });
});
