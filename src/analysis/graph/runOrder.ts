import { kindCode } from '../../model/codes.ts';
import type { Nanos, Trace } from '../../model/types.ts';
import { knownEnds, overFrom } from '../criticalPath/knownEnds.ts';
import type { Steps } from '../steps.ts';

/** Calls of a trace by index of the span: -1 in `caller` = it has none, or is no call. */
interface Calls {
  readonly indices: readonly number[];
  readonly caller: Int32Array;
  /** From when on a model counts as over, because what it asked for began inside its span; NaN = at its end. */
  readonly askedFrom: Float64Array;
}

const LLM = kindCode('llm');
const TOOL = kindCode('tool');

/**
 * By index of a call, the call of the same caller that it followed: of those that were over when it began, the one that
 * was over last; -1 = none was, so the caller itself began with it. Where there is no clock, the one before it.
 */
export function* runOrder(trace: Trace, { indices, caller, askedFrom }: Calls): Steps<Int32Array> {
  const before = new Int32Array(trace.spanCount).fill(-1);
  const { start, kind } = trace.columns;
  const ends = knownEnds(trace);
  const byCaller = new Map<number, number[]>();
  for (const index of indices) {
    const from = caller[index]!;
    if (from === -1) continue;
    const list = byCaller.get(from);
    if (list) list.push(index);
    else byCaller.set(from, [index]);
  }
  yield;
  const over = (index: number): Nanos =>
    Number.isNaN(askedFrom[index]!) ? overFrom(start[index]!, ends[index]!) : askedFrom[index]!;
  let seen = 0;
  for (const list of byCaller.values()) {
    if (trace.timeBasis === 'step') list.forEach((index, at) => (before[index] = list[at - 1] ?? -1));
    else {
      // Calls in different branches below one caller stand in order of the branches.
      list.sort((a, b) => start[a]! - start[b]! || a - b);
      // A tool that begins while a model is at work is one that it asked for.
      let model = -1;
      for (const index of list) {
        if (kind[index] === LLM) model = index;
        else if (kind[index] === TOOL && model !== -1 && over(model) > start[index]!) askedFrom[model] = start[index]!;
      }
      const place = new Map(list.map((index, at) => [index, at]));
      const byEnd = list.toSorted((a, b) => over(a) - over(b) || place.get(a)! - place.get(b)!);
      let done = 0;
      let last = -1;
      list.forEach((index, at) => {
        while (done < at && over(byEnd[done]!) <= start[index]! && place.get(byEnd[done]!)! < at) last = byEnd[done++]!;
        before[index] = last;
      });
    }
    seen += list.length;
    if (seen < 512) continue;
    seen = 0;
    yield;
  }
  return before;
}
