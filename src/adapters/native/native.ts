import { isObject, type Fields } from '../../conventions/json.ts';
import type { Envelope } from '../../conventions/readEnvelope.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { SPAN_FLAGS, SPAN_STATUSES } from '../../model/codes.ts';
import type { Score } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';
import { eachObject, listIn } from '../tolerant/readEach.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { SpanSink, TraceAdapter } from '../types.ts';
import { decodeValue } from './nativeValue.ts';
import { restoreRaw } from './rawReferences.ts';
import { costOf, readFields, usageOf } from './readFields.ts';
import { detectNative, isNative } from './signs.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * spanwise's own format, `{ "format": "spanwise/1", "traces": [...] }` (`NativeDocument`): the one in which nothing is
 * lost.
 */
export const native: TraceAdapter = {
  name: 'native',
  detect: detectNative,
  read(document, sink) {
    for (const part of Array.isArray(document) ? withoutHoles(document) : [document]) {
      if (!isNative(part))
        sink.diagnostic('mixed-format', 'An entry of the list is no spanwise document and was left out.');
      else readDocument(part, sink);
    }
  },
};

const WHEN_WRITTEN = 'When this file was written: ';

function readDocument(document: Fields, sink: SpanSink): void {
  for (const trace of listIn(document['traces'], isTrace, sink, 'The field traces')) readTrace(trace, sink);
  for (const { message, count } of objectsIn(document['diagnostics'], (note) => 'code' in note, sink, 'diagnostics')) {
    const lost = textOf(message) ?? 'something was left out';
    // A file that was read and written again says it once.
    sink.diagnostic('partial-page', lost.startsWith(WHEN_WRITTEN) ? lost : WHEN_WRITTEN + lost, {
      count: amount(count) ?? 1,
    });
  }
}

const isScore = (object: Fields): boolean => 'name' in object || 'value' in object;
const isTrace = (object: Fields): boolean => 'spans' in object || 'traceId' in object;
const isSpan = (object: Fields): boolean => 'spanId' in object || 'name' in object;

/** The objects of a list beside the spans; what else stands there is reported. */
function objectsIn(
  value: unknown,
  isEntry: (object: Fields) => boolean,
  sink: SpanSink,
  field: string,
): readonly Fields[] {
  return listIn(value, isEntry, sink, `The field ${field}`).filter((entry): entry is Fields => {
    if (!isObject(entry)) sink.diagnostic('mixed-format', `An entry of ${field} is not an object and was left out.`);
    return isObject(entry);
  });
}

/** By place, so that what is no object must keep its own. */
function sharedIn(
  value: unknown,
  isEntry: (object: Fields) => boolean,
  sink: SpanSink,
  field: string,
): readonly Fields[] {
  return listIn(value, isEntry, sink, `The field ${field}`).map((entry) => {
    if (!isObject(entry)) sink.diagnostic('mixed-format', `An entry of ${field} is not an object and was left out.`);
    return isObject(entry) ? entry : {};
  });
}

function readTrace(trace: unknown, sink: SpanSink): void {
  if (!isObject(trace))
    return void sink.diagnostic('mixed-format', 'An entry of traces is not an object and was left out.');
  const traceId = textOf(trace['traceId']) ?? '';
  const name = textOf(trace['name']);
  const sessionId = textOf(trace['sessionId']);
  const userId = textOf(trace['userId']);
  const tags = listIn(trace['tags'], () => false, sink, 'The field tags');
  for (const tag of tags)
    if (textOf(tag) === null) sink.diagnostic('mixed-format', 'A tag of a trace is no text and was left out.');
  if (trace['metadata'] !== undefined && trace['metadata'] !== null && !isObject(trace['metadata']))
    sink.diagnostic('mixed-format', 'The field metadata of a trace is not an object and was left out.');
  sink.trace(traceId, {
    ...(name === null ? {} : { name }),
    ...(sessionId === null ? {} : { sessionId }),
    ...(userId === null ? {} : { userId }),
    ...(tags.length > 0 ? { tags: tags.flatMap((tag) => textOf(tag) ?? []) } : {}),
    ...(isObject(trace['metadata']) ? { metadata: decodeValue(trace['metadata']) as Fields } : {}),
  });
  for (const score of objectsIn(trace['scores'], isScore, sink, 'scores')) {
    const target = isObject(score['target']) ? score['target'] : {};
    const level = (['span', 'trace', 'session'] as const).find((word) => word === target['level']) ?? 'trace';
    sink.score({ ...scoreOf(score), target: { level, key: textOf(target['key']) ?? traceId } }, { source: score });
  }
  const shared = {
    resources: sharedIn(trace['resources'], (each) => 'attributes' in each, sink, 'resources').map(attributesOf),
    scopes: sharedIn(trace['scopes'], (each) => 'name' in each, sink, 'scopes').map(scopeOf),
    silenced: silencedBy(trace),
  };
  for (const span of listIn(trace['spans'], isSpan, sink, 'The field spans')) {
    try {
      if (isObject(span)) readSpan(span, traceId, shared, sink);
      else sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
    } catch (error) {
      sink.diagnostic(
        'span-not-object',
        `An entry among the spans cannot be read and was left out: ${reasonOf(error)}.`,
      );
    }
  }
}

/** What the document says of the trace itself: attributes of its spans have no say in that. */
function silencedBy(trace: Fields): Partial<Envelope> {
  const facts = [
    ['name', 'traceName'],
    ['sessionId', 'sessionId'],
    ['userId', 'userId'],
    ['tags', 'tags'],
    ['tags', 'tagsOfRoot'],
    ['metadata', 'metadata'],
  ] as const;
  return Object.fromEntries(facts.filter(([field]) => trace[field] !== undefined).map(([, fact]) => [fact, null]));
}

