/**
 * Places in a fixed order, each as near as can be to where it would like to be, and at least so far from the one before
 * it: those that would come too close stand together around the mean of their wishes (pool adjacent violators).
 */
export function spread(wishes: readonly number[], distances: readonly number[]): readonly number[] {
  /** How far each stands behind the first, where all are as close as they may be. */
  const offsets = [0];
  for (let at = 1; at < wishes.length; at += 1) offsets.push(offsets[at - 1]! + distances[at]!);
  const groups: { sum: number; count: number }[] = [];
  wishes.forEach((wish, at) => {
    let group = { sum: wish - offsets[at]!, count: 1 };
    for (let last = groups.at(-1); last && last.sum / last.count > group.sum / group.count; last = groups.at(-1)) {
      group = { sum: group.sum + last.sum, count: group.count + last.count };
      groups.pop();
    }
    groups.push(group);
  });
  const places: number[] = [];
  for (const { sum, count } of groups)
    for (let left = count; left > 0; left -= 1) places.push(sum / count + offsets[places.length]!);
  return places;
}
