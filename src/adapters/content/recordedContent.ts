import { NO_SLICES, Slice, type SliceTable } from './slices.ts';
import type { Fields } from '../../conventions/json.ts';
import type { ContentList, ContentSource, ContentStore } from '../../model/entry.ts';
import { textOf } from '../../model/attributes.ts';
import { remains } from '../../model/build/remains.ts';
import { contentHash } from '../../model/hash.ts';
import type { Instant, TimeUnit } from '../../model/time.ts';
import type { SpanContent } from '../../model/types.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import type { SpanRecord } from '../types.ts';

/** What neighbours have in common, held once for all of them. */
export interface Shared {
  readonly resource: Fields | undefined;
  readonly scope: Fields | undefined;
  readonly schemaUrl: unknown;
  readonly unit: TimeUnit;
  readonly inner: readonly string[] | undefined;
  readonly content: SpanRecord['content'];
  /** Whether the format itself says what attributes would mean. */
  readonly reported: boolean;
  readonly decode: DecodeContent;
}

/** As `decodeContent` reads it. */
function scopeNameOf({ scope }: Shared): string | null {
  try {
    return scope ? (textOf(scope['name']) ?? '') : null;
  } catch {
    return null;
  }
}

/** The parts of a record that `decodeContent` reads. */
export interface RecordedParts {
  readonly records: readonly object[];
  readonly raw: readonly object[];
  readonly attributes: unknown;
  readonly events: unknown;
  readonly links: unknown;
  /** Attributes of another span that tell of this one too. */
  readonly lent?: unknown;
  readonly shared: Shared;
}

/** Makes of the parts of a record what its span holds. */
export type DecodeContent = (recorded: RecordedParts, origin: Instant, key: string) => SpanContent;

/**
 * Spans come resource by resource and scope by scope, so what was made for the last one mostly serves the next; where
 * a few alternate, one of the last.
 */
export class Sharing {
  readonly #decode: DecodeContent;
  #last: Shared | undefined;
  readonly #lately: Shared[] = [];

  constructor(decode: DecodeContent) {
    this.#decode = decode;
  }

