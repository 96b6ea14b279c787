/** Ranges of a text, joined where they overlap, to be asked about places. */
export interface RangeSet {
  /** The joined range that a place shares at least one unit with; null = none. */
  touching(start: number, end: number): readonly [start: number, end: number] | null;
}

/** Sorts and joins ranges. */
export function rangeSet(ranges: readonly (readonly [start: number, end: number])[]): RangeSet {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return {
    touching(start, end) {
      let low = 0;
      let high = joined.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (joined[middle]![1] <= start) low = middle + 1;
        else high = middle;
      }
      const found = joined[low];
      return found && found[0] < end ? found : null;
    },
  };
}
