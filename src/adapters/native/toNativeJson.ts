import { readContent } from '../../conventions/content/readContent.ts';
import { readEnvelope } from '../../conventions/readEnvelope.ts';
import { readScores } from '../../conventions/readScores.ts';
import { toJson } from '../../conventions/toJson.ts';
import { RECORDED, SPAN_FLAGS } from '../../model/codes.ts';
import { eventUnixNano } from '../../model/eventTime.ts';
import { partsOf } from '../../model/build/parts.ts';
import type { AttributeValue, Diagnostic, Payload, Span, SpanContent, Trace, TraceSet } from '../../model/types.ts';
import { encodeValue } from './nativeValue.ts';
import { shortenRaw } from './rawReferences.ts';
import {
  NATIVE_FORMAT,
  type NativeAttributes,
  type NativeDocument,
  type NativeScope,
  type NativeSpan,
  type NativeTrace,
} from './types.ts';

/**
 * A set or a trace as a native document (`spanwise-1.schema.json`): plain data for `JSON.stringify`. Reading it gives
 * equal traces: envelopes, content, scores and the original records. What masking rules took away is not in it. Throws
 * TypeError where content is remote, that is, a promise.
 */
export function toNativeJson(set: TraceSet | Trace): NativeDocument {
  const lost = 'diagnostics' in set ? losses(set.diagnostics) : [];
  return {
    format: NATIVE_FORMAT,
    traces: tracesOf(set).map(nativeTrace),
    ...(lost.length > 0 ? { diagnostics: lost } : {}),
  };
}

/** What shows a reader that there was more than is written. */
const LOSSES: ReadonlySet<string> = new Set([
  'truncated-json',
  'bad-line',
  'mixed-format',
  'partial-page',
  'limit-dropped',
  'span-not-object',
  'missing-score-target',
  'trace-conflict',
  'ambiguous-score-target',
]);

/** What a document records of what is not in it. */
export const losses = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ code }) => LOSSES.has(code));

export const tracesOf = (set: TraceSet | Trace): readonly Trace[] => ('traces' in set ? set.traces : [set]);

/** What a span holds. Throws TypeError where that is remote, that is, a promise. */
export function contentHere(trace: Trace, index: number): SpanContent {
  const content = trace.content(index);
  if (!(content instanceof Promise)) return content;
  // Nobody waits for it.
  content.catch(() => {});
  throw new TypeError(
    'The content of this trace is elsewhere and cannot be written from here: `loadContents` brings it.',
  );
}

/** One trace; `nativeSpans` gives its spans one by one, for writers that must not hold them all. */
function nativeTrace(trace: Trace): NativeTrace {
  const shared = createShared();
  const spans = [...nativeSpans(trace, shared)];
  return { ...aboutTrace(trace), spans, resources: shared.resources, scopes: shared.scopes };
}

/** What stands beside the spans of a trace. */
export function aboutTrace({
  traceId,
  name,
  sessionId,
  userId,
  tags,
  metadata,
  scores,
}: Trace): Omit<NativeTrace, 'spans' | 'resources' | 'scopes'> {
  return {
    // Written even where it is nothing: what attributes of spans record of their trace is then not asked.
    traceId,
    name,
    sessionId: sessionId ?? null,
    userId: userId ?? null,
    tags,
    metadata: encodeValue(metadata) as NativeAttributes,
    ...(scores.length > 0 ? { scores: encodeValue(scores) as readonly unknown[] } : {}),
  };
}

/** Resources and scopes met so far: many spans share them, and each is written once. */
export interface Shared {
  readonly resources: { attributes: NativeAttributes }[];
  readonly scopes: NativeScope[];
  readonly places: Map<string, number>;
}
export const createShared = (): Shared => ({ resources: [], scopes: [], places: new Map() });

export function* nativeSpans(trace: Trace, shared: Shared): Generator<NativeSpan> {
  for (let index = 0; index < trace.spanCount; index += 1) {
    yield nativeSpan(trace.span(index), contentHere(trace, index), trace, shared);
  }
}

/** One span with what it holds. */
export function nativeSpan(span: Span, content: SpanContent, trace: Trace, shared: Shared): NativeSpan {
  const flags = trace.columns.flags[span.index]!;
  const repairs = REPAIRS.filter((code) => (flags & SPAN_FLAGS[code]) !== 0);
  const meant = readEnvelope(
    content.attributes,
    { name: span.name, ...(content.scope ? { scope: content.scope } : {}) },
    () => content.events,
  );
  const own = new Set(readScores(content.attributes, content.events).map(({ level: _, ...score }) => toJson(score)));
  const scores = span.scores.map(({ target: _, ...score }) => score).filter((score) => !own.has(toJson(score)));
  const written: NativeSpan = {
    spanId: span.spanId,
    ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind,
    ...textField('rawKind', span.rawKind),
    ...textField('otelKind', span.otelKind),
    status: span.status,
    ...(span.statusOrigin === RECORDED ? {} : textField('statusOrigin', span.statusOrigin)),
    ...textField('statusMessage', span.statusMessage),
    startUnixNano: span.startUnixNano?.toString() ?? null,
    endUnixNano: span.endUnixNano?.toString() ?? null,
    ...(Number.isNaN(span.firstToken) ? {} : { firstToken: span.firstToken }),
    ...textField('service', span.service),
    // Null where the attributes would say something that does not hold.
    ...(span.model === null && meant.model !== null ? { model: null } : textField('model', span.model)),
    ...(span.provider === null && meant.provider !== null ? { provider: null } : textField('provider', span.provider)),
    ...(span.usage || meant.usage ? { usage: span.usage } : {}),
    ...(span.cost || meant.cost ? { cost: span.cost } : {}),
    ...(scores.length > 0 ? { scores: encodeValue(scores) as NonNullable<NativeSpan['scores']> } : {}),
    ...(repairs.length > 0 ? { repairs } : {}),
    // The hash decides whose children they are, and the order of equals: whoever reads this must come to the same.
    ...((flags & SPAN_FLAGS['duplicate-span-id']) === 0
      ? {}
      : { ordinal: partsOf(trace)?.content.at(span.index)!.hash() ?? span.index }),
    ...nativeContent(content, trace, shared),
    ...(content.extra ? (encodeValue(content.extra) as object) : {}),
  };
  return content.extra
    ? written
    : { ...written, raw: shortenRaw(encodeValue(content.raw), written) as readonly unknown[] };
}

