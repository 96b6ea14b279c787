import type { Pace } from './matching.ts';

/** How two lists are compared cell by cell. `row` is told before the cells of a row are asked for. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  row(i: number): void;
  score(i: number, j: number): number;
  isAlike(i: number, j: number): boolean;
}

const FULL = 160_000;
const MOST = 3e7;
const BAND = 96;
const LOOK_AHEAD = 32;
/** Keeps an inserted iteration in one piece: a pair behind a pair counts a little more. */
const IN_A_ROW = 0.06;

const UP = 0;
const LEFT = 1;
const MATCH = 2;

/**
 * The pairs [i, j, i, j, …] in order of both lists with the largest sum of scores above `floor` (dynamic programme of
 * Needleman and Wunsch, gaps are free). Long lists are compared in a band along the diagonal, very long ones by what is
 * alike and near. Of equal choices the earlier one.
 */
export function* alignInOrder(grid: Grid, floor: number, pace: Pace): Generator<undefined, number[]> {
  const { rows, columns } = grid;
  if (rows === 0 || columns === 0) return [];
  if (rows === 1 && columns === 1) {
    grid.row(0);
    return grid.score(0, 0) > floor ? [0, 0] : [];
  }
  const isFull = rows * columns <= FULL;
  const half = isFull ? columns : Math.max(BAND, Math.ceil(Math.abs(rows - columns) / 10));
  const width = isFull ? columns : Math.min(columns, 2 * half + 1 + Math.ceil(columns / rows));
  if (rows * width > MOST) return greedy(grid);
  const low = (i: number): number =>
    isFull ? 1 : Math.max(1, Math.min(columns - width + 1, Math.floor((i * columns) / rows) - half));

  const ways = new Uint8Array((rows + 1) * width);
  let former = new Float64Array(columns + 1);
  let current = new Float64Array(columns + 1);
  for (let i = 1; i <= rows; i += 1) {
    const from = low(i);
    const to = from + width - 1;
    const before = i === 1 ? from : low(i - 1);
    const known = before + width - 1;
    grid.row(i - 1);
    current[from - 1] = former[from - 1]!;
    for (let j = from; j <= to; j += 1) {
      if (j > known) former[j] = former[known]!;
      let best = former[j]!;
      let way = UP;
      if (current[j - 1]! > best) {
        best = current[j - 1]!;
        way = LEFT;
      }
      const score = grid.score(i - 1, j - 1);
      if (score > floor) {
        const afterPair =
          i > 1 && j - 1 >= before && j - 1 <= known && ways[(i - 1) * width + j - 1 - before] === MATCH;
        const sum = former[j - 1]! + score + (afterPair ? IN_A_ROW : 0);
        if (sum > best + 1e-9) {
          best = sum;
          way = MATCH;
        }
      }
      current[j] = best;
      ways[i * width + j - from] = way;
    }
    [former, current] = [current, former];
    if (pace.spend(width)) yield;
  }
  return backTrack(rows, columns, width, low, ways);
}

function backTrack(
  rows: number,
  columns: number,
  width: number,
  low: (i: number) => number,
  ways: Uint8Array,
): number[] {
  const pairs: number[] = [];
  for (let i = rows, j = columns; i > 0 && j > 0;) {
    const from = low(i);
    if (j >= from + width) {
      j -= 1;
      continue;
    }
    const way = j < from ? UP : ways[i * width + j - from];
    if (way === MATCH) {
      pairs.push(j - 1, i - 1);
      i -= 1;
      j -= 1;
    } else if (way === LEFT) {
      j -= 1;
    } else {
      i -= 1;
    }
  }
  return pairs.reverse();
}

/** Step by step; where the two are not alike, the nearer of the next ones that are. */
function greedy({ rows, columns, isAlike }: Grid): number[] {
  const pairs: number[] = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (isAlike(i, j)) {
      pairs.push(i, j);
      i += 1;
      j += 1;
      continue;
    }
    let ahead = 1;
    while (
      ahead <= LOOK_AHEAD &&
      !(j + ahead < columns && isAlike(i, j + ahead)) &&
      !(i + ahead < rows && isAlike(i + ahead, j))
    )
      ahead += 1;
    if (ahead > LOOK_AHEAD) {
      i += 1;
      j += 1;
    } else if (j + ahead < columns && isAlike(i, j + ahead)) {
      j += ahead;
    } else {
      i += ahead;
    }
  }
  return pairs;
}
