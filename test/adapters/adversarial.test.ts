import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auditContent, parseTraces, TraceInputError, type SpanContent, type TraceSet } from '../../src/core.ts';

/**
 * Hostile files that live beside the project, with what must come of them. Where the folder is absent the checks are
 * skipped and say so.
 */
const folder = new URL('../../../shared/adversarial/', import.meta.url);
const present = existsSync(folder);
if (!present) console.info('adversarial.test: skipped, there is no folder of hostile files beside this project');

interface Expectation {
  readonly spansIn?: number;
  readonly shown?: number;
  readonly shownMin?: number;
  readonly accounted?: number;
  readonly traces?: number;
  readonly errorSpans?: number;
  readonly errorSpansMin?: number;
  readonly runningSpans?: number;
  readonly traceDurationMs?: number;
  readonly warn?: readonly string[];
  readonly messageContains?: readonly string[];
  readonly textVisible?: readonly string[];
}
interface Case {
  readonly id: string;
  readonly file: string;
  readonly format: string;
  readonly must: string;
  readonly expect: Expectation;
}
const manifest = present
  ? (JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as { readonly entries: readonly Case[] })
      .entries
  : [];
const cases = manifest.filter(
  ({ format, file }) => ['otlp', 'none', 'mixed'].includes(format) && !file.includes('.scenario.'),
);

const read = ({ file }: Case): Promise<TraceSet> => parseTraces(readFileSync(new URL(file, folder)));
const isRefused = ({ must }: Case): boolean => must === 'clear-error';
const wanted = (found: Expectation, { expect: asked }: Case): object =>
  Object.fromEntries(
    Object.keys(found)
      .filter((field) => field in asked)
      .map((field) => [field, asked[field as keyof Expectation]]),
  );

describe.skipIf(!present)('hostile OTLP files', () => {
  it('are there', () => {
    expect(cases.length).toBeGreaterThan(25);
  });

  it.for(cases.filter(isRefused))('$id is refused', async (hostile) => {
    const error: unknown = await read(hostile).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TraceInputError);
    expect(hostile.expect.warn).toContain((error as TraceInputError).code);
  });

  it.for(cases.filter((each) => !isRefused(each)))('$id loads', async (hostile) => {
    const { traces, accounting, diagnostics } = await read(hostile);
    const spans = traces.flatMap((trace) => [...trace.spans()]);
    const contents = spans.map((span) => span.content() as SpanContent);
    const found = {
      shown: spans.length,
      traces: traces.length,
      errorSpans: spans.filter(({ status }) => status === 'error').length,
      runningSpans: spans.filter(({ status }) => status === 'running').length,
      traceDurationMs: traces.map(({ end }) => end / 1e6)[0] ?? 0,
      // Entries of formats that are still to come are no spans yet.
      ...(hostile.format === 'mixed'
        ? {}
        : { spansIn: accounting.entries, accounted: accounting.shown + accounting.merged + accounting.skipped }),
    };
    expect(found).toMatchObject(wanted(found, hostile));
    expect(found.shown).toBeGreaterThanOrEqual(hostile.expect.shownMin ?? 0);
    expect(found.errorSpans).toBeGreaterThanOrEqual(hostile.expect.errorSpansMin ?? 0);
    const reported = [...diagnostics, ...(await auditContent({ format: '', traces, diagnostics, accounting }))];
    expect(reported.map(({ code }) => code)).toEqual(expect.arrayContaining([...(hostile.expect.warn ?? [])]));
    for (const word of hostile.expect.messageContains ?? [])
      expect(reported.map(({ message }) => message.toLowerCase()).join('\n')).toContain(word);
    const visible = JSON.stringify(
      [spans.map(({ name }) => name), contents.map(({ attributes, raw }) => [...attributes, raw])],
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    for (const text of hostile.expect.textVisible ?? []) expect(visible).toContain(JSON.stringify(text).slice(1, -1));
    expect(contents.map(({ raw }) => raw.length)).toEqual(spans.map(() => 1));
  });
});
