import type { Trace } from '../../model/types.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import { diffSteps } from './diffTraces.ts';
import type { DiffPhase } from './match/matchTrees.ts';
import { NO_TEXTS, readTexts, recordedTexts } from './signs/recordedTexts.ts';
import { traceOf } from './match/sides.ts';
import type { DiffOptions, TraceDiffResult, TraceSide } from './types.ts';

export interface DiffProgress {
  readonly phase: DiffPhase;
  /** 0 … 1: of all. */
  readonly done: number;
}

export interface DiffStepOptions extends DiffOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: DiffProgress): void;
  /**
   * Told the diff by names and shape alone, before contents are read, where reading them takes longer than a moment.
   */
  onEarly?(result: TraceDiffResult): void;
}

/** Where each phase begins; reading texts is most of the work. */
const BEGINS: Readonly<Record<DiffPhase, number>> = {
  texts: 0,
  signatures: 0.6,
  links: 0.66,
  descent: 0.78,
  recovery: 0.92,
  rows: 0.94,
};
/** Spans of both sides from which the first rows come before the texts. */
const MANY = 2000;

/**
 * `diffTraces` for a page: works in slices of a few milliseconds between which the page has its turn, awaits contents
 * that are elsewhere, and tells how far it is. Gives null when aborted.
 */
export async function diffInSteps(
  a: TraceSide,
  b: TraceSide,
  { signal, onProgress, onEarly, ...options }: DiffStepOptions = {},
): Promise<TraceDiffResult | null> {
  const traces = [traceOf(a), traceOf(b)] as const;
  const yieldTurn = createTimeSlices();
  const tell = (phase: DiffPhase, done = BEGINS[phase]): void => onProgress?.({ phase, done });
  const run = async (
    texts: readonly [typeof NO_TEXTS, typeof NO_TEXTS],
    say: (phase: DiffPhase) => void,
  ): Promise<TraceDiffResult | null> => {
    const steps = diffSteps(a, b, options, texts[0], texts[1]);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      if (step.value) say(step.value);
      await yieldTurn();
      if (signal?.aborted) return null;
    }
  };

  tell('texts');
  const spans = traces[0].spanCount + traces[1].spanCount;
  if (onEarly && spans >= MANY) {
    const early = await run([NO_TEXTS, NO_TEXTS], () => {});
    if (!early) return null;
    onEarly(early);
  }
  let before = 0;
  for (const trace of new Set<Trace>(traces)) {
    const from = before;
    await readTexts(trace, yieldTurn, (index) => tell('texts', (BEGINS.signatures * (from + index)) / spans), signal);
    if (signal?.aborted) return null;
    before += trace.spanCount;
  }
  return run([recordedTexts(traces[0]), recordedTexts(traces[1])], tell);
}