  of(record: SpanRecord): Shared {
    const last = this.#last;
    if (last && isOf(record, last)) return last;
    const known = this.#lately.find((shared) => isOf(record, shared));
    if (known) return (this.#last = known);
    const { resource, scope, schemaUrl, timeUnit: unit = 'ns', inner, content, reported } = record;
    const made: Shared = {
      resource: resource as Fields | undefined,
      scope: scope as Fields | undefined,
      schemaUrl,
      unit,
      inner,
      content,
      reported: reported !== undefined,
      decode: this.#decode,
    };
    if (this.#lately.unshift(made) > LATELY) this.#lately.pop();
    return (this.#last = made);
  }
}

/** So many surroundings alternate. */
const LATELY = 8;

const isOf = (record: SpanRecord, shared: Shared): boolean =>
  shared.resource === record.resource &&
  shared.scope === record.scope &&
  shared.schemaUrl === record.schemaUrl &&
  shared.unit === (record.timeUnit ?? 'ns') &&
  shared.inner === record.inner &&
  shared.content === record.content &&
  shared.reported === (record.reported !== undefined);

/** Several records of one span. */
class Sources {
  readonly list: readonly object[];
  constructor(list: readonly object[]) {
    this.list = list;
  }
}

/**
 * What a record holds, read when somebody looks at it. Refers to the parts of the record and changes nothing in them;
 * there are as many of these as spans, so they are small.
 */
export class RecordedContent implements ContentSource {
  readonly #source: object;
  readonly #attributes: unknown;
  readonly #events: unknown;
  readonly #links: unknown;
  readonly #shared: Shared;
  #hash: number | undefined;

  constructor(
    record: Pick<SpanRecord, 'source' | 'sources' | 'attributes' | 'events' | 'links' | 'hash'>,
    shared: Shared,
  ) {
    this.#source = record.sources ? new Sources(record.sources) : record.source;
    this.#attributes = record.attributes;
    this.#events = record.events;
    this.#links = record.links;
    this.#shared = shared;
    this.#hash = record.hash;
  }

  /** What it was made of, but for what `readEntry` has read of it. */
  parts(): Pick<
    SpanRecord,
    | 'source'
    | 'sources'
    | 'attributes'
    | 'events'
    | 'links'
    | 'resource'
    | 'scope'
    | 'schemaUrl'
    | 'timeUnit'
    | 'inner'
    | 'content'
  > {
    const { resource, scope, schemaUrl, unit, inner, content } = this.#shared;
    const records = this.#records();
    return {
      source: records[0]!,
      ...(records.length > 1 ? { sources: records } : {}),
      attributes: this.#attributes,
      events: this.#events,
      links: this.#links,
      resource,
      scope,
      schemaUrl,
      timeUnit: unit,
      ...(inner ? { inner } : {}),
      ...(content ? { content } : {}),
    };
  }

  /** Whether the format itself said what attributes would mean. */
  get reported(): boolean {
    return this.#shared.reported;
  }

  hash(): number {
    return (this.#hash ??= contentHash([...this.#raw(), this.#shared.resource, this.#shared.scope]));
  }

  scopeName(): string | null {
    return scopeNameOf(this.#shared);
  }

  /** `lent`: attributes of another span that tell of this one too. */
  decode(origin: Instant, key: string, lent?: unknown): SpanContent {
    return this.#shared.decode(
      {
        records: this.#records(),
        raw: this.#raw(),
        attributes: this.#attributes,
        events: this.#events,
        links: this.#links,
        lent,
        shared: this.#shared,
      },
      origin,
      key,
    );
  }

  #records(): readonly object[] {
    return this.#source instanceof Sources ? this.#source.list : [this.#source];
  }

  #raw(): readonly object[] {
    const { inner } = this.#shared;
    return inner ? this.#records().map((source) => ownFields(source, inner)) : this.#records();
  }
}

remains(new RecordedContent({ source: {}, attributes: undefined }, {} as Shared));

/** What a record holds that stands among bytes: it is parsed each time that somebody looks at it. */
export class SlicedContent implements ContentSource {
  readonly #slice: Slice;
  readonly #shared: Shared;

  constructor(slice: Slice, shared: Shared) {
    this.#slice = slice;
    this.#shared = shared;
  }

  createStore(): ContentStore {
    return new SliceStore(this.#slice.slices);
  }

  get slice(): Slice {
    return this.#slice;
  }

  get shared(): Shared {
    return this.#shared;
  }

  parts(): ReturnType<RecordedContent['parts']> {
    return this.#whole().parts();
  }

  get reported(): boolean {
    return this.#shared.reported;
  }

  hash(): number {
    return this.#whole().hash();
  }

  scopeName(): string | null {
    return scopeNameOf(this.#shared);
  }

  decode(origin: Instant, key: string, lent?: unknown): SpanContent {
    return this.#whole().decode(origin, key, lent);
  }

  #whole(): RecordedContent {
    const { content, ...parts } = this.#slice.parts();
    return new RecordedContent(parts, content ? { ...this.#shared, content } : this.#shared);
  }
}

remains(new SlicedContent(new Slice(NO_SLICES, 0), {} as Shared));

/** Contents of one input, by numbers: where each stands, and which of few surroundings it has. */
export class SlicedContents implements ContentList {
  readonly slices: SliceTable;
  readonly surroundings: readonly Shared[];
  readonly surrounding: Uint32Array;
  /** What has something of others in it. */
  readonly others: ReadonlyMap<number, ContentSource>;

  constructor({ slices, surroundings, surrounding, others }: Omit<SlicedContents, 'at'>) {
    this.slices = slices;
    this.surroundings = surroundings;
    this.surrounding = surrounding;
    this.others = others;
  }

  at(index: number): ContentSource {
    const other = this.others.get(index);
    if (other) return other;
    return new SlicedContent(new Slice(this.slices, index), this.surroundings[this.surrounding[index]!]!);
  }
}

/** The same while they come. */
class SliceStore implements ContentStore {
  readonly #slices: SliceTable;
  #numbers = new Uint32Array(8);
  #surrounding = new Uint32Array(8);
  readonly #known = new Map<Shared, number>();
  readonly #surroundings: Shared[] = [];
  #last: Shared | undefined;
  readonly #others = new Map<number, ContentSource>();
  #count = 0;

  constructor(slices: SliceTable) {
    this.#slices = slices;
  }

  add(content: ContentSource): void {
    const at = this.#count;
    this.#count += 1;
    if (at === this.#numbers.length) {
      this.#numbers = twice(this.#numbers);
      this.#surrounding = twice(this.#surrounding);
    }
    if (!(content instanceof SlicedContent) || content.slice.slices !== this.#slices) {
      this.#others.set(at, content);
      this.#last = undefined;
      return;
    }
    const { shared } = content;
    this.#numbers[at] = content.slice.number;
    // Neighbours mostly have one surrounding.
    if (shared === this.#last) this.#surrounding[at] = this.#surrounding[at - 1]!;
    else this.#surrounding[at] = this.#numberOf(shared);
    this.#last = shared;
  }

  #numberOf(shared: Shared): number {
    let number = this.#known.get(shared);
    if (number === undefined) this.#known.set(shared, (number = this.#surroundings.push(shared) - 1));
    return number;
  }

  at(number: number): ContentSource {
    const other = this.#others.get(number);
    if (other) return other;
    const surrounding = this.#surroundings[this.#surrounding[number]!]!;
    return new SlicedContent(new Slice(this.#slices, this.#numbers[number]!), surrounding);
  }

  inOrder(order: Uint32Array): ContentList {
    const surrounding = order.map((number) => this.#surrounding[number]!);
    const numbers = order.map((number) => this.#numbers[number]!);
    const others = new Map<number, ContentSource>();
    if (this.#others.size > 0)
      for (let index = 0; index < order.length; index += 1) {
        const other = this.#others.get(order[index]!);
        if (other) others.set(index, other);
      }
    const surroundings = this.#surroundings;
    return new SlicedContents({ slices: this.#slices.picked(numbers), surroundings, surrounding, others });
  }
}

remains(new SliceStore(NO_SLICES));

function twice(list: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * list.length);
  longer.set(list);
  return longer;
}

/** Whether content is that of one record, which can be had again. */
export const isRecorded = (content: ContentSource): content is RecordedContent | SlicedContent =>
  content instanceof RecordedContent || content instanceof SlicedContent;

/** What a record holds, and what another one tells of it. */
export class LentContent implements ContentSource {
  readonly #own: RecordedContent | SlicedContent;
  readonly #from: RecordedContent | SlicedContent;

  constructor(own: RecordedContent | SlicedContent, from: RecordedContent | SlicedContent) {
    this.#own = own;
    this.#from = from;
  }

  hash(): number {
    return this.#own.hash();
  }

  scopeName(): string | null {
    return this.#own.scopeName();
  }

  decode(origin: Instant, key: string): SpanContent {
    return this.#own.decode(origin, key, this.#from.parts().attributes);
  }
}
