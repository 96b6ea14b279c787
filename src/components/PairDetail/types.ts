import type { PairComparison } from '../../analysis/diff/pair/types.ts';
import type { DiffRow } from '../../analysis/diff/types.ts';
import type { Span, SpanContent, Trace } from '../../model/types.ts';

/** A side of a row: its trace, and its span in it, null where it has none. */
export interface PairSide {
  readonly trace: Trace;
  readonly span: Span | null;
}

/** A side with what it holds; null where it has no span, or that could not be read. */
export interface PairContent extends PairSide {
  readonly content: SpanContent | null;
}

/** All there is to say of a row. `found` comes later. */
export interface PairData {
  readonly row: DiffRow;
  readonly a: PairContent;
  readonly b: PairContent;
  readonly found: PairComparison | null;
}
