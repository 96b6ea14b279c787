import { DIALECTS } from '../conventions/index.ts';
import { isObject } from '../conventions/json.ts';
import { readContent } from '../conventions/readContent.ts';
import { attributeMap, textOf } from '../model/attributes.ts';
import type { ContentSource } from '../model/entry.ts';
import { contentHash } from '../model/hash.ts';
import { compareInstants, nanosBetween, readInstant, type Instant, type TimeUnit } from '../model/time.ts';
import type { Nanos, SpanContent, SpanEvent, SpanLink } from '../model/types.ts';
import type { SpanRecord } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a record holds, read when somebody looks at it. Refers to the parts of the record and changes nothing in them. */
export class RecordedContent implements ContentSource {
  readonly #source: object;
  readonly #attributes: unknown;
  readonly #events: unknown;
  readonly #links: unknown;
  readonly #resource: Fields | undefined;
  readonly #scope: Fields | undefined;
  readonly #unit: TimeUnit;
  #hash: number | undefined;

  constructor(record: SpanRecord) {
    this.#source = record.source;
    this.#attributes = record.attributes;
    this.#events = record.events;
    this.#links = record.links;
    this.#resource = record.resource as Fields | undefined;
    this.#scope = record.scope as Fields | undefined;
    this.#unit = record.timeUnit ?? 'ns';
  }

  hash(): number { return (this.#hash ??= contentHash([this.#source, this.#resource])); }

  decode(origin: Instant, key: string): SpanContent {
    const attributes = attributeMap(this.#attributes);
    const events = listOf(this.#events).map((event) => decodeEvent(event, origin, this.#unit));
    return {
      attributes,
      resource: attributeMap(this.#resource?.['attributes']),
      scope: decodeScope(this.#scope),
      events,
      links: listOf(this.#links).map(decodeLink),
      ...readContent(attributes, events, key),
      raw: [this.#source],
    };
  }
}

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

const eventTime = (event: Fields): unknown => event['timeUnixNano'] ?? event['time'] ?? event['timestamp'];

function decodeEvent(event: Fields, origin: Instant, unit: TimeUnit): SpanEvent {
  const time = readInstant(eventTime(event), unit);
  return { name: textOf(event['name']) ?? '', time: typeof time === 'string' ? Number.NaN : nanosBetween(origin, time), attributes: attributeMap(event['attributes']) };
}

const decodeLink = (link: Fields): SpanLink => ({
  traceId: textOf(link['traceId']) ?? '', spanId: textOf(link['spanId']) ?? '', direction: 'out', attributes: attributeMap(link['attributes']),
});

function decodeScope(scope: Fields | undefined): SpanContent['scope'] {
  if (!scope) return null;
  const version = textOf(scope['version']);
  return { name: textOf(scope['name']) ?? '', ...(version === null ? {} : { version }), attributes: attributeMap(scope['attributes']) };
}

const FIRST_TOKEN_EVENTS: ReadonlySet<unknown> = new Set(DIALECTS.flatMap(({ firstTokenEvents }) => firstTokenEvents ?? []));

/** Nanos from the start to the earliest event that marks a first token; NaN where there is none. */
export function firstTokenEvent(events: unknown, start: Instant, unit: TimeUnit): Nanos {
  let earliest = Number.NaN;
  for (const event of listOf(events)) {
    if (!FIRST_TOKEN_EVENTS.has(event['name'])) continue;
    const time = readInstant(eventTime(event), unit);
    if (typeof time === 'string') continue;
    const nanos = nanosBetween(start, time);
    if (!(nanos >= earliest)) earliest = nanos;
  }
  return earliest;
}

/** The latest time among the events; null where none has one. */
export function lastEventTime(events: unknown, unit: TimeUnit): Instant | null {
  let latest: Instant | null = null;
  for (const event of listOf(events)) {
    const time = readInstant(eventTime(event), unit);
    if (typeof time !== 'string' && (!latest || compareInstants(time, latest) > 0)) latest = time;
  }
  return latest;
}
