import type { Trace } from '../../src/core.ts';

/**
 * A trace as lines like those of `drawTrace`, in pre-order: `'  b ✗ 30-90'`, times in milliseconds, an open end left
 * out, and behind the
 * times the codes of what was repaired (all but `missing-end`, which the open end says).
 */
export const redraw = (trace: Trace): readonly string[] =>
  Array.from(trace.spans(), (span) => {
    const codes = span.diagnostics.map(({ code }) => code).filter((code) => code !== 'missing-end');
    const end = Number.isNaN(span.end) ? '' : span.end / 1e6;
    return [
      `${'  '.repeat(span.depth)}${span.name}${span.status === 'error' ? ' ✗' : ''} ${span.start / 1e6}-${end}`,
      ...codes,
    ].join(' ');
  });
