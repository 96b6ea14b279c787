import { counting } from '../../analysis/amounts/counting.ts';
import { perTraceInSteps, type PreparedAnswer } from '../../analysis/memo.ts';
import type { Steps } from '../../analysis/steps.ts';
import { ownTime } from '../../analysis/time/ownTime.ts';
import { isStep } from '../../model/build/steps.ts';
import { ERROR_STATUS } from '../../model/codes.ts';
import { endOf } from '../../model/endOf.ts';
import type { Trace } from '../../model/types.ts';
import type { FlameMeasure } from './types.ts';

/** By index, what a span adds to the measure itself; null = no span reports it. Amounts count as in the ledger. */
export function* weights(trace: Trace, measure: FlameMeasure): Steps<Float64Array | null> {
  if (measure === 'errors') return Float64Array.from(trace.columns.status, (code) => Number(code === ERROR_STATUS));
  if (measure === 'time' || measure === 'own') {
    if (trace.timeBasis === 'step') return null;
    return yield* measure === 'own' ? ownTime.inSteps(trace) : sharedTime(trace);
  }
  const { rows, tokens, money } = yield* counting.inSteps(trace);
  const { counted } = measure === 'cost' ? money : tokens;
  const bucket = measure === 'tokens' ? 'total' : measure;
  const made = new Float64Array(trace.spanCount);
  let any = false;
  for (let row = 0; row < rows.index.length; row += 1) {
    if (isStep(row)) yield;
    const { usage, cost } = rows.amounts[row]!;
    const amount = bucket === 'cost' ? cost?.total : usage?.[bucket];
    if (!counted[row] || amount === null || amount === undefined) continue;
    any = true;
    // Less than nothing has no width.
    made[rows.index[row]!] = Math.max(0, amount);
  }
  return any ? made : null;
}

const AMOUNTS = [
  'cost',
  'tokens',
  'inputUncached',
  'cacheRead',
  'cacheWrite',
  'audioInput',
  'input',
  'outputText',
  'reasoning',
  'audioOutput',
  'output',
] as const satisfies readonly FlameMeasure[];

/** The measures by which a trace can be drawn: those that are more than nothing. */
export const flameMeasures: PreparedAnswer<readonly FlameMeasure[]> = perTraceInSteps(function* (trace) {
  const { rows, tokens, money } = yield* counting.inSteps(trace);
  const amounts = AMOUNTS.filter((measure) =>
    rows.amounts.some(({ usage, cost }, row) => {
      if (measure === 'cost') return money.counted[row] && (cost?.total ?? 0) > 0;
      return tokens.counted[row] && (usage?.[measure === 'tokens' ? 'total' : measure] ?? 0) > 0;
    }),
  );
  return [
    ...(trace.timeBasis === 'step' ? [] : (['time', 'own'] as const)),
    ...amounts,
    ...(trace.columns.status.includes(ERROR_STATUS) ? (['errors'] as const) : []),
  ];
});

/**
 * The time in which a span was open and no child of it. Where children ran side by side, each gets its part of the time
 * that passed meanwhile, so that they fit into the span; what runs on after a span has ended is not in its time.
 */
function* sharedTime(trace: Trace): Steps<Float64Array> {
  const {
    columns: { parent, start },
    spanCount,
  } = trace;
  const from = new Float64Array(spanCount);
  const to = new Float64Array(spanCount);
  /** Until when the children so far cover the span, and for how long. */
  const coveredTo = new Float64Array(spanCount);
  const covered = new Float64Array(spanCount);
  /** Children that overlap are a bunch, named by its first: the one of each span, and the last one of its children. */
  const bunch = new Int32Array(spanCount);
  const lastBunch = new Int32Array(spanCount);
  /** How long a bunch lasts, and how long its spans are together. */
  const lasts = new Float64Array(spanCount);
  const together = new Float64Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    const end = endOf(trace, index);
    from[index] = above === -1 ? start[index]! : Math.max(start[index]!, from[above]!);
    to[index] = Math.max(from[index]!, above === -1 ? end : Math.min(end, to[above]!));
    coveredTo[index] = from[index]!;
    bunch[index] = index;
    if (above !== -1) {
      if (from[index]! < coveredTo[above]!) bunch[index] = lastBunch[above]!;
      lastBunch[above] = bunch[index]!;
      const more = Math.max(0, to[index]! - Math.max(from[index]!, coveredTo[above]!));
      covered[above]! += more;
      lasts[bunch[index]!]! += more;
      coveredTo[above] = Math.max(coveredTo[above]!, to[index]!);
    }
    together[bunch[index]!]! += to[index]! - from[index]!;
  }
  const scale = new Float64Array(spanCount);
  const shared = new Float64Array(spanCount);
  for (let index = 0; index < spanCount; index += 1) {
    if (isStep(index)) yield;
    const above = parent[index]!;
    const mine = bunch[index]!;
    scale[index] = above === -1 ? 1 : scale[above]! * (together[mine]! > 0 ? lasts[mine]! / together[mine]! : 0);
    shared[index] = scale[index]! * Math.max(0, to[index]! - from[index]! - covered[index]!);
  }
  return shared;
}
