import { describe, expect, it } from 'vitest';
import { diffTraces } from '../../../src/core.ts';
import { MergedTrace, type MergedOptions } from '../../../src/layout/diff/mergedTrace.ts';
import { drawTrace } from '../../model/drawTrace.ts';

/** Rows as a reader sees them: indent, sign, name; runs and loops in brackets. */
function rowsOf(merged: MergedTrace): string[] {
  return merged.groups.map(({ type, spans, iterations }, index) => {
    const { depth, name } = merged.span(index);
    const indent = '  '.repeat(depth);
    const row = merged.row(index);
    if (type === 'unchanged') return `${indent}[${spans} unchanged]`;
    if (type === 'loop') return `${indent}[${name} ×${iterations!.a} → ×${iterations!.b}]`;
    if (type === 'left') return `${indent}(${name})`;
    const sign = { same: ' ', changed: '~', added: '+', removed: '-' }[row!.op];
    return `${indent}${row!.moved ? '↕' : sign} ${name}`;
  });
}

const merge = (a: string, b: string, options?: MergedOptions): MergedTrace => {
  const sides = [drawTrace(a), drawTrace(b)] as const;
  return new MergedTrace(diffTraces(...sides), sides, options);
};

const BASE = `
  agent            0---------------100
    llm plan       0--10
    tool one          10-20
    tool two          20-30
    tool three        30-40
    tool four         40-50
    chain inner          50-----80
      llm write          50-----80
    tool last                   80-100`;

describe('two traces as one', () => {
  it('folds runs of what is unchanged, and keeps the order of B', () => {
    const merged = merge(BASE, BASE.replace('tool last ', 'tool fin  ').replace('tool last', 'tool other'));
    expect(rowsOf(merged)).toMatchInlineSnapshot(`
      [
        "  agent",
        "  [7 unchanged]",
        "      llm plan",
        "      tool one",
        "      tool two",
        "      tool three",
        "      tool four",
        "      chain inner",
        "        llm write",
        "  ~ tool fin",
      ]
    `);
  });
});
