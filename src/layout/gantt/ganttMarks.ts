import { errors } from '../../analysis/errors.ts';
import { perTraceInSteps, type PreparedAnswer } from '../../analysis/memo.ts';
import { isWholeCall } from '../../analysis/time/ownTime.ts';
import { isStep } from '../../model/build/steps.ts';
import { ERROR_STATUS, SPAN_FLAGS } from '../../model/codes.ts';
import { lowerBound } from '../../model/lowerBound.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { ownStretches } from './ownStretches.ts';
import { endOf } from '../../model/endOf.ts';
import { placed } from '../time/stepPlaces.ts';
import type { TimeScale } from '../time/timeScale.ts';

/**
 * What a row's timeline is made of. `solid` works (a call of a model also while its client's request runs,
 * `countsWith`), `wait` waits for children or the first token, `error` and `errorWait` are the same of a span that
 * failed, `open` has no end, `tick` is too short to see, `tail` is the time in which descendants outlive the span,
 * `events` a stretch full of them, `firstToken`, `failure`, `exception` and `event` are points, and so is `onward`, at
 * the right edge, where a bar goes on.
 * Of a missing parent (`missingMarks`): `around` is a frame around those that name it.
 * Of a closed loop (`loopMarks`): `turn` is an iteration, `turnError` one in which something failed.
 * Of two traces (`pairMarks`): `before` is the bar of A, `after` that of B, `beforeWait` and `afterWait` where others are
 * inside; `removed` is a bar of A alone, `left` one that stands elsewhere in B; `turnA` and `turnB` are iterations.
 */
export type MarkType =
  | 'solid'
  | 'wait'
  | 'error'
  | 'errorWait'
  | 'open'
  | 'tick'
  | 'errorTick'
  | 'tail'
  | 'firstToken'
  | 'failure'
  | 'exception'
  | 'event'
  | 'events'
  | 'onward'
  | 'turn'
  | 'turnError'
  | 'around'
  | 'before'
  | 'beforeWait'
  | 'after'
  | 'afterWait'
  | 'afterError'
  | 'removed'
  | 'left'
  | 'turnA'
  | 'turnB';

/** In pixels from the left edge of the timeline; points have width 0. What `fades` goes on past the right edge. */
export interface Mark {
  readonly type: MarkType;
  readonly x: number;
  readonly width: number;
  readonly fades?: true;
  /** Its length is no more than an estimate. */
  readonly estimated?: true;
}

/** Facts of a trace that marks need over and over, worked out at first use. */
export interface GanttLayout {
  /**
   * The marks of a span. `open` = its children have rows of their own. What has no end reaches to `now`, if it is known.
   * `early` = nothing waits for what walks the whole trace: the tail of a span with much below it may be missing.
   */
  marks(index: number, open: boolean, scale: TimeScale, now?: Nanos, early?: boolean): readonly Mark[];
  /** Whether events of spans have no place in it. */
  readonly withoutEvents?: true;
}

const SMALLEST = 2;
const OPEN_WIDTH = 16;
const DOT = 6;
/** A first-token mark needs room: it is left out on bars narrower than this. */
const FIRST_TOKEN_ROOM = 14;

