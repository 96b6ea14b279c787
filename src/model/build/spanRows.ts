import { kindCode, OTEL_KINDS, SPAN_KINDS, SPAN_STATUSES } from '../codes.ts';
import type { ContentList, ContentSource, ContentStore, SpanAmounts, SpanEntry } from '../entry.ts';
import { compareInstants, instantOf, type Instant } from '../time.ts';
import type { SpanKind } from '../types.ts';
import { remains } from './remains.ts';
import { halfOfId, idOfHalves } from './spanIds.ts';
import { StringTable } from './stringTable.ts';

/** Cells of a row. Ids take two, by halves. */
const ID = 0;
const PARENT = 2;
const FORMS = 4;
const FLAGS = 5;
const KIND = 6;
const STATUS = 7;
const OTEL_KIND = 8;
const AMOUNTS = 9;
const NAME = 10;
const RAW_KIND = 11;
const SERVICE = 12;
const MODEL = 13;
const PROVIDER = 14;
const CELLS = 15;

/** Times of a row, each as seconds (NaN = unknown) and nanoseconds. */
const START = 0;
const END = 2;
const TIMES = 4;

/** How an id is written: not at all, in 16 digits, in fewer, or in another way, as which it is kept. */
type IdForm = 0 | 1 | 2 | 3;
const NO_ID = 0;
const DIGITS = 1;
const FEW_DIGITS = 2;
const OTHER_FORM = 3;

/** Bits of the cell `FORMS` beside those of both forms. */
const PARENT_SHIFT = 2;
const START_GUESSED = 16;
const END_GUESSED = 32;
const IS_RARE = 64;

/** Columns of texts, in the order of their cells. */
export type TextColumn = 'name' | 'rawKind' | 'service' | 'model' | 'provider';

/**
 * The spans of one trace on their way into it, in the order in which they come: a row of numbers for each in place of
 * an object, as there may be very many.
 */
export class SpanRows {
  length = 0;
  readonly strings = new StringTable();
  readonly amounts: SpanAmounts[] = [];
  /** Whole numbers apart from the others: engines make an object of each fraction that they look at. */
  #cells = new Int32Array(8 * CELLS);
  #times = new Float64Array(8 * TIMES);
  /** Spans that hold what few have. */
  readonly #rare = new Map<number, SpanEntry>();
  readonly #ids = new Map<number, string>();
  readonly #parents = new Map<number, string>();
  #contents: ContentStore | undefined;

  static of(entries: readonly SpanEntry[]): SpanRows {
    const rows = new SpanRows();
    for (let at = 0; at < entries.length; at += 1) rows.add(entries[at]!);
    return rows;
  }

