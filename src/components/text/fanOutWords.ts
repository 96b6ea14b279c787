import { fanOutsBelow, type FanOut } from '../../analysis/agents/fanOuts.ts';
import { perTrace } from '../../analysis/memo.ts';
import type { Format } from '../../format.ts';
import type { LaterLabels } from '../../laterLabels.ts';
import type { Trace } from '../../model/types.ts';

/** By parent, its fan-out with the most members, of those that were asked for. */
const asked = perTrace(() => new Map<number, FanOut | null>());

function largestBelow(trace: Trace, index: number): FanOut | null {
  const known = asked(trace);
  let largest = known.get(index);
  if (largest === undefined) {
    largest = fanOutsBelow(trace, index).reduce<FanOut | null>(
      (most, each) => (each.members.length > (most?.members.length ?? 0) ? each : most),
      null,
    );
    known.set(index, largest);
  }
  return largest;
}

/** Whether the branches of a span ran side by side, in words; null where it has none. */
export function fanOutWords(
  trace: Trace,
  index: number,
  { fanOut }: LaterLabels,
  { count, duration }: Format,
): string | null {
  const largest = largestBelow(trace, index);
  if (!largest) return null;
  const { members, peak, lost } = largest;
  return fanOut(count(members.length), peak, count(peak), peak < members.length && lost > 0 ? duration(lost) : null);
}
