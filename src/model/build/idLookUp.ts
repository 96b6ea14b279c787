import type { SpanIds } from './spanIds.ts';

/** Look-ups that go through all ids: one is quicker than any table. */
const SCANS = 8;
/** Ids that each look-up from then on puts into the table, so that none of them takes long. */
const STRIDE = 2 ** 15;

/**
 * From a span id to the first span that has it; -1 = none has. The first few look through all ids, and only then a table
 * is made, bit by bit: most traces are asked for a handful.
 */
export function createIdLookUp(ids: SpanIds): (id: string) => number {
  const { halves, others } = ids.packed;
  let scans = 0;
  let table: IdTable | undefined;
  let texts: Map<string, number> | undefined;
  return (id) => {
    const isScan = scans < SCANS;
    scans += 1;
    if (!HEX.test(id)) {
      if (isScan) return firstText(others, id);
      texts ??= byText(others);
      return texts.get(id) ?? -1;
    }
    const [first, second] = [Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(8), 16)];
    if (!isScan) table ??= createTable(ids);
    const known = table?.find(first, second) ?? -1;
    if (known !== -1) return known;
    for (let index = table?.fill() ?? 0; index < ids.length; index += 1)
      if (isAt(halves, index, first, second) && !(others.size > 0 && others.has(index))) return index;
    return -1;
  };
}

const HEX = /^[\da-f]{16}$/;

const isAt = (halves: Uint32Array, index: number, first: number, second: number): boolean =>
  halves[2 * index] === first && halves[2 * index + 1] === second;

function firstText(others: ReadonlyMap<number, string>, id: string): number {
  let found = -1;
  for (const [index, each] of others) if (each === id && (found === -1 || index < found)) found = index;
  return found;
}

function byText(others: ReadonlyMap<number, string>): Map<string, number> {
  const texts = new Map<string, number>();
  for (const [index, each] of others) if (!((texts.get(each) ?? Infinity) < index)) texts.set(each, index);
  return texts;
}

interface IdTable {
  /** Of the spans that are in it, the first that has the id; -1 = none. */
  find(first: number, second: number): number;
  /** Takes some more in, and answers the first that was not in it before. */
  fill(): number;
}

/**
 * A table of open addresses. Ids come from files: where they stand in it is drawn by lot, so that none can be made to stand
 * in one place.
 */
function createTable(ids: SpanIds): IdTable {
  const { halves, others } = ids.packed;
  const bits = Math.max(4, Math.ceil(Math.log2(2 * ids.length + 1)));
  const places = new Int32Array(2 ** bits).fill(-1);
  const [a, b] = crypto.getRandomValues(new Uint32Array(2)).map((lot) => lot | 1) as unknown as [number, number];
  let filled = 0;
  /** The place of an id, or the free one where it would stand. */
  const placeOf = (first: number, second: number): number => {
    let place = (Math.imul(first, a) + Math.imul(second, b)) >>> (32 - bits);
    while (places[place] !== -1 && !isAt(halves, places[place]!, first, second)) place = (place + 1) % places.length;
    return place;
  };
  return {
    find: (first, second) => places[placeOf(first, second)]!,
    fill() {
      const from = filled;
      filled = Math.min(from + STRIDE, ids.length);
      for (let index = from; index < filled; index += 1) {
        if (others.size > 0 && others.has(index)) continue;
        const place = placeOf(halves[2 * index]!, halves[2 * index + 1]!);
        if (places[place] === -1) places[place] = index;
      }
      return from;
    },
  };
}