  add(entry: SpanEntry): void {
    const row = this.length;
    const base = row * CELLS;
    if (base === this.#cells.length) this.#grow();
    const cells = this.#cells;
    const { strings } = this;
    let forms = this.#setId(base + ID, row, entry.spanId, this.#ids);
    forms |= this.#setId(base + PARENT, row, entry.parentSpanId, this.#parents) << PARENT_SHIFT;
    const { start, end, kind } = entry;
    this.#setTime(row * TIMES + START, start);
    this.#setTime(row * TIMES + END, end);
    if (start?.guessed) forms |= START_GUESSED;
    if (end?.guessed) forms |= END_GUESSED;
    if (isRare(entry)) {
      forms |= IS_RARE;
      this.#rare.set(row, entry);
    }
    cells[base + FORMS] = forms;
    cells[base + FLAGS] = entry.flags;
    const code = kindCode(kind);
    cells[base + KIND] = SPAN_KINDS[code] === kind ? code : -1 - strings.id(kind);
    cells[base + STATUS] = Math.max(0, SPAN_STATUSES.indexOf(entry.status as never));
    cells[base + OTEL_KIND] = entry.otelKind === null ? 0 : Math.max(0, OTEL_KINDS.indexOf(entry.otelKind));
    cells[base + AMOUNTS] = entry.amounts === null ? -1 : this.amounts.push(entry.amounts) - 1;
    cells[base + NAME] = strings.id(entry.name);
    cells[base + RAW_KIND] = strings.id(entry.rawKind);
    cells[base + SERVICE] = strings.id(entry.service);
    cells[base + MODEL] = strings.id(entry.model);
    cells[base + PROVIDER] = strings.id(entry.provider);
    this.#contents ??= entry.content.createStore?.() ?? new ContentObjects();
    this.#contents.add(entry.content);
    this.length += 1;
  }

  #grow(): void {
    const cells = new Int32Array(2 * this.#cells.length);
    cells.set(this.#cells);
    this.#cells = cells;
    const times = new Float64Array(2 * this.#times.length);
    times.set(this.#times);
    this.#times = times;
  }

  #setTime(at: number, time: Instant | null): void {
    this.#times[at] = time === null ? Number.NaN : time.seconds;
    this.#times[at + 1] = time === null ? 0 : time.nanos;
  }

  #setId(cell: number, row: number, id: string | null, texts: Map<number, string>): IdForm {
    if (id === null) return NO_ID;
    const digits = id.length > 0 && id.length < ID_DIGITS ? id.padStart(ID_DIGITS, '0') : id;
    const first = digits.length === ID_DIGITS ? halfOfId(digits, 0) : -1;
    const second = first === -1 ? -1 : halfOfId(digits, ID_DIGITS / 2);
    if (second !== -1) {
      this.#cells[cell] = first;
      this.#cells[cell + 1] = second;
      if (id.length === ID_DIGITS) return DIGITS;
    }
    texts.set(row, id);
    // Some printers drop leading zeros, so these are compared as if padded.
    return second === -1 ? OTHER_FORM : FEW_DIGITS;
  }

  /** All of a span, as it was added. */
  entry(row: number): SpanEntry {
    const rare = this.rare(row);
    if (rare) return rare;
    const cells = this.#cells;
    const base = row * CELLS;
    return {
      spanId: this.spanId(row),
      parentSpanId: this.parentSpanId(row),
      name: this.strings.list[cells[base + NAME]!]!,
      start: this.start(row),
      end: this.end(row),
      kind: this.kind(row),
      rawKind: this.#text(base + RAW_KIND),
      otelKind: OTEL_KINDS[cells[base + OTEL_KIND]!]!,
      status: SPAN_STATUSES[cells[base + STATUS]!]!,
      statusMessage: null,
      service: this.#text(base + SERVICE),
      model: this.#text(base + MODEL),
      provider: this.#text(base + PROVIDER),
      amounts: this.amounts[cells[base + AMOUNTS]!] ?? null,
      flags: this.flags(row),
      content: this.#contents!.at(row),
    };
  }

  list(): readonly SpanEntry[] {
    return Array.from({ length: this.length }, (_, row) => this.entry(row));
  }

  /** The span itself where it holds what few have. */
  rare(row: number): SpanEntry | undefined {
    return (this.#cells[row * CELLS + FORMS]! & IS_RARE) === 0 ? undefined : this.#rare.get(row);
  }

  spanId(row: number): string {
    return this.#id(row, ID, this.#idForm(row), this.#ids);
  }

  parentSpanId(row: number): string | null {
    const form = this.#parentForm(row);
    return form === NO_ID ? null : this.#id(row, PARENT, form, this.#parents);
  }

  #id(row: number, cell: number, form: number, texts: ReadonlyMap<number, string>): string {
    const at = row * CELLS + cell;
    return form === DIGITS ? idOfHalves(this.#cells[at]! >>> 0, this.#cells[at + 1]! >>> 0) : texts.get(row)!;
  }

  #idForm(row: number): number {
    return this.#cells[row * CELLS + FORMS]! & 3;
  }

  #parentForm(row: number): number {
    return (this.#cells[row * CELLS + FORMS]! >> PARENT_SHIFT) & 3;
  }

  #text(cell: number): string | null {
    return this.strings.list[this.#cells[cell]!]! || null;
  }

  kind(row: number): SpanKind {
    const kind = this.#cells[row * CELLS + KIND]!;
    return kind < 0 ? this.strings.list[-1 - kind]! : SPAN_KINDS[kind]!;
  }

  /** Its code where every trace knows it, else less than 0. */
  knownKind(row: number): number {
    return this.#cells[row * CELLS + KIND]!;
  }

  status(row: number): number {
    return this.#cells[row * CELLS + STATUS]!;
  }

  otelKind(row: number): number {
    return this.#cells[row * CELLS + OTEL_KIND]!;
  }

  flags(row: number): number {
    return this.#cells[row * CELLS + FLAGS]!;
  }

  /** Its place in `amounts`, -1 = none. */
  amountsAt(row: number): number {
    return this.#cells[row * CELLS + AMOUNTS]!;
  }

  /** Number of one of its texts in `strings`, 0 = none. */
  textAt(row: number, column: TextColumn): number {
    return this.#cells[row * CELLS + TEXT_CELLS[column]]!;
  }

  /** NaN = unknown. */
  startSeconds(row: number): number {
    return this.#times[row * TIMES + START]!;
  }

  startNanos(row: number): number {
    return this.#times[row * TIMES + START + 1]!;
  }

  /** NaN = unknown. */
  endSeconds(row: number): number {
    return this.#times[row * TIMES + END]!;
  }

  endNanos(row: number): number {
    return this.#times[row * TIMES + END + 1]!;
  }

  start(row: number): Instant | null {
    return this.#instant(row, START, START_GUESSED);
  }

  end(row: number): Instant | null {
    return this.#instant(row, END, END_GUESSED);
  }

  #instant(row: number, time: number, guessed: number): Instant | null {
    const at = row * TIMES + time;
    const seconds = this.#times[at]!;
    if (Number.isNaN(seconds)) return null;
    return instantOf(seconds, this.#times[at + 1]!, (this.#cells[row * CELLS + FORMS]! & guessed) !== 0);
  }

  hasParent(row: number): boolean {
    return this.#parentForm(row) !== NO_ID;
  }

  /** Which span has this id, as `known` has them. */
  withIdOf(row: number, known: RowsById): number {
    return this.#find(row, ID, this.#idForm(row), this.#ids, known);
  }

  /** Which span has the id of this one's parent; -1 = none. */
  withIdOfParent(row: number, known: RowsById): number {
    return this.#find(row, PARENT, this.#parentForm(row), this.#parents, known);
  }

  #find(
    row: number,
    cell: number,
    form: number,
    texts: ReadonlyMap<number, string>,
    { places, others }: RowsById,
  ): number {
    if (form === NO_ID) return -1;
    if (form === OTHER_FORM) return others.get(texts.get(row)!) ?? -1;
    const cells = this.#cells;
    const at = row * CELLS + cell;
    const place = this.#placeOf(cells[at]!, cells[at + 1]!, places);
    return places[place]! - 1;
  }

  /** Where among the places an id is, or would be. */
  #placeOf(first: number, second: number, places: Int32Array): number {
    const cells = this.#cells;
    const mask = places.length - 1;
    let place = Math.imul(Math.imul(first, 0x9e3779b1) ^ second, 0x85ebca6b);
    place = (place ^ (place >>> 15)) & mask;
    for (let row = places[place]!; row !== 0; row = places[(place = (place + 1) & mask)]!) {
      const at = (row - 1) * CELLS + ID;
      if (cells[at] === first && cells[at + 1] === second) break;
    }
    return place;
  }

