import type { DiffOp, DiffRow, TraceDiffResult, TraceSide } from '../../analysis/diff/types.ts';
import { SPAN_FLAGS } from '../../model/codes.ts';
import type { Nanos, Score, Span, SpanContent, SpanKey, SpanKind, Trace, TraceColumns } from '../../model/types.ts';
import { groupRows, type RowGroup } from './groupRows.ts';
import { MergedSpan } from './mergedSpan.ts';
import { placeTimes, sideOf, type DiffAlignment, type DiffSide } from './placedTimes.ts';

/** Which rows are left: all, or those of one kind with all above them. */
export type DiffFilter = 'all' | Exclude<DiffOp, 'same'> | 'moved';

export interface MergedOptions {
  /** @default 'trace' */
  readonly alignment?: DiffAlignment;
  /** @default 'all' */
  readonly filter?: DiffFilter;
}

/**
 * The rows of a diff as a trace, so that all that shows, searches and walks a trace does the same with two: a span is a
 * pair, a step that came or went, a run of unchanged steps, a loop, or the place that a moved step has left. Keys are
 * those of the rows. Contents and amounts are those of B, of a removed step those of A.
 */
export class MergedTrace implements Trace {
  readonly key: string;
  readonly traceId: string;
  readonly name: string;
  readonly version = 1;
  readonly live = false;
  readonly originUnixNano: bigint;
  readonly end: Nanos;
  readonly spanCount: number;
  readonly columns: TraceColumns;
  readonly tags: readonly string[] = [];
  readonly metadata: Readonly<Record<string, unknown>> = {};
  readonly scores: readonly Score[] = [];
  readonly diff: TraceDiffResult;
  readonly a: DiffSide;
  readonly b: DiffSide;
  /** What each span is, by index. */
  readonly groups: readonly RowGroup[];
  /** Four times by index, as in `PlacedTimes`. */
  readonly bars: Float64Array;
  /** By index, 1 for runs of unchanged steps, loops, and unchanged steps with others inside: closed at first. */
  readonly closedAtFirst: Uint8Array;
  /** How far B stands behind A, where it does. */
  readonly shift: Nanos;
  readonly #indices = new Map<string, number>();
  #ofSpans: ReadonlyMap<SpanKey, number> | undefined;
  /** By row of the diff, its span; -1 where the filter hides it. */
  readonly #ofRow: Int32Array;