export function createGanttLayout(trace: Trace): GanttLayout {
  const places = placed(trace);
  const { start, status, flags, subtreeEnd } = places.columns;
  const stretches = new Map<number, Float64Array>();
  const failureTimes = new Map<number, Float64Array>();

  const stretchesOf = (index: number): Float64Array => {
    let own = stretches.get(index);
    if (!own) stretches.set(index, (own = ownStretches(places, index)));
    return own;
  };

  /** Times of the failures inside a span, in order. */
  const failuresBelow = (index: number): Float64Array => {
    let times = failureTimes.get(index);
    if (!times) {
      const all = errors(trace);
      const own = all.subarray(lowerBound(all, index + 1), lowerBound(all, subtreeEnd[index]!));
      failureTimes.set(index, (times = Float64Array.from(own, (failed) => endOf(places, failed)).sort()));
    }
    return times;
  };

  return {
    marks(index, open, scale, now = Number.NaN, early = false) {
      const { window, width, pixel } = scale;
      const marks: Mark[] = [];
      const from = start[index]!;
      const goesOn = (flags[index]! & SPAN_FLAGS['missing-end']) !== 0;
      const known = endOf(places, index);
      const to = goesOn && now > known ? now : known;
      const failed = status[index] === ERROR_STATUS;
      const isEstimate = (flags[index]! & SPAN_FLAGS['estimated-time']) !== 0;
      const add = (type: MarkType, begin: number, finish: number, least = SMALLEST): void => {
        const bar = clip(begin, finish, scale, least);
        if (!bar) return;
        const fades = finish > window[1] && type !== 'tail' && type !== 'open';
        marks.push({ type, ...bar, ...(fades ? { fades } : {}), ...(isEstimate ? { estimated: true } : {}) });
      };
      const length = scale.x(to) - scale.x(from);
      const hasChildren = subtreeEnd[index]! > index + 1;

      const lastBelow = lastInstantBelow(trace, index, early);
      if (lastBelow > to) add('tail', to, lastBelow, 0);
      if (goesOn) {
        add('open', from, to, OPEN_WIDTH);
      } else if (length < SMALLEST) {
        add(failed ? 'errorTick' : 'tick', from, to);
      } else if (hasChildren && !isWholeCall(trace, index)) {
        add(failed ? 'errorWait' : 'wait', from, to);
        const own = stretchesOf(index);
        // Pairs, so an even place: the stretch before the first that begins in the window may still reach into it.
        for (
          let i = Math.max(0, (lowerBound(own, window[0]) & ~1) - 2);
          i < own.length && own[i]! < window[1];
          i += 2
        ) {
          // Narrower than two pixels they would turn a parent into noise.
          if (own[i + 1]! - own[i]! >= SMALLEST * pixel && own[i + 1]! > window[0])
            add(failed ? 'error' : 'solid', own[i]!, own[i + 1]!);
        }
      } else {
        const firstToken = trace.span(index).firstToken;
        const arrived = firstToken >= 0 && from + firstToken <= to ? from + firstToken : from;
        if (arrived > from) add(failed ? 'errorWait' : 'wait', from, arrived);
        add(failed ? 'error' : 'solid', arrived, to);
        if (arrived > from && length >= FIRST_TOKEN_ROOM) point('firstToken', arrived);
      }
      // Further than the bar's own edge: what ends with the window must not look as if it went on.
      if (to > window[1] && from < window[1] && !marks.some(({ type }) => type === 'open'))
        marks.push({ type: 'onward', x: width, width: 0 });
      if (!open && hasChildren) {
        const failures = failuresBelow(index);
        // One dot for failures that would cover each other: from each dot on to the first time that lies clear of it.
        const last = scale.time(width + DOT);
        for (let i = lowerBound(failures, scale.time(-DOT)); i < failures.length && failures[i]! < last;) {
          point('failure', failures[i]!);
          i = Math.max(i + 1, lowerBound(failures, scale.time(scale.x(failures[i]!) + DOT)));
        }
      }
      return marks;

      function point(type: MarkType, time: number): void {
        const x = scale.x(time);
        if (x >= -4 && x <= width + 4) marks.push({ type, x, width: 0 });
      }
    },
  };
}

/**
 * A stretch of time as pixels. It is cut to the window (and two pixels beyond, so that no edge shows where a bar goes
 * on) while it is still time: a bar of a million pixels would lose its place in the browser's own numbers.
 */
export function clip(
  from: number,
  to: number,
  { x, width }: TimeScale,
  least: number,
): { readonly x: number; readonly width: number } | null {
  const left = Math.max(x(from), -2);
  const right = Math.min(x(to), width + 2);
  if (right < -least || left > width + 2 || right < left - least) return null;
  return { x: left, width: Math.max(right - left, least) };
}

/** Spans below a row that are looked at for the first picture. */
const LOOKED_AT = 1000;

/** The last end within a subtree; NaN where many spans would have to be looked at early. */
function lastInstantBelow(trace: Trace, index: number, early: boolean): Nanos {
  const known = early ? lastInstants.known(trace) : lastInstants(trace);
  if (known) return known[index]!;
  const end = trace.columns.subtreeEnd[index]!;
  if (end - index > LOOKED_AT) return Number.NaN;
  const places = placed(trace);
  let last = 0;
  for (let below = index; below < end; below += 1) last = Math.max(last, endOf(places, below));
  return last;
}

/** By index, the last end within the subtree. */
export const lastInstants: PreparedAnswer<Float64Array> = perTraceInSteps(function* (trace) {
  const places = placed(trace);
  const { parent } = places.columns;
  const last = new Float64Array(parent.length);
  for (let index = parent.length - 1; index >= 0; index -= 1) {
    if (isStep(index)) yield;
    last[index] = Math.max(last[index]!, endOf(places, index));
    const above = parent[index]!;
    if (above !== -1 && last[above]! < last[index]!) last[above] = last[index]!;
  }
  return last;
});
