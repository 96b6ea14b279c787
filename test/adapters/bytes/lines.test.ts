import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { documentsInPieces } from '../../../src/adapters/bytes/scanPieces.ts';
import { Pieces } from '../../../src/adapters/content/pieces.ts';
import { claudeCodeFiles } from '../../fixtures/generate/claudeCode.ts';
import { auditContent, parseTraces, toNativeJson, type Diagnostic } from '../../../src/core.ts';
import { changedByte } from './changedByte.ts';

type Fields = Readonly<Record<string, unknown>>;
type Bytes = Uint8Array<ArrayBuffer>;

/** All that a reader answers: the set, with what only opening it shows, or the error. */
async function allOf(inputs: readonly Bytes[], holdAs: 'bytes' | 'objects'): Promise<unknown> {
  try {
    const set = await parseTraces(inputs, { holdAs });
    const { format, accounting } = set;
    const contents = await Promise.all(
      set.traces.flatMap((trace) =>
        Array.from({ length: trace.spanCount }, async (_, index) => {
          const { attributes, events, raw, scope, resource, dottedOrder } = await trace.content(index);
          return { attributes, events, raw, scope, resource, dottedOrder };
        }),
      ),
    );
    return {
      format,
      accounting,
      contents,
      native: toNativeJson(set),
      diagnostics: sorted(set.diagnostics),
      audit: sorted(await auditContent(set)),
    };
  } catch (error) {
    return String(error);
  }
}
const sorted = (list: readonly Diagnostic[]): readonly string[] => list.map((each) => JSON.stringify(each)).sort();

const bytesOf = (text: string): Bytes => new TextEncoder().encode(text);
const expectSame = async (...inputs: readonly Bytes[]): Promise<void> => {
  const [inBytes, inObjects] = [await allOf(inputs, 'bytes'), await allOf(inputs, 'objects')];
  expect(inBytes).toEqual(inObjects);
};
const isScanned = async (bytes: Bytes): Promise<boolean> =>
  (await documentsInPieces(bytes, new Set(['runs']), () => undefined)) !== null;

const filesIn = (name: string): readonly (readonly [name: string, bytes: Bytes])[] => {
  const folder = fileURLToPath(new URL(`../../fixtures/${name}/`, import.meta.url));
  return readdirSync(folder)
    .filter((file) => /\.jsonl?$/.test(file) && !/otlp|expected/.test(file))
    .map((file) => [file, new Uint8Array(readFileSync(folder + file))]);
};
const langsmith = filesIn('langsmith');
const linesOf = (bytes: Bytes): readonly string[] => new TextDecoder().decode(bytes).trim().split('\n');

describe('runs of LangSmith in bytes are read as their objects are', () => {
  it.each(langsmith)('%s', async (_, bytes) => {
    expect(await isScanned(bytes)).toBe(true);
    await expectSame(bytes);
  });

  const small = langsmith.filter(([file]) => /^release.*\.jsonl$/.test(file));
  it.each(small)('%s as a list and as a page', async (_, bytes) => {
    const list = linesOf(bytes).join(' ,\n');
    expect(await isScanned(bytesOf(`[${list}]`))).toBe(true);
    await expectSame(bytesOf(`[${list}]`));
    await expectSame(bytesOf(`{"cursors":{"next":"é"}, "runs" :[${list}] ,"more":[1]}`));
    await expectSame(bytesOf(`[${list}]`), bytes);
  });
});

const claudeCode = filesIn('claude-code');

describe('sessions of Claude Code in bytes are read as their objects are', () => {
  it.each(claudeCode)('%s', async (_, bytes) => {
    expect(await isScanned(bytes)).toBe(true);
    await expectSame(bytes);
    await expectSame(bytesOf(`[${linesOf(bytes).join(',')}]`));
  });

  it('a session and its agent, in either order, twice', async () => {
    const [agent, session] = claudeCode.map(([, bytes]) => bytes);
    await expectSame(session!, agent!);
    await expectSame(agent!, session!, session!);
    expect(await isScanned(session!)).toBe(true);
  });

  it.each(claudeCodeFiles.map(({ name, texts }) => [name, texts] as const))('%s', async (_, texts) => {
    await expectSame(...texts.map(bytesOf));
    expect(await isScanned(bytesOf(texts[0]!))).toBe(true);
  });
});

const [RUNS, SESSION] = [langsmith, claudeCode].map((files) =>
  linesOf(files.find(([file]) => /release-scribe\.runs\.jsonl|session/.test(file))![1]),
);

