import { SPAN_FLAGS } from '../../../model/codes.ts';
import type { Span, Trace } from '../../../model/types.ts';
import { ownTime } from '../../time/ownTime.ts';
import { siblings } from '../../siblings.ts';

const MISSING_START = SPAN_FLAGS['missing-start'];

/**
 * How to look up an amount of a span by its index; NaN = unknown. Tokens and cost are those that the span itself
 * reports.
 */
export function amountOf(trace: Trace, field: string): (index: number) => number {
  const { start, end, flags, depth, amounts } = trace.columns;
  const hasStart = (index: number): boolean => (flags[index]! & MISSING_START) === 0;
  /** Few spans have these, and only for them an envelope is made. */
  const reported =
    (read: (span: Span) => number | null | undefined) =>
    (index: number): number =>
      amounts[index] === -1 ? Number.NaN : (read(trace.span(index)) ?? Number.NaN);
  switch (field) {
    case 'duration':
      return (index) => (hasStart(index) ? end[index]! - start[index]! : Number.NaN);
    case 'start':
      return (index) => (hasStart(index) ? start[index]! : Number.NaN);
    case 'self': {
      const own = ownTime(trace);
      return (index) => own[index]!;
    }
    case 'depth':
      return (index) => depth[index]!;
    case 'children': {
      const { children } = siblings(trace);
      return (index) => children[index]!;
    }
    case 'first':
      return reported(({ firstToken }) => firstToken);
    case 'cost':
      return reported(({ cost }) => cost?.total);
    case 'tokens':
      return reported(({ usage }) => usage?.total);
    case 'input':
      return reported(({ usage }) => usage?.input);
    case 'output':
      return reported(({ usage }) => usage?.output);
    case 'cached':
      return reported(({ usage }) => usage?.cacheRead);
    case 'reasoning':
      return reported(({ usage }) => usage?.reasoning);
    default:
      return () => Number.NaN;
  }
}
