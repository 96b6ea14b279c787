import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { documentsInPieces } from '../../../src/adapters/bytes/scanPieces.ts';
import { claudeCodeFiles } from '../../fixtures/generate/claudeCode.ts';
import { auditContent, parseTraces, toNativeJson, type Diagnostic } from '../../../src/core.ts';

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
