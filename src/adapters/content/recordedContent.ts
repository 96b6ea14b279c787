import type { Fields } from '../../conventions/json.ts';
import type { ContentSource } from '../../model/entry.ts';
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
  readonly decode: DecodeContent;
}

/** The parts of a record that `decodeContent` reads. */
export interface RecordedParts {
  readonly records: readonly object[];
  readonly raw: readonly object[];
  readonly attributes: unknown;
  readonly events: unknown;
  readonly links: unknown;
  readonly shared: Shared;
}

/** Makes of the parts of a record what its span holds. */
export type DecodeContent = (recorded: RecordedParts, origin: Instant, key: string) => SpanContent;

/** Spans come resource by resource and scope by scope, so what was made for the last one mostly serves the next. */
export function createSharing(decode: DecodeContent): (record: SpanRecord) => Shared {
  let last: Shared | undefined;
  return ({ resource, scope, schemaUrl, timeUnit: unit = 'ns', inner, content }) => {
    if (
      last &&
      last.resource === resource &&
      last.scope === scope &&
      last.schemaUrl === schemaUrl &&
      last.unit === unit &&
      last.inner === inner &&
      last.content === content
    )
      return last;
    return (last = {
      resource: resource as Fields | undefined,
      scope: scope as Fields | undefined,
      schemaUrl,
      unit,
      inner,
      content,
      decode,
    });
  };
}

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

  constructor(record: SpanRecord, shared: Shared) {
    this.#source = record.sources ? new Sources(record.sources) : record.source;
    this.#attributes = record.attributes;
    this.#events = record.events;
    this.#links = record.links;
    this.#shared = shared;
    this.#hash = record.hash;
  }

  hash(): number {
    return (this.#hash ??= contentHash([...this.#raw(), this.#shared.resource]));
  }

  decode(origin: Instant, key: string): SpanContent {
    return this.#shared.decode(
      {
        records: this.#records(),
        raw: this.#raw(),
        attributes: this.#attributes,
        events: this.#events,
        links: this.#links,
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
