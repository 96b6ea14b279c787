/** Places of a longest increasing subsequence (patience sorting, Fredman 1975), in order. */
export function increasing(values: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (values[tails[middle]!]! < values[at]!) low = middle + 1;
      else high = middle;
    }
    before[at] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = at;
  }
  const places: number[] = [];
  for (let at = tails.length === 0 ? -1 : tails[tails.length - 1]!; at !== -1; at = before[at]!) places.push(at);
  return places.reverse();
}
