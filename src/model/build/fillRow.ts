import { isMisplaced } from '../clocks/clockSkew.ts';
import { createKindTable, SPAN_FLAGS } from '../codes.ts';
import type { SpanAmounts, SpanEntry } from '../entry.ts';
import type { Instant } from '../time.ts';
import type { TraceColumns } from '../types.ts';
import type { emptyColumns } from './emptyColumns.ts';
import { SpanRows, type TextColumn } from './spanRows.ts';
import { remains } from './remains.ts';
import { StringTable } from './stringTable.ts';

/** What the numbers of some columns refer to. */
export interface Tables {
  readonly strings: StringTable;
  readonly kinds: ReturnType<typeof createKindTable>;
  readonly amounts: SpanAmounts[];
}
export const createTables = (): Tables => ({
  strings: new StringTable(),
  kinds: createKindTable(),
  amounts: [],
});

/** Columns that few traces have: the nodes of a recorded graph. */
export type GraphColumns = Required<Pick<TraceColumns, 'graphNode' | 'graphName' | 'graphParent'>>;
export const emptyGraph = (count: number): GraphColumns => ({
  graphNode: new Uint32Array(count),
  graphName: new Uint32Array(count),
  graphParent: new Uint32Array(count),
});

export function fillGraphNode(
  { graphNode, graphName, graphParent }: GraphColumns,
  index: number,
  node: SpanEntry['graphNode'],
  strings: Tables['strings'],
): void {
  graphNode[index] = strings.id(node?.id ?? null);
  graphName[index] = strings.id(node?.name ?? null);
  graphParent[index] = strings.id(node?.before ?? null);
}

export interface Filled {
  readonly columns: ReturnType<typeof emptyColumns>;
  readonly tables: Tables;
  readonly origin: Instant;
}

/** A span that gets its row. */
export interface FillingSpan {
  readonly rows: SpanRows;
  readonly row: number;
  /** Nanoseconds from the origin: of its own start, or of that which it takes from above. */
  readonly start: number;
  readonly linkFlags: number;
  readonly texts: TextNumbers;
}

/** Numbers in a table of the texts that rows name by numbers of their own. */
export class TextNumbers {
  readonly #rows: SpanRows;
  readonly #strings: StringTable;
  readonly #numbers: Uint32Array;

  constructor(rows: SpanRows, strings: StringTable) {
    this.#rows = rows;
    this.#strings = strings;
    this.#numbers = new Uint32Array(rows.strings.list.length);
  }

  of(row: number, column: TextColumn): number {
    const number = this.#rows.textAt(row, column);
    return number === 0 ? 0 : (this.#numbers[number] ||= this.#strings.id(this.#rows.strings.list[number]!));
  }
}

remains(new TextNumbers(new SpanRows(), new StringTable()));

/** Puts what is recorded into a row, once that of the parent is filled. False where the columns cannot give back its times. */
export function fillRow(
  { columns, tables: { kinds, amounts }, origin }: Filled,
  index: number,
  { rows, row, start, linkFlags, texts }: FillingSpan,
): boolean {
  let end = (rows.endSeconds(row) - origin.seconds) * 1e9 + (rows.endNanos(row) - origin.nanos);
  const hasStart = !Number.isNaN(rows.startSeconds(row));
  let flags = rows.flags(row) | linkFlags;
  let isExact = Number.isSafeInteger(start) && !(end > Number.MAX_SAFE_INTEGER);
  if (!hasStart) flags |= SPAN_FLAGS['missing-start'];
  if (Number.isNaN(end)) flags |= SPAN_FLAGS['missing-end'];
  if (end < start) {
    if (hasStart) flags |= SPAN_FLAGS['end-before-start'];
    isExact = false;
    end = start;
  }
  const parent = columns.parent[index]!;
  columns.service[index] = texts.of(row, 'service');
  columns.otelKind[index] = rows.otelKind(row);
  if (hasStart && parent !== -1 && isMisplaced(start, end, parent, index, columns)) flags |= SPAN_FLAGS['clock-skew'];
  columns.start[index] = start;
  columns.end[index] = end;
  columns.flags[index] = flags;
  const kind = rows.knownKind(row);
  columns.kind[index] = kind < 0 ? kinds.code(rows.kind(row)) : kind;
  columns.status[index] = rows.status(row);
  columns.name[index] = texts.of(row, 'name');
  columns.model[index] = texts.of(row, 'model');
  columns.provider[index] = texts.of(row, 'provider');
  columns.rawKind[index] = texts.of(row, 'rawKind');
  const amountsAt = rows.amountsAt(row);
  columns.amounts[index] = amountsAt === -1 ? -1 : amounts.push(rows.amounts[amountsAt]!) - 1;
  return isExact;
}
