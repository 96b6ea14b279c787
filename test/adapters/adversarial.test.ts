import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, TraceInputError, type SpanContent, type TraceSet } from '../../src/core.ts';

/** Hostile files that live beside the project, with what must come of them. Where the folder is absent the checks are skipped and say so. */
const folder = new URL('../../../shared/adversarial/', import.meta.url);
const present = existsSync(folder);
if (!present) console.info('adversarial.test: skipped, there is no folder of hostile files beside this project');

interface Case { readonly id: string; readonly file: string; readonly format: string; readonly must: string; readonly expect: { readonly shown?: number; readonly accounted?: number; readonly errorSpans?: number; readonly warn?: readonly string[] } }
const manifest = present ? (JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { readonly entries: readonly Case[] }).entries : [];
/** Still to come: a cut-off document, the codes that only decoding of content finds (`auditContent`), and skew of clocks. */
const LATER = new Set(['file-truncated', 'image-blocked', 'index-out-of-range', 'bad-attribute', 'clock-skew']);
const cases = manifest.filter(({ format, file, id }) => ['otlp', 'none', 'mixed'].includes(format) && !file.includes('.scenario.') && !LATER.has(id));

const read = ({ file }: Case): Promise<TraceSet> => parseTraces(readFileSync(new URL(file, folder)));
const isRefused = ({ must }: Case): boolean => must === 'clear-error';

describe.skipIf(!present)('hostile OTLP files', () => {
  it('are there', () => { expect(cases.length).toBeGreaterThan(20); });

  it.for(cases.filter(isRefused))('$id is refused', async (hostile) => {
    await expect(read(hostile)).rejects.toBeInstanceOf(TraceInputError);
  });

  it.for(cases.filter((each) => !isRefused(each)))('$id loads', async (hostile) => {
    const { shown, accounted, errorSpans, warn = [] } = hostile.expect;
    const { traces, accounting, diagnostics } = await read(hostile);
    const spans = traces.flatMap((trace) => [...trace.spans()]);
    expect(spans.map((span) => (span.content() as SpanContent).raw.length)).toEqual(spans.map(() => 1));
    expect({
      shown: spans.length,
      // Entries of formats that are still to come are no spans yet.
      accounted: hostile.format === 'mixed' ? accounted : accounting.shown + accounting.merged + accounting.skipped,
      errorSpans: spans.filter(({ status }) => status === 'error').length,
    }).toMatchObject(Object.fromEntries(Object.entries({ shown, accounted, errorSpans }).filter(([, wanted]) => wanted !== undefined)));
    expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(warn.filter((code) => !LATER.has(code))));
  });
});
