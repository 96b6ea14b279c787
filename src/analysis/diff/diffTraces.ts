import type { SpanKey, Trace } from '../../model/types.ts';
import { confidences } from './confidence.ts';
import type { Matching } from './matching.ts';
import { matchTrees, type DiffPhase, type NodePairs } from './matchTrees.ts';
import { recordedTexts, type RecordedTexts } from './recordedTexts.ts';
import { signTree, type SignedTree } from './signTree.ts';
import type { DiffOptions, DiffPair, TraceDiffResult, TraceSide } from './types.ts';

export function diffTraces(a: TraceSide, b: TraceSide, options: DiffOptions = {}): TraceDiffResult {
  const steps = diffSteps(a, b, options, recordedTexts(traceOf(a)), recordedTexts(traceOf(b)));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export const traceOf = (side: TraceSide): Trace => ('trace' in side ? side.trace : side);

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
  const turned = comesFirst(treeB, treeA);
  const fixed: NodePairs = { pair: [], forbid: [] };
  const matching = turned ? yield* matchTrees(treeB, treeA, fixed) : yield* matchTrees(treeA, treeB, fixed);
  return {
    pairs: pairsOf(matching, turned),
    rows: [],
    changes: [],
    totals: {},
    counts: { same: 0, changed: 0, added: 0, removed: 0, moved: 0 },
    divergence: null,
    warnings: [],
  };
}

function rangeOf(side: TraceSide): { readonly trace: Trace; readonly first: number; readonly last: number } {
  const trace = traceOf(side);
  if (!('trace' in side)) return { trace, first: 0, last: trace.spanCount };
  const index = trace.find(side.key)?.index ?? 0;
  return { trace, first: index, last: trace.columns.subtreeEnd[index] ?? 0 };
}

function sharedServices(a: Trace, b: Trace): ReadonlySet<string> {
  const ofA = servicesOf(a);
  return new Set(Array.from(servicesOf(b)).filter((name) => ofA.has(name)));
}

function servicesOf({ columns: { service, strings } }: Trace): ReadonlySet<string> {
  const ids = new Set(service);
  return new Set(Array.from(ids, (id) => strings[id]!));
}

/** Which side is looked at first is a matter of what they hold, so that diff(b, a) is diff(a, b) turned round. */
function comesFirst(one: SignedTree, other: SignedTree): boolean {
  if (one.size !== other.size) return one.size < other.size;
  if (one.full[0] !== other.full[0]) return one.full[0]! < other.full[0]!;
  return one.order < other.order;
}

function pairsOf(matching: Matching, turned: boolean): DiffPair[] {
  const { a, b, mateA, reason } = matching;
  const confidence = confidences(matching);
  const pairs: DiffPair[] = [];
  for (let node = 1; node < a.size; node += 1) {
    const mate = mateA[node]!;
    if (mate === -1) continue;
    const keyA: SpanKey = a.trace.span(a.first + node - 1).key;
    const keyB: SpanKey = b.trace.span(b.first + mate - 1).key;
    pairs.push({
      a: turned ? keyB : keyA,
      b: turned ? keyA : keyB,
      confidence: Math.max(0, Math.min(1, confidence[node]!)),
      by: reason[node]!,
    });
  }
  return pairs;
}
