import { fanOuts, type FanOut } from '../../analysis/agents/fanOuts.ts';
import { perTrace } from '../../analysis/memo.ts';
import type { Format } from '../../format.ts';
import type { LaterLabels } from '../../laterLabels.ts';
import type { SpanKey, Trace } from '../../model/types.ts';

/** By parent, its fan-out with the most members. */
const largestFanOuts = perTrace((trace) => {
  const largest = new Map<SpanKey, FanOut>();
  for (const fanOut of fanOuts(trace))
    if (fanOut.members.length > (largest.get(fanOut.parent)?.members.length ?? 0)) largest.set(fanOut.parent, fanOut);
  return largest;
});

/** Whether the branches of a span ran side by side, in words; null where it has none. */
export function fanOutWords(
  trace: Trace,
  key: SpanKey,
  { fanOut }: LaterLabels,
  { count, duration }: Format,
): string | null {
  const found = largestFanOuts(trace).get(key);
  if (!found) return null;
  const { members, peak, lost } = found;
  return fanOut(count(members.length), peak, count(peak), peak < members.length && lost > 0 ? duration(lost) : null);
}
