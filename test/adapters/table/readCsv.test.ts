import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../src/adapters/table/readCsv.ts';
import { parseTraces, TraceInputError } from '../../../src/core.ts';

const TRACE = 'a'.repeat(32);
const HEAD = 'trace_id,span_id,parent_span_id,name,start_time,end_time,status_code,attributes';
const row = (id: string, parent: string, name: string, attributes: string): string =>
  [
    TRACE,
    id.repeat(16),
    parent.repeat(16),
    name,
    '2026-11-01T10:00:00Z',
    '2026-11-01T10:00:03Z',
    'OK',
    attributes,
  ].join(',');
const chat = '"{""gen_ai.request.model"":""gpt-5"",""gen_ai.usage.input_tokens"":12,""gen_ai.usage.output_tokens"":3}"';

describe('a table of spans', () => {
  it('is read with its tree, its times and what its attributes say', async () => {
    const set = await parseTraces(
      [HEAD, row('b', '', '"answer, ""quick"""', ''), row('c', 'b', 'chat', chat)].join('\r\n'),
    );
    const spans = [...set.traces[0]!.spans()];
    expect(spans.map(({ name, depth, duration, model, status }) => [name, depth, duration, model, status])).toEqual([
      ['answer, "quick"', 0, 3e9, null, 'ok'],
      ['chat', 1, 3e9, 'gpt-5', 'ok'],
    ]);
    expect(spans[1]!.usage!.total).toBe(15);
    expect([set.format, set.accounting]).toEqual(['otlp', { entries: 2, shown: 2, merged: 0, skipped: 0 }]);
  });

  it('may have tabs or semicolons, a mark of its encoding, lines within cells, and empty lines', () => {
    for (const separator of [',', '\t', ';'])
      expect(readCsv(`\uFEFFspan_id,trace_id,name\n1,2,"a\nb"\n\n3,4\n`.replaceAll(',', separator))).toEqual([
        { span_id: '1', trace_id: '2', name: 'a\nb' },
        { span_id: '3', trace_id: '4' },
      ]);
  });

  it('gives back whatever was written in its cells', () => {
    const cell = fc.string().filter((text) => text !== '' && !/^\s*[[{]/.test(text));
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = ['span_id,trace_id', ...rows.map((cells) => cells.map(quoted).join(','))].join('\n');
        expect(readCsv(text)).toEqual(rows.map(([span, trace]) => ({ span_id: span, trace_id: trace })));
      }),
    );
  });

  it('says that it ends inside a cell, and keeps what stands there', async () => {
    const whole = [HEAD, row('b', '', 'answer', ''), row('c', 'b', 'chat', chat)].join('\n');
    const codes = async (text: string) => (await parseTraces(text)).diagnostics.map(({ code }) => code);
    expect(await codes(whole)).not.toContain('truncated-json');
    expect(await codes(whole.slice(0, -10))).toContain('truncated-json');
  });

  it('is not seen in other tables and texts', async () => {
    for (const text of ['name,age\nx,3\n', 'span_id', 'span_id,trace_id', 'some words, and more\nof them'])
      expect(readCsv(text)).toBeNull();
    await expect(parseTraces('name,age\nx,3\n')).rejects.toThrow(TraceInputError);
    await expect(parseTraces('name,age\nx,3\n')).rejects.toThrow(/looks like a table/);
  });

  it('grows with its length alone, however it is damaged', () => {
    const many = `span_id,trace_id\n${'"1","2"x"\n'.repeat(100_000)}"never closed`;
    expect(readCsv(many)).toHaveLength(100_001);
  });
});
