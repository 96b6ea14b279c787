import { SPAN_FLAGS } from '../../model/codes.ts';
import type { ContentList, TraceAbout, TraceParts } from '../../model/entry.ts';
import { PackedIds } from '../../model/build/spanIds.ts';
import { setOwn } from '../../model/ownValue.ts';
import { ColumnTrace } from '../../model/trace.ts';
import type { TraceColumns } from '../../model/types.ts';

/*
 * Traces on their way from a worker to the page. Columns are handed over; long lists come in pieces before the trace
 * they belong to, so that the page makes objects of few of them in one task. Whatever fields a trace has, they cross:
 * nothing here names them one by one.
 */

/** A part of a list or a map. */
export interface Piece {
  /** Which list: pieces with one number are one list. */
  readonly list: number;
  readonly entries: readonly unknown[];
  readonly isMap: boolean;
}

/** Fields as they are, and the numbers of the lists that others are. */
interface MovedFields {
  readonly plain: Readonly<Record<string, unknown>>;
  readonly lists: Readonly<Record<string, number>>;
}

export interface MovedTrace {
  readonly parts: MovedFields;
  readonly about: MovedFields;
  readonly columns: MovedFields;
  readonly ids: { readonly halves: Uint32Array; readonly others: number };
  /** Of spans that share an id. */
  readonly hashes: ReadonlyMap<number, number>;
  /** What recorded a span, by number; 0 = nothing says it. */
  readonly scopes: { readonly numbers: Uint32Array; readonly names: readonly string[] } | null;
}

/** Entries in a message. */
const ENTRIES = 1000;
/** What is so short crosses with the rest. */
const SHORT = 16;

/** Sends traces, each once; what several of them share is sent once too. */
export function createTraceSender(
  sendPiece: (piece: Piece) => void,
): (trace: ColumnTrace) => { readonly moved: MovedTrace; readonly buffers: readonly ArrayBuffer[] } {
  const sent = new Map<object, number>();
  const send = (list: readonly unknown[] | ReadonlyMap<unknown, unknown>): number => {
    const known = sent.get(list);
    if (known !== undefined) return known;
    const number = sent.size;
    sent.set(list, number);
    const isMap = list instanceof Map;
    let entries: unknown[] = [];
    for (const entry of list as Iterable<unknown>) {
      if (entries.push(entry) < ENTRIES) continue;
      sendPiece({ list: number, entries, isMap });
      entries = [];
    }
    sendPiece({ list: number, entries, isMap });
    return number;
  };
  return (trace) => {
    const buffers: ArrayBuffer[] = [];
    const copied = <List extends Uint32Array>(list: List): List => {
      const copy = list.slice() as List;
      buffers.push(copy.buffer as ArrayBuffer);
      return copy;
    };
    const fieldsOf = (given: object): MovedFields => {
      const plain: Record<string, unknown> = {};
      const lists: Record<string, number> = {};
      for (const [name, value] of Object.entries(given)) {
        if (ArrayBuffer.isView(value)) setOwn(plain, name, copied(value as Uint32Array));
        else if (isLong(value)) setOwn(lists, name, send(value));
        else setOwn(plain, name, value);
      }
      return { plain, lists };
    };
    const { about, columns, spanIds, content, ...parts } = trace.parts;
    const { halves, others } = spanIds.packed;
    const scopes = scopesOf(content, columns.start.length);
    return {
      moved: {
        parts: fieldsOf(parts),
        about: fieldsOf(about),
        columns: fieldsOf(columns),
        ids: { halves: copied(halves), others: send(others) },
        hashes: hashesOf(content, columns),
        scopes: scopes && { numbers: copied(scopes.numbers), names: scopes.names },
      },
      buffers,
    };
  };
}

const isLong = (value: unknown): value is readonly unknown[] | ReadonlyMap<unknown, unknown> =>
  (Array.isArray(value) && value.length > SHORT) || (value instanceof Map && value.size > SHORT);

function hashesOf(content: ContentList, { flags }: TraceColumns): ReadonlyMap<number, number> {
  const hashes = new Map<number, number>();
  for (let index = 0; index < flags.length; index += 1)
    if ((flags[index]! & SPAN_FLAGS['duplicate-span-id']) !== 0) hashes.set(index, content.at(index)!.hash());
  return hashes;
}

function scopesOf(content: ContentList, count: number): MovedTrace['scopes'] {
  let numbers: Uint32Array | null = null;
  const names: string[] = [];
  const known = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    const name = content.at(index)!.scopeName?.() ?? null;
    if (name === null) continue;
    let number = known.get(name);
    if (number === undefined) known.set(name, (number = names.push(name)));
    (numbers ??= new Uint32Array(count))[index] = number;
  }
  return numbers && { numbers, names };
}

/** Puts traces together from what arrives. */
export function createTraceReceiver(): {
  piece(piece: Piece): void;
  trace(moved: MovedTrace, content: ContentList): ColumnTrace;
} {
  const lists = new Map<number, unknown[] | Map<unknown, unknown>>();
  const fieldsOf = ({ plain, lists: numbers }: MovedFields): Record<string, unknown> => ({
    ...plain,
    ...Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, lists.get(number)])),
  });
  return {
    piece({ list, entries, isMap }) {
      let all = lists.get(list);
      if (!all) lists.set(list, (all = isMap ? new Map() : []));
      for (const entry of entries) {
        if (all instanceof Map) all.set((entry as [unknown, unknown])[0], (entry as [unknown, unknown])[1]);
        else all.push(entry);
      }
    },
    trace({ parts, about, columns, ids }, content) {
      return new ColumnTrace({
        ...(fieldsOf(parts) as unknown as Omit<TraceParts, 'about' | 'columns' | 'spanIds' | 'content'>),
        about: fieldsOf(about) as TraceAbout,
        columns: fieldsOf(columns) as unknown as TraceColumns,
        spanIds: new PackedIds(ids.halves.length / 2, {
          halves: ids.halves,
          others: lists.get(ids.others) as Map<number, string>,
        }),
        content,
      });
    },
  };
}
