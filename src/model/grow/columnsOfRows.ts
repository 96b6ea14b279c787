import type { TraceColumns } from '../types.ts';
import type { Numbers } from './growingColumn.ts';

const ints = (length: number) => new Uint32Array(length);
const bytes = (length: number) => new Uint8Array(length);
const floats = (length: number) => new Float64Array(length);

/** What is known of a span itself, wherever it stands: each column, and how it is made. */
export const FACTS = {
  start: floats,
  end: floats,
  kind: bytes,
  status: bytes,
  otelKind: bytes,
  flags: ints,
  name: ints,
  service: ints,
  model: ints,
  provider: ints,
  rawKind: ints,
  amounts: (length: number) => new Int32Array(length),
} as const satisfies Partial<Record<keyof TraceColumns, (length: number) => Numbers>>;

/** The same, of columns that few traces have. */
export const GRAPH_FACTS = {
  graphStep: (length: number) => new Float64Array(length).fill(Number.NaN),
  graphNode: ints,
  graphName: ints,
  graphParent: ints,
} as const satisfies Partial<Record<keyof TraceColumns, (length: number) => Numbers>>;

export type FactName = keyof typeof FACTS | keyof typeof GRAPH_FACTS;
/** Columns of facts, by name. */
export type Facts = { [Name in FactName]?: Numbers };

/** Puts the facts of the spans that stand in rows from `first` on into these rows. */
export function gather(facts: Numbers, slots: Int32Array, first: number, into: Numbers): void {
  for (let row = first; row < slots.length; row += 1) into[row] = facts[slots[row]!]!;
}
