import { FIRST_TOKEN_EVENTS, KIND_EVENTS, SCORE_EVENTS } from '../conventions/eventSigns.ts';
import { isObject, optional } from '../conventions/json.ts';
import { readContent, readScores } from '../conventions/readContent.ts';
import { attributeMap, textOf, type AttributeProblem } from '../model/attributes.ts';
import { createDiagnosticLog } from '../model/diagnostics.ts';
import type { ContentSource, RecordedScore } from '../model/entry.ts';
import { contentHash } from '../model/hash.ts';
import { compareInstants, nanosBetween, readInstant, type Instant, type TimeUnit } from '../model/time.ts';
import type { AttributeValue, Nanos, Score, SpanContent, SpanEvent, SpanKind, SpanLink } from '../model/types.ts';
import { attributeProblems, remoteImages } from './attributeProblems.ts';
import { ownFields } from './ownFields.ts';
import { otelId } from './otlp/otelId.ts';
import { droppedAttributes } from './otlp/spanFacts.ts';
import type { SpanRecord } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What neighbours have in common, held once for all of them. */
export interface Shared {
  readonly resource: Fields | undefined;
  readonly scope: Fields | undefined;
  readonly schemaUrl: unknown;
  readonly unit: TimeUnit;
  readonly inner: readonly string[] | undefined;
  readonly content: SpanRecord['content'];
}

/** Spans come resource by resource and scope by scope, so what was made for the last one mostly serves the next. */
export function createSharing(): (record: SpanRecord) => Shared {
  let last: Shared | undefined;
  return ({ resource, scope, schemaUrl, timeUnit: unit = 'ns', inner, content }) => {
    if (last && last.resource === resource && last.scope === scope && last.schemaUrl === schemaUrl && last.unit === unit && last.inner === inner && last.content === content) return last;
    return (last = { resource: resource as Fields | undefined, scope: scope as Fields | undefined, schemaUrl, unit, inner, content });
  };
}

/** Several records of one span. */
class Sources {
  readonly list: readonly object[];
  constructor(list: readonly object[]) { this.list = list; }
}