interface Shared {
  readonly resources: readonly object[];
  readonly scopes: readonly object[];
  readonly silenced: Partial<Envelope>;
}

function readSpan(span: Fields, traceId: string, { resources, scopes, silenced }: Shared, sink: SpanSink): void {
  const { resource, scope } = span;
  const repairs = Array.isArray(span['repairs']) ? span['repairs'] : [];
  const hash = amount(span['ordinal']);
  for (const score of objectsIn(span['scores'], isScore, sink, 'scores'))
    sink.score(
      { ...scoreOf(score), target: { level: 'span', key: `${traceId}/${textOf(span['spanId']) ?? ''}` } },
      { source: score },
    );
  sink.span({
    traceId,
    spanId: span['spanId'],
    parentSpanId: span['parentSpanId'],
    name: span['name'],
    start: span['startUnixNano'],
    end: span['endUnixNano'],
    timeUnit: 'unix-ns',
    status: span['status'],
    isOver: span['status'] !== undefined && span['status'] !== 'running',
    statusMessage: span['statusMessage'],
    otelKind: span['otelKind'],
    service: span['service'],
    source: span,
    attributes: attributeMapOf(span['attributes']),
    resource: resolveShared(resource, resources, attributesOf, sink, 'resource'),
    scope: resolveShared(scope, scopes, scopeOf, sink, 'scope'),
    schemaUrl: span['schemaUrl'],
    events: eachObject(span['events'], (event) => ({
      name: event['name'],
      time: event['timeUnixNano'],
      attributes: attributeMapOf(event['attributes']),
      droppedAttributesCount: event['droppedAttributes'],
    })),
    links: eachObject(span['links'], (link) => ({
      ...link,
      attributes: attributeMapOf(link['attributes']),
      droppedAttributesCount: link['droppedAttributes'],
    })),
    idFlags: repairs.reduce<number>((flags, code) => flags | (ownValue(SPAN_FLAGS, String(code)) ?? 0), 0),
    reported: { ...silenced, ...reportedFields(span) },
    content: readContent,
    ...(hash === null ? {} : { hash }),
  });
}

/** A place in what spans share, or the thing itself. */
function resolveShared(
  value: unknown,
  shared: readonly object[],
  read: (fields: Fields) => object,
  sink: SpanSink,
  what: string,
): object | undefined {
  const inPlace = isObject(value) ? read(value) : undefined;
  const found = typeof value === 'number' ? shared[value] : inPlace;
  if (found === undefined && value !== undefined && value !== null)
    sink.diagnostic(
      'bad-attribute',
      `The ${what} of a span is neither a place among those of its trace nor an object.`,
    );
  return found;
}

/** What the file says outright; what it does not say, its attributes may. */
function reportedFields(span: Fields): Partial<Envelope> {
  const usage = usageOf(decodeValue(span['usage']));
  const cost = costOf(decodeValue(span['cost']));
  const firstToken = amount(span['firstToken']);
  const status = (SPAN_STATUSES as readonly unknown[]).includes(span['status'])
    ? { status: String(span['status']) }
    : {};
  return {
    ...textField(span, 'name'),
    ...kindFields(span),
    ...textField(span, 'model'),
    ...textField(span, 'provider'),
    ...textField(span, 'dottedOrder'),
    ...textField(span, 'statusOrigin'),
    ...status,
    ...(usage || span['usage'] === null ? { usage } : {}),
    ...(cost || span['cost'] === null ? { cost } : {}),
    ...(firstToken === null ? {} : { firstTokenSeconds: firstToken / 1e9 }),
  };
}

const NO_KINDS: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** A host may have kinds of its own; what every object answers to is none, and stands as the recorded word. */
function kindFields(span: Fields): Partial<Envelope> {
  const { kind, rawKind } = { ...textField(span, 'kind'), ...textField(span, 'rawKind') };
  const isWord = kind === undefined || !NO_KINDS.has(kind);
  return {
    ...(kind === undefined ? {} : { kind: isWord ? kind : 'span' }),
    ...((rawKind ?? (isWord ? undefined : kind)) === undefined ? {} : { rawKind: rawKind ?? kind! }),
  };
}

function textField<Name extends string>(span: Fields, name: Name): { readonly [key in Name]?: string } {
  const text = textOf(span[name]);
  const silences = span[name] === null && (name === 'model' || name === 'provider');
  return (text === null && !silences ? {} : { [name]: text }) as { [key in Name]?: string };
}

function readContent(source: object): ReturnType<typeof readFields> {
  const { raw } = source as Fields;
  return readFields(decodeValue(Array.isArray(raw) ? { ...source, raw: restoreRaw(raw, source) } : source) as Fields);
}

const attributeMapOf = (attributes: unknown): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(isObject(attributes) ? (decodeValue(attributes) as Fields) : {}));
const attributesOf = (holder: Fields): object => ({ attributes: attributeMapOf(holder['attributes']) });
const scopeOf = (scope: Fields): object => ({
  name: scope['name'],
  version: scope['version'],
  attributes: attributeMapOf(scope['attributes']),
});

function scoreOf(score: Fields): Omit<Score, 'target'> {
  const source = (['human', 'llm', 'code', 'api'] as const).find((word) => word === score['source']) ?? 'unknown';
  return {
    name: textOf(score['name']) ?? '',
    value: amount(score['value']),
    label: textOf(score['label']),
    comment: textOf(score['comment']),
    source,
    ...(score['metadata'] === undefined ? {} : { metadata: decodeValue(score['metadata']) }),
  };
}
