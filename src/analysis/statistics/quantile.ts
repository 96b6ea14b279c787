const BUCKETS = 1024;
/** So few are simply put in order. */
const FEW = 64;

/**
 * The value that a share of the values does not exceed (nearest rank): `quantile(values, 0.95)`; NaN of none. Linear:
 * instead of sorting all of them, it looks ever closer at the range in which the value lies.
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  let left = values;
  let rank = Math.max(0, Math.ceil(share * values.length) - 1);
  for (;;) {
    let least = Infinity;
    let most = -Infinity;
    for (const value of left) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (least === most) return least;
    if (left.length <= FEW) return left.toSorted((a, b) => a - b)[rank]!;
    const bucketOf = (value: number): number =>
      Math.min(BUCKETS - 1, Math.floor(((value - least) / (most - least)) * BUCKETS));
    const counts = new Uint32Array(BUCKETS);
    for (const value of left) counts[bucketOf(value)]! += 1;
    let bucket = 0;
    for (; rank >= counts[bucket]!; bucket += 1) rank -= counts[bucket]!;
    left = left.filter((value) => bucketOf(value) === bucket);
  }
}
