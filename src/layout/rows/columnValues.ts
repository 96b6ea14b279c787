import { perTrace } from '../../analysis/memo.ts';
import { ownTime } from '../../analysis/time/ownTime.ts';
import { siblings } from '../../analysis/siblings.ts';
import { subtreeAmounts } from '../../analysis/amounts/subtreeAmounts.ts';
import { tokenRate } from '../../analysis/amounts/tokenRate.ts';
import { SPAN_FLAGS, SPAN_STATUSES } from '../../model/codes.ts';
import type { Span, Trace } from '../../model/types.ts';
import type { Row } from './visibleRows.ts';

/** What a column says of a row, as far as sorting goes. */
export interface SortableColumn {
  readonly id: string;
  readonly sortable?: boolean;
  value(row: Row, trace: Trace): string | number | null;
}

type Values = (trace: Trace) => Float64Array;

const MISSING_START = SPAN_FLAGS['missing-start'];
/** From what nobody needs to look at to what everybody should. */
const SEVERITY = ['unset', 'ok', 'running', 'warning', 'error'] as const satisfies (typeof SPAN_STATUSES)[number][];

/** What few spans have: an envelope is made only for those. */
const reported =
  (read: (span: Span) => number | null): Values =>
  (trace) => {
    const values = new Float64Array(trace.spanCount).fill(Number.NaN);
    for (let index = 0; index < values.length; index += 1)
      if (trace.columns.amounts[index] !== -1) values[index] = read(trace.span(index)) ?? Number.NaN;
    return values;
  };

const named =
  (column: 'service' | 'model' | 'provider'): Values =>
  ({ columns }) =>
    rankIds(columns[column], columns.strings);

/**
 * The built-in columns' values, by id and then by span index; NaN = unknown. Where words are compared, they are places
 * in the alphabet.
 */
const BUILT_IN: Readonly<Record<string, Values>> = {
  duration: ({ columns: { start, end, flags } }) =>
    start.map((from, index) => ((flags[index]! & MISSING_START) === 0 ? end[index]! - from : Number.NaN)),
  self: ownTime,
  start: ({ columns: { start, flags } }) =>
    start.map((from, index) => ((flags[index]! & MISSING_START) === 0 ? from : Number.NaN)),
  tokens: (trace) => subtreeAmounts(trace, 'total'),
  input: (trace) => subtreeAmounts(trace, 'input'),
  cached: (trace) => subtreeAmounts(trace, 'cacheRead'),
  output: (trace) => subtreeAmounts(trace, 'output'),
  reasoning: (trace) => subtreeAmounts(trace, 'reasoning'),
  cost: (trace) => subtreeAmounts(trace, 'cost'),
  first: reported(({ firstToken }) => firstToken),
  speed: reported(tokenRate),
  service: named('service'),
  model: named('model'),
  provider: named('provider'),
  kind: ({ columns: { kind, kinds } }) => rankIds(Uint32Array.from(kind), kinds),
  status: ({ columns: { status } }) => {
    const ranks = SPAN_STATUSES.map((name) => SEVERITY.indexOf(name));
    return Float64Array.from(status, (code) => ranks[code]!);
  },
  scores: (trace) =>
    rankMixed(
      Array.from({ length: trace.spanCount }, (_, index) => {
        const [score] = trace.span(index).scores;
        return score ? (score.value ?? score.label) : null;
      }),
    ),
  children: (trace) => Float64Array.from(siblings(trace).children),
};

const builtIn = new Map(Object.entries(BUILT_IN).map(([id, values]) => [id, perTrace(values)]));

/** The values by which a column sorts; null where it does not. Read once for each trace and column. */
export function columnValues(trace: Trace, id: string, hostColumns: readonly SortableColumn[]): Float64Array | null {
  const column = hostColumns.find((each) => each.id === id);
  if (!column) return builtIn.get(id)?.(trace) ?? null;
  if (column.sortable !== true) return null;
  let values = hostValues.get(column);
  if (!values) hostValues.set(column, (values = perTrace((of) => rankMixed(readValues(of, column)))));
  return values(trace);
}

const hostValues = new WeakMap<SortableColumn, Values>();

/**
 * A row for the eyes of a host's function. Keys are long to write and seldom asked for, so they are written when they
 * are.
 */
class AskedRow implements Row {
  readonly type = 'span';
  readonly index: number;
  readonly #trace: Trace;
  constructor(trace: Trace, index: number) {
    this.#trace = trace;
    this.index = index;
  }
  get key(): string {
    return this.#trace.span(this.index).key;
  }
  get depth(): number {
    return this.#trace.columns.depth[this.index]!;
  }
}

/** What the host's function throws over has no value. */
function readValues(trace: Trace, column: SortableColumn): readonly (string | number | null)[] {
  const values: (string | number | null)[] = [];
  for (let index = 0; index < trace.spanCount; index += 1) {
    let value: string | number | null = null;
    try {
      value = column.value(new AskedRow(trace, index), trace);
    } catch {
      // As if it had no answer.
    }
    values.push(value);
  }
  return values;
}

const alphabetical = new Intl.Collator('en', { numeric: true }).compare;

/** Texts by id as their places in the alphabet; the empty text is unknown. */
function rankIds(ids: Uint32Array, texts: readonly string[]): Float64Array {
  const used = Array.from(new Set(ids))
    .filter((id) => texts[id] !== '')
    .sort((a, b) => alphabetical(texts[a]!, texts[b]!));
  const ranks = new Map(used.map((id, place) => [id, place]));
  return Float64Array.from(ids, (id) => ranks.get(id) ?? Number.NaN);
}

/** Numbers as they are; where there are texts too, all become places, the texts behind the numbers. */
function rankMixed(values: readonly (string | number | null)[]): Float64Array {
  const texts = new Set(values.filter((value) => typeof value === 'string'));
  if (texts.size === 0) return Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN));
  const numbers = new Set(values.filter((value) => typeof value === 'number' && !Number.isNaN(value)) as number[]);
  const places = new Map<string | number, number>(
    [...Float64Array.from(numbers).sort(), ...Array.from(texts).sort(alphabetical)].map((value, place) => [
      value,
      place,
    ]),
  );
  return Float64Array.from(values, (value) => places.get(value!) ?? Number.NaN);
}
