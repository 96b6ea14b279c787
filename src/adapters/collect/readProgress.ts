import type { ParseOptions, ReadProgress } from '../types.ts';

/** Reports to a host how far reading is. */
export interface ProgressReport {
  /** So many bytes of the present input have arrived; `size` is what it holds in all, where that is known by now. */
  arrived(bytes: number, size?: number): void;
  /** All of the present input is there, and read up to this share of it. */
  parsed(share: number): void;
  /** The present input is done with. */
  next(): void;
  building(): void;
  ready(): void;
}

/** What arriving and parsing are of the whole work, together: the rest is for making traces of it. */
const BEFORE_BUILDING = 0.8;

/** `sizes` of all inputs, as far as they are known before. */
export function createProgressReport(
  onProgress: ParseOptions['onProgress'],
  sizes: readonly (number | undefined)[],
  spansFound: () => number,
): ProgressReport {
  const known = createTotal(sizes);
  let place = 0;
  /** Of the inputs that are done with. */
  let before = 0;
  /** Of the present one. */
  let bytes = 0;
  let parsed = 0;
  let reached = 0;
  const report = (phase: ReadProgress['phase'], share: number | null): void => {
    if (!onProgress) return;
    // A source may hold more than it announced: what was reached stays, and only the end is the end.
    if (share !== null) reached = Math.max(reached, Math.min(share, 1));
    const total = known.total();
    onProgress({
      phase,
      bytes: before + bytes,
      ...(total === undefined ? {} : { totalBytes: total }),
      spans: spansFound(),
      share: share === null ? null : reached,
    });
  };
  const soFar = (): number | null => {
    const total = known.total();
    return total ? BEFORE_BUILDING * Math.min((2 * before + bytes + parsed) / (2 * total), 1) : null;
  };
  return {
    arrived(length, size) {
      bytes = length;
      if (size !== undefined) known.set(place, size);
      report('read', soFar());
    },
    parsed(share) {
      known.set(place, bytes);
      parsed = share * bytes;
      report('parse', soFar());
    },
    next() {
      before += bytes;
      bytes = 0;
      parsed = 0;
      place += 1;
    },
    building: () => report('build', known.total() ? BEFORE_BUILDING : null),
    ready: () => report('ready', 1),
  };
}

interface Total {
  set(place: number, size: number): void;
  /** Undefined until all sizes are known. */
  total(): number | undefined;
}

/** The sum of the sizes, kept as they become known: summing them up for each input would grow with their square. */
function createTotal(given: readonly (number | undefined)[]): Total {
  const sizes = [...given];
  let sum = 0;
  let unknown = 0;
  for (const size of sizes) {
    sum += size ?? 0;
    if (size === undefined) unknown += 1;
  }
  return {
    set(place, size) {
      if (sizes[place] === undefined) unknown -= 1;
      sum += size - (sizes[place] ?? 0);
      sizes[place] = size;
    },
    total: () => (unknown === 0 ? sum : undefined),
  };
}