/** What a record holds, read when somebody looks at it. Refers to the parts of the record and changes nothing in them; there are as many of these as spans, so they are small. */
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

  hash(): number { return (this.#hash ??= contentHash([...this.#raw(), this.#shared.resource])); }

  decode(origin: Instant, key: string): SpanContent {
    const { resource, scope, schemaUrl, unit, content: readMore } = this.#shared;
    const log = createDiagnosticLog();
    const problems = (where: string): AttributeProblem => (code, path) => log.report(code, { key, path: where + path });
    const read = <Value>(where: string, fallback: Value, reading: () => Value): Value => {
      try {
        return reading();
      } catch {
        // A host object that throws when looked at: the rest of the content stands.
        log.report('bad-attribute', { key, path: where });
        return fallback;
      }
    };
    const attributes = attributeMap(this.#attributes, problems(''));
    const events = read('events', [], () => listOf(this.#events).map((event, at) => decodeEvent(event, origin, unit, problems(`events[${at}].`))));
    const told = read('', {}, () => readMore?.(this.#records()[0]!) ?? {});
    const meant = read('', null, () => readContent(attributes, events)) ?? readContent(NO_ATTRIBUTES, []);
    attributeProblems(attributes, (code, path) => log.report(code, { key, path }));
    remoteImages(told.messages ?? meant.messages, (code, path) => log.report(code, { key, path }));
    const content = {
      attributes,
      resource: read('resource', NO_ATTRIBUTES, () => attributeMap(resource?.['attributes'], problems('resource.'))),
      scope: read('scope', null, () => decodeScope(scope, problems('scope.'))),
      events,
      links: read('links', [], () => listOf(this.#links).map((link, at) => decodeLink(link, problems(`links[${at}].`)))),
      ...meant,
      ...optional('schemaUrl', schemaUrl),
      scores: NO_SCORES,
      raw: this.#raw(),
      ...told,
    };
    const diagnostics = log.list();
    return diagnostics.length === 0 ? content : { ...content, diagnostics };
  }

  #records(): readonly object[] { return this.#source instanceof Sources ? this.#source.list : [this.#source]; }

  #raw(): readonly object[] {
    const { inner } = this.#shared;
    return inner ? this.#records().map((source) => ownFields(source, inner)) : this.#records();
  }
}

const NO_SCORES: readonly Score[] = [];
const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();

const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

const eventTime = (event: Fields): unknown => event['timeUnixNano'] ?? event['time_unix_nano'] ?? event['time'] ?? event['timestamp'];

function decodeEvent(event: Fields, origin: Instant, unit: TimeUnit, problem: AttributeProblem): SpanEvent {
  const time = readInstant(eventTime(event), unit);
  const nanos = typeof time === 'string' ? Number.NaN : nanosBetween(origin, time);
  return { name: textOf(event['name']) ?? '', time: nanos, attributes: attributeMap(event['attributes'], problem), ...droppedAttributes(event) };
}

/** The span that a link leads to. */
export const linkTarget = (link: Fields): Pick<SpanLink, 'traceId' | 'spanId'> =>
  ({ traceId: otelId(link['traceId'] ?? link['trace_id'], 32).id ?? '', spanId: otelId(link['spanId'] ?? link['span_id'], 16).id ?? '' });

function decodeLink(link: Fields, problem: AttributeProblem): SpanLink {
  return {
    ...linkTarget(link), direction: 'out',
    attributes: attributeMap(link['attributes'], problem), ...optional('traceState', link['traceState'] ?? link['trace_state']), ...droppedAttributes(link),
  };
}

function decodeScope(scope: Fields | undefined, problem: AttributeProblem): SpanContent['scope'] {
  if (!scope) return null;
  return { name: textOf(scope['name']) ?? '', ...optional('version', scope['version']), attributes: attributeMap(scope['attributes'], problem) };
}

/** Visits the events one by one. What throws when looked at is passed over: opening the content reports it, and the span stands. */
function eachEvent(events: unknown, visit: (event: Fields) => void): void {
  try {
    if (!Array.isArray(events)) return;
    for (let at = 0; at < events.length; at += 1) visitEvent(events, at, visit);
  } catch {
    // A list that throws as a whole is none.
  }
}

function visitEvent(events: readonly unknown[], at: number, visit: (event: Fields) => void): void {
  try {
    const event = events[at];
    if (isObject(event)) visit(event);
  } catch {
    // This event says nothing, the next one may.
  }
}

/** Nanos from the start to the earliest event that marks a first token; NaN where there is none. */
export function firstTokenEvent(events: unknown, start: Instant, unit: TimeUnit): Nanos {
  let earliest = Number.NaN;
  eachEvent(events, (event) => {
    if (!FIRST_TOKEN_EVENTS.has(event['name'])) return;
    const time = readInstant(eventTime(event), unit);
    if (typeof time === 'string') return;
    const nanos = nanosBetween(start, time);
    if (!(nanos >= earliest)) earliest = nanos;
  });
  return earliest;
}

/** The kind that the first telling event tells; null where none does. */
export function kindEvent(events: unknown): SpanKind | null {
  let told: SpanKind | null = null;
  eachEvent(events, (event) => { told ??= KIND_EVENTS.get(event['name']) ?? null; });
  return told;
}

const NO_TIME: Instant = { seconds: 0, nanos: 0, guessed: false };

/** The scores that a record carries; `signs` says that its attributes hold some. Undefined where there are none. */
export function recordedScores({ attributes, events }: Pick<SpanRecord, 'attributes' | 'events'>, signs: boolean): readonly RecordedScore[] | undefined {
  if (!signs && !Array.isArray(events)) return undefined;
  const results: SpanEvent[] = [];
  eachEvent(events, (event) => { if (SCORE_EVENTS.has(event['name'])) results.push(decodeEvent(event, NO_TIME, 'ns', () => {})); });
  if (!signs && results.length === 0) return undefined;
  const scores = readScores(signs ? attributeMap(attributes) : NO_ATTRIBUTES, results);
  return scores.length === 0 ? undefined : scores;
}

/** The latest time among the events; null where none has one. */
export function lastEventTime(events: unknown, unit: TimeUnit): Instant | null {
  let latest: Instant | null = null;
  eachEvent(events, (event) => {
    const time = readInstant(eventTime(event), unit);
    if (typeof time !== 'string' && (!latest || compareInstants(time, latest) > 0)) latest = time;
  });
  return latest;
}
