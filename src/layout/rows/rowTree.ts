import { perTrace } from '../../analysis/memo.ts';
import { missingParents, type MissingParent } from '../../analysis/missingParents.ts';
import type { SpanKey, Trace } from '../../model/types.ts';
import type { Folding } from './expansion.ts';

/**
 * The tree that rows show: the spans, and where others name a parent that is not there, a row for that above them. Such
 * a row is no span; its index lies behind those of all spans.
 */
export interface RowTree extends Folding {
  /** Spans and missing parents. */
  readonly count: number;
  /** The roots among the rows. */
  readonly roots: number;
  /** What a row stands for, if it is no span. */
  missingAt(index: number): MissingParent | undefined;
  /** The row above; -1 = none. */
  parentOf(index: number): number;
  depthOf(index: number): number;
  keyOf(index: number): SpanKey;
  /** The row of a key or span id, and its key. */
  find(key: string): { readonly index: number; readonly key: SpanKey } | undefined;
  /** The same by its index alone; -1 = none. */
  indexOf(key: string): number;
  /** The spans below a row, and itself if it is one, in stretches from … to before …, rising. */
  within(index: number): readonly (readonly [from: number, to: number])[];
}

export const rowTree: (trace: Trace) => RowTree = perTrace((trace): RowTree => {
  const { columns, spanCount } = trace;
  const { parent, depth, subtreeEnd } = columns;
  const { closedAtFirst } = trace as Folding;
  const missing = missingParents(trace);
  const missingAt = (index: number): MissingParent | undefined => missing?.all[index - spanCount];
  const placeAbove = (index: number): number => (missing && index < spanCount ? missing.above(index) : -1);
  const keyOf = (index: number): SpanKey => missingAt(index)?.key ?? trace.span(index).key;
  const indexOf = (key: string): number => {
    const span = trace.find(key);
    if (span) return span.index;
    const place = missing?.find(key) ?? -1;
    return place === -1 ? -1 : spanCount + place;
  };
  return {
    columns,
    ...(closedAtFirst ? { closedAtFirst } : {}),
    span: (index) => ({ key: keyOf(index) }),
    find(key) {
      const span = trace.find(key);
      if (span) return { index: span.index, key: span.key };
      const place = missing?.find(key) ?? -1;
      return place === -1 ? undefined : { index: spanCount + place, key: missing!.all[place]!.key };
    },
    count: spanCount + (missing?.all.length ?? 0),
    get roots() {
      let roots = missing?.all.length ?? 0;
      for (let root = 0; root < spanCount; root = subtreeEnd[root]!)
        if (!missing || missing.of(root) === -1) roots += 1;
      return roots;
    },
    missingAt,
    parentOf(index) {
      const above = parent[index] ?? -1;
      if (above !== -1 || !missing || index >= spanCount) return above;
      const place = missing.of(index);
      return place === -1 ? -1 : spanCount + place;
    },
    depthOf: (index) => (depth[index] ?? 0) + (placeAbove(index) === -1 ? 0 : 1),
    keyOf,
    indexOf,
    within: (index) =>
      missingAt(index)?.children.map((child) => [child, subtreeEnd[child]!] as const) ?? [[index, subtreeEnd[index]!]],
  };
});

/** The row that an earlier state of the trace had, as it is now: a parent that has come since is a span. -1 = it is gone. */
export const rowNow = (before: Trace, index: number, trace: Trace): number =>
  rowTree(trace).indexOf(rowTree(before).keyOf(index));
