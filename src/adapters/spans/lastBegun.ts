/**
 * Finds the last of a list that had begun at a time. What has no time may have begun at any. The list need not be in order
 * of time; asking for each of many in turn does not go through it again and again.
 */
export function lastBegun<Thing, Time extends number | string>(
  things: readonly Thing[],
  beganAt: (thing: Thing) => Time | null,
): (time: Time) => Thing | undefined {
  /** From the back, those that began before all behind them: no other is ever the last. */
  const candidates: { readonly thing: Thing; readonly began: Time | null }[] = [];
  let earliest: Time | null | undefined;
  for (let at = things.length - 1; at >= 0 && earliest !== null; at -= 1) {
    const began = beganAt(things[at]!);
    if (earliest !== undefined && began !== null && began >= earliest) continue;
    candidates.push({ thing: things[at]!, began });
    earliest = began;
  }
  return (time) => {
    let [from, to] = [0, candidates.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const { began } = candidates[middle]!;
      if (began === null || began <= time) to = middle;
      else from = middle + 1;
    }
    return candidates[from]?.thing;
  };
}
