import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTraces, redactors, type TraceSet } from '../../src/core.ts';
import { dump } from '../model/dump.ts';

const run = (id: string, score = '1'): string =>
  `{"id":"${id}","trace_id":"r0","name":"${id}","run_type":"llm","start_time":"2026-09-21T00:00:00Z","end_time":"2026-09-21T00:00:09Z","outputs":{"score":${score}}}`;
const names = ({ traces }: TraceSet): readonly string[] =>
  traces.flatMap((trace) => Array.from(trace.spans(), ({ name }) => name)).sort();
const notes = ({ diagnostics }: TraceSet): readonly string[] =>
  diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('what is no JSON in the place of a value', () => {
  it.each([
    ['NaN', '“NaN”'],
    ['-Infinity', '“-Infinity”'],
    ['undefined', '“undefined”'],
    ['None', '“None”'],
    ['1 oops', '“1 oops”'],
    ['01', '“01”'],
    ['1.', '“1.”'],
    ['+1', '“+1”'],
    ["'x'", "“'x'”"],
    ['"said "hi" there"', '“"said "hi" there"”'],
    ['"a\\x41"', '“"a\\x41"”'],
    ['"a\tb"', '“"a\tb"”'],
    ['new Date(0)', '“new Date(0)”'],
    ['NaN ', '“NaN”'],
    ['', 'A missing value'],
    ['b'.repeat(100), `“${'b'.repeat(40)}…”`],
  ])('%j costs the record that holds it, and no other', async (bad, name) => {
    for (const between of [',', ',\n', '\n,']) {
      const before = `[${run('r0')}${between}${run('r1', '')}`.length - 3;
      const set = await parseTraces(
        `[${['r0', 'r1', 'r2', 'r3'].map((id) => run(id, id === 'r1' ? bad : '1')).join(between)}]`,
      );
      expect(names(set)).toEqual(['r0', 'r2', 'r3']);
      expect(set.accounting).toEqual({ entries: 4, shown: 3, merged: 0, skipped: 1 });
      expect(notes(set)).toEqual([
        expect.stringMatching(
          /^bad-token: .* at line \d, column \d+ \(position \d+\) is not JSON and was passed over\.$/s,
        ),
        'span-not-object: The span “r1” holds what is not JSON and was left out.',
      ]);
      expect(set.diagnostics[0]).toMatchObject({
        code: 'bad-token',
        count: 1,
        line: between === ',' ? 1 : 2,
        position: before + 1,
        message: expect.stringContaining(name) as string,
      });
    }
  });

  it('in place of a record is counted, and a comma too many costs nothing', async () => {
    for (const bad of ['NaN', ''])
      expect((await parseTraces(`[${run('r0')},${bad},${run('r1')}]`)).accounting).toEqual({
        entries: 3,
        shown: 2,
        merged: 0,
        skipped: 1,
      });
    const set = await parseTraces(`[${run('r0')},${run('r1').slice(0, -1)},},]`);
    expect(set.accounting).toEqual({ entries: 2, shown: 2, merged: 0, skipped: 0 });
    expect(set.diagnostics.map(({ code, count }) => [code, count])).toEqual([
      ['bad-token', 1],
      ['bad-token', 1],
    ]);
  });

  it('in a run below another one leaves that one whole', async () => {
    const tree = `${run('r0').slice(0, -1)},"child_runs":[${run('r1', 'NaN')},${run('r2')}]}`;
    const set = await parseTraces(tree);
    expect(names(set)).toEqual(['r0', 'r2']);
    expect(set.accounting).toEqual({ entries: 3, shown: 2, merged: 0, skipped: 1 });
  });

  it('in a line, and in a file that is cut off later', async () => {
    const lines = await parseTraces([run('r0'), run('r1', 'NaN'), run('r2')].join('\n'));
    expect([names(lines), lines.diagnostics[0]]).toMatchObject([['r0', 'r2'], { code: 'bad-token', line: 2 }]);
    const cut = await parseTraces(`[${run('r0')},${run('r1', 'NaN')},${run('r2')},${run('r3').slice(0, 60)}`);
    expect([names(cut), cut.accounting]).toEqual([['r0', 'r2'], { entries: 3, shown: 2, merged: 0, skipped: 1 }]);
    expect(cut.diagnostics.map(({ code }) => code).sort()).toEqual(['bad-token', 'span-not-object', 'truncated-json']);
  });

  it('is not quoted where the host masks, unless it is a word of a programming language', async () => {
    const redact = [redactors.email];
    const said = async (bad: string) =>
      (await parseTraces(`[${run('r0')},${run('r1', bad)}]`, { redact })).diagnostics.find(
        ({ code }) => code === 'bad-token',
      )?.message;
    expect(await said('hunter2')).toMatch(/^A value at line 1/);
    expect(await said('NaN')).toMatch(/^“NaN” at line 1/);
  });

  it('100,000 times is counted in full', async () => {
    const set = await parseTraces(
      `[${Array.from({ length: 100_000 }, (_, i) => run(`r${i}`, i % 2 === 0 ? '1' : 'NaN')).join(',')}]`,
    );
    expect(set.accounting).toEqual({ entries: 100_000, shown: 50_000, merged: 0, skipped: 50_000 });
    expect(set.diagnostics.filter(({ code }) => code === 'bad-token').reduce((sum, { count }) => sum + count, 0)).toBe(
      50_000,
    );
  });

  it('makes no traces of what is something else', async () => {
    for (const text of ['{foo: 1}', '[INFO] started', '[NaN]', '[NaN, 1]', "{'a': None}"])
      await expect(parseTraces(text)).rejects.toMatchObject({ code: 'not-json' });
  });

  // A line or message of a coding agent's session is several spans, and says when the next one began.
  const files = readdirSync(new URL('../fixtures', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
    (name) => /^(?!record|cline|opencode|pi\/)[a-z]+\/[^/]*\.jsonl?$/.test(name) && !/expected/.test(name),
  );
  it.each(files)('anywhere in %s leaves all other spans as they are', async (name) => {
    const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
    const values = Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g)).filter(
      (found) => found[1] === undefined,
    );
    const whole = await parseTraces(text);
    const spansOf = (set: TraceSet): readonly string[] =>
      dump(set).traces.flatMap(({ spans }) => spans.map(({ key }: { readonly key: string }) => key));
    await fc.assert(
      fc.asyncProperty(fc.nat(values.length - 1), fc.constantFrom('NaN', 'oops', '"a"b"c"', '-'), async (at, bad) => {
        const {
          index,
          0: { length },
        } = values[at]!;
        const set = await parseTraces(text.slice(0, index) + bad + text.slice(index + length));
        const { entries, shown, merged, skipped } = set.accounting;
        expect(shown + merged + skipped).toBe(entries);
        expect(set.diagnostics.some(({ code, position }) => code === 'bad-token' && position === index)).toBe(true);
        // A trace of Langfuse that lost its id is an entry of its own, and an event that lost its type is none.
        expect(entries - whole.accounting.entries).toBeOneOf(name.startsWith('langfuse') ? [-1, 0, 1] : [0]);
        expect(spansOf(whole).filter((key) => !spansOf(set).includes(key)).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 8 },
    );
  });

  const recorded = new URL('../../../shared/cases/s8-nan-in-third-run.json', import.meta.url);
  it.skipIf(!existsSync(recorded))('in a recorded list of runs', async () => {
    const set = await parseTraces(readFileSync(recorded));
    expect([names(set), set.accounting]).toEqual([
      ['r0', 'r1', 'r3', 'r4', 'r5'],
      { entries: 6, shown: 5, merged: 0, skipped: 1 },
    ]);
  });
});