/** Marks that come from the first reading; all others come again with the next one. */
const REPAIRS = ['bad-timestamp', 'unit-guessed', 'bad-id', 'missing-span-id', 'estimated-time', 'no-clock'] as const;

const textField = <Name extends string>(
  name: Name,
  text: string | null | undefined,
): { readonly [key in Name]?: string } =>
  (text === null || text === undefined ? {} : { [name]: text }) as { [key in Name]?: string };

function nativeContent(content: SpanContent, trace: Trace, shared: Shared): Partial<NativeSpan> {
  const { attributes, resource, scope, events, links } = content;
  return {
    ...(attributes.size > 0 ? { attributes: attributesOf(attributes) } : {}),
    ...(resource.size > 0 ? { resource: place(shared, shared.resources, { attributes: attributesOf(resource) }) } : {}),
    ...(scope
      ? {
          scope: place(shared, shared.scopes, {
            name: scope.name,
            ...textField('version', scope.version),
            ...(scope.attributes.size > 0 ? { attributes: attributesOf(scope.attributes) } : {}),
          }),
        }
      : {}),
    ...(events.length > 0
      ? {
          events: events.map((event) => ({
            name: event.name,
            timeUnixNano: eventUnixNano(event, trace.originUnixNano)?.toString() ?? null,
            ...someAttributes(event.attributes),
            ...(event.droppedAttributes === undefined ? {} : { droppedAttributes: event.droppedAttributes }),
          })),
        }
      : {}),
    ...outgoing(links),
    ...contentFields(content),
    ...(content.dropped ? { dropped: content.dropped } : {}),
    ...textField('traceState', content.traceState),
    ...(content.flags === undefined ? {} : { traceFlags: content.flags }),
    ...(content.remoteParent === undefined ? {} : { remoteParent: content.remoteParent }),
    ...textField('schemaUrl', content.schemaUrl),
    ...textField('dottedOrder', content.dottedOrder),
  };
}

/** Links that lead here are written where they begin. */
function outgoing(links: SpanContent['links']): Pick<NativeSpan, 'links'> {
  const own = links.filter(({ direction }) => direction === 'out');
  return own.length === 0
    ? {}
    : {
        links: own.map(({ traceId, spanId, attributes, traceState, droppedAttributes }) => ({
          traceId,
          spanId,
          ...someAttributes(attributes),
          ...textField('traceState', traceState),
          ...(droppedAttributes === undefined ? {} : { droppedAttributes }),
        })),
      };
}

const attributesOf = (attributes: ReadonlyMap<string, AttributeValue>): NativeAttributes =>
  encodeValue(Object.fromEntries(attributes)) as NativeAttributes;
const someAttributes = (attributes: ReadonlyMap<string, AttributeValue>): { readonly attributes?: NativeAttributes } =>
  attributes.size > 0 ? { attributes: attributesOf(attributes) } : {};

function place<Item>(shared: Shared, list: Item[], item: Item): number {
  const id = `${list === (shared.scopes as unknown) ? 'scope' : 'resource'} ${toJson(item)}`;
  let found = shared.places.get(id);
  if (found === undefined) shared.places.set(id, (found = list.push(item) - 1));
  return found;
}

const MEANING = ['messages', 'toolDefinitions', 'parameters', 'promptTemplate', 'tool', 'documents'] as const;

/** What a reader would not find in attributes and events alone. */
function contentFields(content: SpanContent): Partial<NativeSpan> {
  const meant = readContent(content.attributes, content.events);
  const fields: Record<string, unknown> = {};
  for (const field of ['input', 'output'] as const)
    if (content[field] && !samePayload(content[field], meant[field]))
      fields[field] = { text: content[field].text, mimeType: content[field].mimeType };
  for (const field of MEANING)
    if (toJson(content[field]) !== toJson(meant[field])) fields[field] = encodeValue(content[field]);
  const embeddings = content.embeddings.map(plainEmbedding);
  if (toJson(embeddings) !== toJson(meant.embeddings.map(plainEmbedding)))
    fields['embeddings'] = encodeValue(embeddings);
  return fields;
}

const samePayload = (a: Payload, b: Payload | null): boolean => a.text === b?.text && a.mimeType === b.mimeType;

const plainEmbedding = ({ vector, ...embedding }: SpanContent['embeddings'][number]): object => {
  const numbers = vector();
  return numbers ? { ...embedding, vector: Array.from(numbers) } : embedding;
};
