import type { DiffOp, DiffRow, TraceDiffResult, TraceSide } from '../../analysis/diff/types.ts';
import type { Nanos, Score, Span, SpanContent, SpanKey, Trace, TraceColumns } from '../../model/types.ts';
import type { Steps } from '../../analysis/steps.ts';
import { groupRows, type RowGroup } from './groupRows.ts';
import { mergedColumns, type MergedColumns } from './mergedColumns.ts';
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
  readonly timeBasis: 'clock' | 'step';
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
  #indices: ReadonlyMap<string, number> | undefined;
  #ofSpans: ReadonlyMap<SpanKey, number> | undefined;
  /** By row of the diff, its span; -1 where the filter hides it. */
  readonly #ofRow: Int32Array;

  constructor({ diff, a, b, groups, columns, bars, shift }: MergedParts) {
    this.diff = diff;
    this.a = a;
    this.b = b;
    this.key = this.traceId = `${a.trace.key} ${b.trace.key}`;
    this.name = b.trace.name;
    this.originUnixNano = b.trace.originUnixNano;
    this.timeBasis = [a, b].every(({ trace }) => trace.timeBasis === 'step') ? 'step' : 'clock';
    this.groups = groups;
    this.spanCount = groups.length;
    this.columns = columns;
    this.bars = bars;
    this.shift = shift;
    this.closedAtFirst = Uint8Array.from(groups, ({ closed }) => Number(closed));
    this.end = columns.end.reduce(
      (last, end) => (end > last ? end : last),
      Math.max(a.end - a.origin, b.end - b.origin + shift),
    );
    this.#ofRow = new Int32Array(diff.rows.length).fill(-1);
    groups.forEach(({ type, row }, index) => {
      if (type === 'row') this.#ofRow[row] = index;
    });
  }

  span(index: number): Span {
    if (this.groups[index] === undefined) throw new RangeError(`no row ${index} of ${this.spanCount}`);
    return new MergedSpan(this, index);
  }

  /** By the key of a row, else by that of a recorded span, also with the side that it was on before the two were swapped. */
  find(key: string): Span | undefined {
    const index = this.#byKey().get(key) ?? this.#bySpan().get(key.replace(/^[ab]:/, ''));
    return index === undefined ? undefined : this.span(index);
  }

  #byKey(): ReadonlyMap<string, number> {
    return (this.#indices ??= new Map(this.groups.map(({ key }, index) => [key, index])));
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

  /** The iterations of a loop, also those that stand in a run of unchanged ones, by index. */
  *turns(loop: number): IterableIterator<number> {
    const { subtreeEnd } = this.columns;
    for (let at = loop + 1; at < subtreeEnd[loop]!;) {
      const { type } = this.groups[at]!;
      if (type === 'row') yield at;
      at = type === 'unchanged' ? at + 1 : subtreeEnd[at]!;
    }
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
}

/** What a merged trace is made of. */
interface MergedParts extends MergedColumns {
  readonly diff: TraceDiffResult;
  readonly a: DiffSide;
  readonly b: DiffSide;
  readonly groups: readonly RowGroup[];
  readonly shift: Nanos;
}

/** Makes the merged trace of a diff in steps, as long traces take a while. */
export function* mergeTraces(
  diff: TraceDiffResult,
  given: readonly [TraceSide, TraceSide],
  { alignment = 'trace', filter = 'all' }: MergedOptions = {},
): Steps<MergedTrace> {
  const inSteps = given.every((side) => ('trace' in side ? side.trace : side).timeBasis === 'step');
  const [a, b] = [sideOf(given[0], inSteps), sideOf(given[1], inSteps)];
  const indicesA = yield* indicesOf(diff.rows, 'a', a.trace);
  const indicesB = yield* indicesOf(diff.rows, 'b', b.trace);
  const { bars, shift } = placeTimes(diff.rows, indicesA, indicesB, a, b, alignment);
  yield;
  const groups = yield* groupRows(diff, a.trace, indicesA, filter);
  const columns = yield* mergedColumns(groups, a.trace, b.trace, indicesA, indicesB, bars);
  return new MergedTrace({ diff, a, b, groups, shift, ...columns });
}

function* indicesOf(rows: readonly DiffRow[], side: 'a' | 'b', trace: Trace): Steps<Int32Array> {
  const indices = new Int32Array(rows.length).fill(-1);
  for (let row = 0; row < rows.length; row += 1) {
    const key = rows[row]![side];
    if (key !== null) indices[row] = trace.find(key)?.index ?? -1;
    if (row % ROWS_AT_ONCE === 0) yield;
  }
  return indices;
}

const ROWS_AT_ONCE = 1024;

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