it('entries of a long list are parsed once to be read, and a few again to find what the list is', async () => {
  const runs = Array.from({ length: 2000 }, (_, at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    trace_id: '00000000-0000-4000-8000-000000000000',
    parent_run_id: at === 0 ? null : '00000000-0000-4000-8000-000000000000',
    name: 'step',
    run_type: 'chain',
    start_time: '2026-11-28T10:00:00.000000Z',
    inputs: {},
  }));
  const parsed = vi.spyOn(Pieces.prototype, 'parsed');
  const { traces } = await parseTraces(bytesOf(JSON.stringify(runs)), { holdAs: 'bytes' });
  const { length } = parsed.mock.calls;
  parsed.mockRestore();
  expect(traces[0]!.spanCount).toBe(2000);
  expect(length).toBeLessThan(2500);
});

describe('lines of either format', () => {
  it.each([
    ['runs', `${RUNS![0]}\n${RUNS![1]}`],
    ['a session', `${SESSION![2]}\n${SESSION!.find((line) => line.includes('"assistant"'))}`],
  ])('whatever happens to a byte: %s', async (_, text) => {
    const whole = bytesOf(text);
    let scanned = 0;
    await fc.assert(
      fc.asyncProperty(changedByte(whole), async (bytes) => {
        if (await isScanned(bytes)) scanned += 1;
        await expectSame(bytes);
      }),
      { numRuns: 60 },
    );
    expect(scanned).toBeGreaterThan(5);
  });

  it('any values in any of their fields, long ones too, lines again and in any order', async () => {
    const value = fc.oneof(
      fc.constantFrom<unknown>(null, true, 0, -1.5, 2 ** 60, '', 'a1', [], {}, '\ud800'),
      fc.constantFrom<unknown>('ü'.repeat(300), `${'\\"\n'.repeat(200)}x`, ' '.repeat(400), 'id'.repeat(200)),
      fc.constantFrom<unknown>(
        [{ type: 'text', text: '💥'.repeat(200) }],
        [{ type: 'tool_use', id: 'id'.repeat(200), name: 'Task', input: { prompt: 'p'.repeat(500) } }],
        [{ type: 'tool_result', tool_use_id: 'id'.repeat(200), content: 'r'.repeat(500) }],
        { role: 'user', content: `${' \n'.repeat(200)}[Request interrupted by user]` },
        { role: 'assistant', id: 'm', model: 'x', content: [{ type: 'text', text: 'y'.repeat(300) }] },
      ),
      fc.json({ maxDepth: 2 }).map((text): unknown => JSON.parse(text)),
    );
    const parsed = (lines: readonly string[]): readonly Fields[] => lines.map((line) => JSON.parse(line) as Fields);
    const [runs, session] = [parsed(RUNS!.slice(0, 6)), parsed(SESSION!)];
    const names = (lines: readonly Fields[]): string[] => [
      ...new Set(lines.flatMap((line) => [...Object.keys(line), ...Object.keys((line['message'] as Fields) ?? {})])),
    ];
    const changed = (lines: readonly Fields[]): fc.Arbitrary<string> =>
      fc
        .array(
          fc.tuple(
            fc.nat(lines.length - 1),
            fc.array(fc.tuple(fc.constantFrom(...names(lines)), value, fc.boolean()), { maxLength: 2 }),
          ),
          { minLength: 1, maxLength: 8 },
        )
        .map((picked) =>
          picked
            .map(([at, changes]) => {
              const line = structuredClone(lines[at]!) as Record<string, unknown>;
              for (const [name, to, within] of changes) {
                const { message } = line;
                if (within && message !== null && typeof message === 'object') Object.assign(message, { [name]: to });
                else Object.assign(line, { [name]: to });
              }
              return JSON.stringify(line);
            })
            .join('\n'),
        );
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed(runs), changed(session)), async (text) => {
        await expectSame(bytesOf(text));
        expect(await isScanned(bytesOf(text))).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('what is read as one text says so, and what is held as bytes does not', async () => {
    const noted = async (text: string): Promise<boolean> => {
      const { diagnostics } = await parseTraces(bytesOf(text), { holdAs: 'bytes' });
      return diagnostics.some(({ code }) => code === 'reader-fallback');
    };
    const long = (line: string): string => `${line.slice(0, -1)},"long":"${'x'.repeat(9_000_000)}"}`;
    expect(await noted([...SESSION!, long(SESSION![2]!), long(SESSION!.at(-1)!)].join('\n'))).toBe(false);
    expect(await noted([long(RUNS![0]!), long(RUNS![1]!)].join('\n'))).toBe(false);
    expect(await noted([long(RUNS![0]!), long(RUNS![1]!), '{"cut'].join('\n'))).toBe(true);
    expect(await noted(`{"post":[${long(RUNS![0]!)},${long(RUNS![1]!)}]}`)).toBe(true);
  });
});