  /** Makes a span the one of its id; answers which was that before, -1 = none. */
  claimId(row: number, { places, others }: RowsById): number {
    if (this.#idForm(row) === OTHER_FORM) {
      const id = this.#ids.get(row)!;
      const before = others.get(id) ?? -1;
      others.set(id, row);
      return before;
    }
    const at = row * CELLS + ID;
    const place = this.#placeOf(this.#cells[at]!, this.#cells[at + 1]!, places);
    const before = places[place]! - 1;
    places[place] = row + 1;
    return before;
  }

  /** Whether its id is two halves. */
  isPacked(row: number): boolean {
    return this.#idForm(row) === DIGITS;
  }

  idHalf(row: number, half: 0 | 1): number {
    return this.#cells[row * CELLS + ID + half]! >>> 0;
  }

  /** Order of siblings, and of all choices between spans: nothing in it depends on the order of arrival. */
  compare(a: number, b: number): number {
    const [start, other] = [this.startSeconds(a), this.startSeconds(b)];
    const [isOpen, isOther] = [Number.isNaN(start), Number.isNaN(other)];
    if (isOpen !== isOther) return isOpen ? 1 : -1;
    return (isOpen ? 0 : start - other || this.startNanos(a) - this.startNanos(b)) || this.compareTies(a, b);
  }

