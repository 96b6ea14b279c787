import { describe, expect, it } from 'vitest';
import { createDiagnosticLog, DIAGNOSTICS } from '../../src/model/diagnostics.ts';
import { SPAN_FLAGS } from '../../src/model/codes.ts';

describe('the log of diagnostics', () => {
  it('groups what is equal, counts exactly and keeps a thousand keys', () => {
    const log = createDiagnosticLog();
    for (let i = 0; i < 5000; i += 1) log.report('missing-parent', { key: `t/${i}` });
    const [group, ...others] = log.list();
    expect([group!.count, group!.keys!.length, others.length]).toEqual([5000, 1000, 0]);
  });

  it('keeps a hundred places of one code and joins the rest', () => {
    const log = createDiagnosticLog();
    for (let line = 1; line <= 5000; line += 1) log.report('bad-line', { line, message: `Line ${line}` });
    log.report('mixed-format', { line: 7 });
    const list = log.list();
    expect(list).toHaveLength(102);
    expect(list[100]).toEqual({
      code: 'bad-line',
      severity: 'warning',
      message: DIAGNOSTICS['bad-line']![1],
      count: 4900,
    });
    expect(list[101]).toMatchObject({ code: 'mixed-format', line: 7 });
  });

  it('knows a sentence for every flag of a span', () => {
    for (const code of Object.keys(SPAN_FLAGS)) expect(DIAGNOSTICS[code]?.[1]).toMatch(/\.$/);
  });
});
