import { alignmentOf, keysOf, pairsOf } from './match/alignment.ts';
import { changesOf } from './result/changes.ts';
import { totalsOf } from './result/deltas.ts';
import { diffRows, type RowTable } from './result/diffRows.ts';
import { divergenceOf } from './result/divergence.ts';
import { matchTrees, type DiffPhase } from './match/matchTrees.ts';
import { recordedTexts, type RecordedTexts } from './signs/recordedTexts.ts';
import { comesFirst, fixedPairs, rangeOf, sharedServices, traceOf, turn } from './match/sides.ts';
import { signTree } from './signs/signTree.ts';
import type { DiffOptions, TraceDiffResult, TraceSide } from './types.ts';
import { warningsOf } from './result/warnings.ts';

/**
 * Which step of one trace became which of another: pairs with how sure they are and why, both traces as one tree, what
 * changed most, and where they part. A side is a trace, or a span with all below it, also of the same trace (iteration
 * 3 against 9). Pure and deterministic; pairs and ops of `diffTraces(b, a)` mirror those of `diffTraces(a, b)`. Texts
 * are read through the content gate, once per trace; where contents are elsewhere, shape alone is compared and a
 * warning says so. Never throws. It works in one go: a page takes `diffInSteps` or `useTraceDiff`.
 */
export function diffTraces(a: TraceSide, b: TraceSide, options: DiffOptions = {}): TraceDiffResult {
  const steps = diffSteps(a, b, options, recordedTexts(traceOf(a)), recordedTexts(traceOf(b)));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in steps of a few milliseconds; yields the phase that begins, or nothing. Needs neither page nor timer, so a
 * worker can run it as well.
 */
export function* diffSteps(
  a: TraceSide,
  b: TraceSide,
  options: DiffOptions,
  textsA: RecordedTexts,
  textsB: RecordedTexts,
): Generator<DiffPhase | undefined, TraceDiffResult> {
  yield 'signatures';
  const services = sharedServices(traceOf(a), traceOf(b));
  const treeA = yield* signTree({ ...rangeOf(a), texts: textsA, services });
  const treeB = yield* signTree({ ...rangeOf(b), texts: textsB, services });
  const fixed = fixedPairs(treeA, treeB, [a, b], options);
  const turned = comesFirst(treeB, treeA);
  const matching = turned ? yield* matchTrees(treeB, treeA, turn(fixed)) : yield* matchTrees(treeA, treeB, fixed);
  yield 'rows';
  const alignment = alignmentOf(matching, turned);
  yield;
  const keysA = keysOf(treeA);
  yield;
  const keysB = keysOf(treeB);
  const table = yield* diffRows(alignment, keysA, keysB);
  yield;
  const totals = totalsOf(treeA, treeB);
  const changes = yield* changesOf(alignment, table, totals);
  const pairs = pairsOf(alignment, keysA, keysB);
  yield;
  return {
    pairs,
    rows: table.rows,
    changes,
    totals,
    counts: countsOf(table),
    divergence: divergenceOf(table.rows),
    warnings: warningsOf(alignment, table),
  };
}

function countsOf({ rows }: RowTable): TraceDiffResult['counts'] {
  const counts = { same: 0, changed: 0, added: 0, removed: 0, moved: 0 };
  for (const { op, moved } of rows) {
    counts[op] += 1;
    if (moved) counts.moved += 1;
  }
  return counts;
}