  /** As `compareTies` does. */
  compareTies(a: number, b: number): number {
    return compareTies(new TiedRow(this, a), new TiedRow(this, b));
  }

  /** What a span holds. */
  content(row: number): ContentSource {
    return this.#contents!.at(row);
  }

  /** What the spans hold, in the order of these rows. */
  contents(rows: Uint32Array): ContentList {
    return this.#contents?.inOrder(rows) ?? [];
  }
}

remains(new SpanRows());

/** What settles the order of spans that start together. */
type Tied = Pick<SpanEntry, 'dottedOrder' | 'end' | 'spanId' | 'content'>;

/** A row as far as it is asked. */
class TiedRow implements Tied {
  readonly #rows: SpanRows;
  readonly #row: number;

  constructor(rows: SpanRows, row: number) {
    this.#rows = rows;
    this.#row = row;
  }

  get dottedOrder(): string | null {
    return this.#rows.rare(this.#row)?.dottedOrder ?? null;
  }
  get end(): Instant | null {
    return this.#rows.end(this.#row);
  }
  get spanId(): string {
    return this.#rows.spanId(this.#row);
  }
  get content(): ContentSource {
    return this.#rows.content(this.#row);
  }
}

/** Dotted order, end (open last), span id, content hash: for spans that start together. */
export function compareTies(a: Tied, b: Tied): number {
  const [before, after] = [a.dottedOrder ?? '', b.dottedOrder ?? ''];
  if (before !== after) return before < after ? -1 : 1;
  const [end, other] = [a.end, b.end];
  if (end && other) {
    const byEnd = compareInstants(end, other);
    if (byEnd !== 0) return byEnd;
  } else if (end || other) {
    return end ? -1 : 1;
  }
  const [id, otherId] = [a.spanId, b.spanId];
  if (id !== otherId) return id < otherId ? -1 : 1;
  return a.content.hash() - b.content.hash();
}

const ID_DIGITS = 16;
const TEXT_CELLS = { name: NAME, rawKind: RAW_KIND, service: SERVICE, model: MODEL, provider: PROVIDER } as const;

const isRare = ({
  amountsOf,
  amountsIn,
  contentOf,
  kindOfWrapper,
  statusOrigin,
  statusMessage,
  recorded,
  dottedOrder,
  graphStep,
  graphNode,
  scores,
  lastEvent,
}: SpanEntry): boolean =>
  (statusMessage ??
    amountsOf ??
    amountsIn ??
    contentOf ??
    kindOfWrapper ??
    statusOrigin ??
    dottedOrder ??
    lastEvent ??
    null) !== null || (recorded ?? graphStep ?? graphNode ?? scores) !== undefined;

/** Which span each id means. */
export class RowsById {
  /** One more than a row, 0 = none, by a hash of its id. */
  readonly places: Int32Array;
  /** By ids that are no hexadecimal numbers. */
  readonly others = new Map<string, number>();
  /** No id was claimed twice. */
  isUnique = true;

  /** With room for so many. */
  constructor(count: number) {
    let size = 4;
    while (size < 2 * count) size *= 2;
    this.places = new Int32Array(size);
  }
}

remains(new RowsById(0));

/** Contents that are objects of their own. */
class ContentObjects implements ContentStore {
  readonly #list: ContentSource[] = [];

  add(content: ContentSource): void {
    this.#list.push(content);
  }

  at(number: number): ContentSource {
    return this.#list[number]!;
  }

  inOrder(numbers: Uint32Array): ContentList {
    return Array.from(numbers, (number) => this.#list[number]!);
  }
}

remains(new ContentObjects());
