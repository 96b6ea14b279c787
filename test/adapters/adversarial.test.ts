import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTraces, TraceInputError, type TraceSet } from '../../src/core.ts';

/** Hostile files that live beside the project, with what must come of them. Where the folder is absent the checks are skipped and say so. */
const folder = new URL('../../../shared/adversarial/', import.meta.url);
const present = existsSync(folder);
if (!present) console.info('adversarial.test: skipped, there is no folder of hostile files beside this project');

interface Case { readonly id: string; readonly file: string; readonly format: string; readonly must: string; readonly expect: { readonly shown?: number; readonly accounted?: number; readonly errorSpans?: number; readonly warn?: readonly string[] } }
const manifest = present ? (JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { readonly entries: readonly Case[] }).entries : [];
/** Still to come: a cut-off document, the codes that only decoding of content finds (`auditContent`), and skew of clocks. */
const LATER = new Set(['file-truncated', 'image-blocked', 'index-out-of-range', 'bad-attribute', 'clock-skew']);
const cases = manifest.filter(({ format, file, id }) => ['otlp', 'none', 'mixed'].includes(format) && !file.includes('.scenario.') && !LATER.has(id));

describe.skipIf(!present)('hostile OTLP files', () => {
  it('are there', () => { expect(cases.length).toBeGreaterThan(10); });

  it.for(cases)('$id', async ({ file, format, must, expect: wanted }) => {
    const result = await parseTraces(readFileSync(new URL(file, folder))).catch((error: unknown) => error as Error);
    if (must === 'clear-error') return expect(result).toBeInstanceOf(TraceInputError);
    const { traces, accounting, diagnostics } = result as TraceSet;
    const spans = traces.flatMap((trace) => [...trace.spans()]);
    for (const span of spans) expect(span.content()).toHaveProperty('raw');
    if (wanted.shown !== undefined) expect(spans).toHaveLength(wanted.shown);
    if (wanted.accounted !== undefined && format !== 'mixed') expect(accounting.shown + accounting.merged + accounting.skipped).toBe(wanted.accounted);
    if (wanted.errorSpans !== undefined) expect(spans.filter(({ status }) => status === 'error')).toHaveLength(wanted.errorSpans);
    expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining((wanted.warn ?? []).filter((code) => !LATER.has(code))));
  });
});
