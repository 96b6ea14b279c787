import type { Steps } from '../../analysis/steps.ts';
import { emptyColumns } from '../../model/build/emptyColumns.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import type { SpanKind, Trace, TraceColumns } from '../../model/types.ts';
import type { RowGroup } from './groupRows.ts';

export interface MergedColumns {
  readonly columns: TraceColumns;
  /** Four times by index, as in `PlacedTimes`; of a run or loop from the first to the last of what is in it. */
  readonly bars: Float64Array;
}

const ROWS_AT_ONCE = 1024;

/**
 * The columns of a merged trace. Names and facts are those of B, of a removed step those of A; a span lasts from the
 * earlier start to the later end of its two bars. `placed` are the bars by row of the diff.
 */
export function* mergedColumns(
  groups: readonly RowGroup[],
  a: Trace,
  b: Trace,
  indicesA: Int32Array,
  indicesB: Int32Array,
  placed: Float64Array,
): Steps<MergedColumns> {
  const count = groups.length;
  const bars = new Float64Array(count * 4).fill(Number.NaN);
  const strings = joined(b.columns.strings, a.columns.strings);
  const kinds = joined<SpanKind>(b.columns.kinds, a.columns.kinds);
  const columns = emptyColumns(
    { parent: new Int32Array(count), subtreeEnd: new Uint32Array(count), depth: new Uint32Array(count) },
    { strings, kinds },
  );
  columns.start.fill(Number.NaN);
  columns.end.fill(Number.NaN);
  for (let index = 0; index < count; index += 1) {
    if (index % ROWS_AT_ONCE === 0) yield;
    const { parent, type, row } = groups[index]!;
    columns.parent[index] = parent;
    columns.depth[index] = parent === -1 ? 0 : columns.depth[parent]! + 1;
    columns.subtreeEnd[index] = index + 1;
    if (type === 'unchanged') continue;
    const ofA = indicesB[row] === -1;
    const { columns: from } = ofA ? a : b;
    const at = ofA ? indicesA[row]! : indicesB[row]!;
    if (at === -1) continue;
    columns.kind[index] = ofA ? kinds.second(from.kind[at]!) : from.kind[at]!;
    columns.name[index] = ofA ? strings.second(from.name[at]!) : from.name[at]!;
    if (type === 'loop') continue;
    for (const each of ['service', 'model', 'provider', 'rawKind'] as const)
      columns[each][index] = ofA ? strings.second(from[each][at]!) : from[each][at]!;
    columns.otelKind[index] = from.otelKind[at]!;
    if (type === 'left') {
      // Only where it was.
      for (const side of [0, 1]) bars[index * 4 + side] = placed[row * 4 + side]!;
    } else {
      columns.status[index] = from.status[at]!;
      columns.flags[index] = from.flags[at]! & ~OF_PLACE;
      columns.amounts[index] = Math.min(0, from.amounts[at]!);
      for (let side = 0; side < 4; side += 1) bars[index * 4 + side] = placed[row * 4 + side]!;
    }
  }
  for (let index = count - 1; index >= 0; index -= 1) {
    const above = columns.parent[index]!;
    if (groups[index]!.type !== 'left') stretch(index, bars, columns);
    if (above === -1) continue;
    columns.subtreeEnd[above] = Math.max(columns.subtreeEnd[above]!, columns.subtreeEnd[index]!);
    if (groups[above]!.type === 'unchanged' || groups[above]!.type === 'loop') cover(above, index, bars);
  }
  // A row that no time is known of stands where the one above it does.
  for (let index = 0; index < count; index += 1) {
    if (groups[index]!.type === 'left') stretch(index, bars, columns);
    if (!Number.isNaN(columns.start[index]!)) continue;
    const above = columns.parent[index]!;
    columns.start[index] = columns.end[index] = above === -1 ? 0 : columns.start[above]!;
  }
  return { columns, bars };
}

/** A run lasts from the first to the last of what is in it. */
function cover(above: number, index: number, bars: Float64Array): void {
  for (const side of [0, 2]) {
    const [from, to] = [bars[index * 4 + side]!, bars[index * 4 + side + 1]!];
    if (Number.isNaN(from)) continue;
    const at = above * 4 + side;
    if (!(bars[at]! <= from)) bars[at] = from;
    if (!(bars[at + 1]! >= to)) bars[at + 1] = to;
  }
}

function stretch(
  index: number,
  bars: Float64Array,
  { start, end }: { readonly start: Float64Array; readonly end: Float64Array },
): void {
  const at = index * 4;
  start[index] = earlier(bars[at]!, bars[at + 2]!);
  end[index] = -earlier(-bars[at + 1]!, -bars[at + 3]!);
}

/** The lesser of two; of one that is known and one that is not (NaN), the known one. */
function earlier(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return b < a ? b : a;
}

/** What is said of a span's place among others, which is another one here, and of ends, which bars know. */
const OF_PLACE =
  SPAN_FLAGS['missing-parent'] |
  SPAN_FLAGS['parent-cycle'] |
  SPAN_FLAGS['self-parent'] |
  SPAN_FLAGS['clock-skew'] |
  SPAN_FLAGS['missing-end'] |
  SPAN_FLAGS['missing-start'];

/** The entries of both lists, each once, and the new places of those of the second. */
function joined<Value>(
  first: readonly Value[],
  second: readonly Value[],
): { readonly list: readonly Value[]; second(place: number): number } {
  const places = new Map(first.map((value, place) => [value, place]));
  const list = [...first];
  const moved = second.map((value) => {
    const known = places.get(value);
    return known ?? list.push(value) - 1;
  });
  return { list, second: (place) => moved[place]! };
}