  constructor(diff: TraceDiffResult, given: readonly [TraceSide, TraceSide], options: MergedOptions = {}) {
    const { alignment = 'trace', filter = 'all' } = options;
    const [a, b] = [sideOf(given[0]), sideOf(given[1])];
    const indicesA = indicesOf(diff.rows, 'a', a.trace);
    const indicesB = indicesOf(diff.rows, 'b', b.trace);
    const times = placeTimes(diff.rows, indicesA, indicesB, a, b, alignment);
    this.groups = groupRows(diff, a.trace, indicesA, filter);
    this.diff = diff;
    this.a = a;
    this.b = b;
    this.key = this.traceId = `${a.trace.key} ${b.trace.key}`;
    this.name = b.trace.name;
    this.originUnixNano = b.trace.originUnixNano;
    this.spanCount = this.groups.length;
    this.shift = times.shift;
    this.closedAtFirst = Uint8Array.from(this.groups, ({ closed }) => Number(closed));
    this.bars = new Float64Array(this.spanCount * 4).fill(Number.NaN);
    this.columns = this.#fill(indicesA, indicesB, times.bars);
    this.end = Math.max(
      a.end - a.origin,
      b.end - b.origin + times.shift,
      this.columns.end.reduce((last, end) => (end > last ? end : last), 0),
    );
    this.#ofRow = new Int32Array(diff.rows.length).fill(-1);
    for (let index = 0; index < this.spanCount; index += 1) {
      const { key, type, row } = this.groups[index]!;
      if (!this.#indices.has(key)) this.#indices.set(key, index);
      if (type === 'row') this.#ofRow[row] = index;
    }
  }

  span(index: number): Span {
    if (this.groups[index] === undefined) throw new RangeError(`no row ${index} of ${this.spanCount}`);
    return new MergedSpan(this, index);
  }

  /** By the key of a row, else by that of a recorded span, also with the side that it was on before the two were swapped. */
  find(key: string): Span | undefined {
    const index = this.#indices.get(key) ?? this.#bySpan().get(key.replace(/^[ab]:/, ''));
    return index === undefined ? undefined : this.span(index);
  }

  #bySpan(): ReadonlyMap<SpanKey, number> {
    if (this.#ofSpans) return this.#ofSpans;
    const ofSpans = new Map<SpanKey, number>();
    for (const side of ['a', 'b'] as const)
      this.diff.rows.forEach((row, at) => {
        const [key, index] = [row[side], this.#ofRow[at]!];
        if (key !== null && index !== -1) ofSpans.set(key, index);
      });
    return (this.#ofSpans = ofSpans);
  }

  /** The span that a row of the diff is; undefined where the filter hides it. */
  spanOfRow(row: number): Span | undefined {
    const index = this.#ofRow[row] ?? -1;
    return index === -1 ? undefined : this.span(index);
  }

  *spans(): IterableIterator<Span> {
    for (let index = 0; index < this.spanCount; index += 1) yield this.span(index);
  }

  content(index: number): SpanContent | Promise<SpanContent> {
    const source = this.source(index);
    return source ? source.content() : NOTHING;
  }

  /** The row of the diff that a span is, or stands for; none for a run of several. */
  row(index: number): DiffRow | undefined {
    const { type, row } = this.groups[index]!;
    return type === 'row' || type === 'left' ? this.diff.rows[row] : undefined;
  }

  /** The recorded span that a span is shown as: that of B, of a removed step that of A; none for a run of several. */
  source(index: number): Span | undefined {
    const row = this.row(index);
    return (row && this.spanOf(row, row.b === null ? 'a' : 'b')) ?? undefined;
  }

  /** The recorded span of a row on one side. */
  spanOf(row: DiffRow, side: 'a' | 'b'): Span | undefined {
    const key = row[side];
    return key === null ? undefined : this[side].trace.find(key);
  }

  #fill(indicesA: Int32Array, indicesB: Int32Array, bars: Float64Array): TraceColumns {
    const count = this.spanCount;
    const { a, b, groups } = this;
    const strings = joined(b.trace.columns.strings, a.trace.columns.strings);
    const kinds = joined<SpanKind>(b.trace.columns.kinds, a.trace.columns.kinds);
    const columns = {
      parent: new Int32Array(count),
      subtreeEnd: new Uint32Array(count),
      depth: new Uint32Array(count),
      start: new Float64Array(count).fill(Number.NaN),
      end: new Float64Array(count).fill(Number.NaN),
      kind: new Uint8Array(count),
      kinds: kinds.list,
      status: new Uint8Array(count),
      otelKind: new Uint8Array(count),
      flags: new Uint32Array(count),
      name: new Uint32Array(count),
      service: new Uint32Array(count),
      model: new Uint32Array(count),
      provider: new Uint32Array(count),
      rawKind: new Uint32Array(count),
      strings: strings.list,
      amounts: new Int32Array(count).fill(-1),
    };
    for (let index = 0; index < count; index += 1) {
      const { parent, type, row } = groups[index]!;
      columns.parent[index] = parent;
      columns.depth[index] = parent === -1 ? 0 : columns.depth[parent]! + 1;
      columns.subtreeEnd[index] = index + 1;
      if (type === 'unchanged') continue;
      const ofA = indicesB[row] === -1;
      const { columns: from } = ofA ? a.trace : b.trace;
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
        for (const side of [0, 1]) this.bars[index * 4 + side] = bars[row * 4 + side]!;
      } else {
        columns.status[index] = from.status[at]!;
        columns.flags[index] = from.flags[at]! & ~OF_PLACE;
        columns.amounts[index] = Math.min(0, from.amounts[at]!);
        for (let side = 0; side < 4; side += 1) this.bars[index * 4 + side] = bars[row * 4 + side]!;
      }
    }
    for (let index = count - 1; index >= 0; index -= 1) {
      const above = columns.parent[index]!;
      if (groups[index]!.type !== 'left') this.#stretch(index, columns);
      if (above === -1) continue;
      columns.subtreeEnd[above] = Math.max(columns.subtreeEnd[above]!, columns.subtreeEnd[index]!);
      if (groups[above]!.type === 'unchanged' || groups[above]!.type === 'loop') this.#cover(above, index);
    }
    // A row that no time is known of stands where the one above it does.
    for (let index = 0; index < count; index += 1) {
      if (groups[index]!.type === 'left') this.#stretch(index, columns);
      if (!Number.isNaN(columns.start[index]!)) continue;
      const above = columns.parent[index]!;
      columns.start[index] = columns.end[index] = above === -1 ? 0 : columns.start[above]!;
    }
    return columns;
  }

  /** A run lasts from the first to the last of what is in it. */
  #cover(above: number, index: number): void {
    const { bars } = this;
    for (const side of [0, 2]) {
      const [from, to] = [bars[index * 4 + side]!, bars[index * 4 + side + 1]!];
      if (Number.isNaN(from)) continue;
      const at = above * 4 + side;
      if (!(bars[at]! <= from)) bars[at] = from;
      if (!(bars[at + 1]! >= to)) bars[at + 1] = to;
    }
  }

  #stretch(index: number, { start, end }: { readonly start: Float64Array; readonly end: Float64Array }): void {
    const [startA, endA, startB, endB] = this.bars.subarray(index * 4, index * 4 + 4) as unknown as Bars;
    start[index] = Number.isNaN(startA) ? startB : Number.isNaN(startB) ? startA : Math.min(startA, startB);
    end[index] = Number.isNaN(endA) ? endB : Number.isNaN(endB) ? endA : Math.max(endA, endB);
  }
}

type Bars = readonly [number, number, number, number];

/** What is said of a span's place among others, which is another one here, and of ends, which bars know. */
const OF_PLACE =
  SPAN_FLAGS['missing-parent'] |
  SPAN_FLAGS['parent-cycle'] |
  SPAN_FLAGS['self-parent'] |
  SPAN_FLAGS['clock-skew'] |
  SPAN_FLAGS['missing-end'] |
  SPAN_FLAGS['missing-start'];

const indicesOf = (rows: readonly DiffRow[], side: 'a' | 'b', trace: Trace): Int32Array =>
  Int32Array.from(rows, (row) => (row[side] === null ? -1 : (trace.find(row[side])?.index ?? -1)));

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

const NOTHING: SpanContent = {
  attributes: new Map(),
  resource: new Map(),
  scope: null,
  events: [],
  links: [],
  input: null,
  output: null,
  messages: null,
  toolDefinitions: [],
  parameters: {},
  promptTemplate: null,
  tool: null,
  documents: null,
  embeddings: [],
  scores: [],
  raw: [],
};
