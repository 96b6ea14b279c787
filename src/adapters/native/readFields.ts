import { isObject, optional, type Fields } from '../../conventions/json.ts';
import { toJson } from '../../conventions/toJson.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { USAGE_COUNTS } from '../../model/codes.ts';
import type { Cost, Document, Embedding, Message, Part, Payload, SpanContent, Usage } from '../../model/types.ts';

/**
 * The fields of a native span that say in the shapes of `SpanContent` what attributes do not. The file may come from
 * anywhere, so what has another shape is left out or kept as an `unknown` part: components can rely on the types.
 */
export function readFields(span: Fields): Partial<SpanContent> {
  const input = payloadOf(span['input']);
  const output = payloadOf(span['output']);
  const messages = isObject(span['messages'])
    ? { input: messagesOf(span['messages']['input']), output: messagesOf(span['messages']['output']) }
    : undefined;
  const tool = isObject(span['tool']) && textOf(span['tool']['name']) !== null ? toolOf(span['tool']) : undefined;
  const documents = isObject(span['documents'])
    ? {
        ...optional('query', span['documents']['query']),
        input: documentsOf(span['documents']['input']),
        output: documentsOf(span['documents']['output']),
      }
    : undefined;
  const template =
    isObject(span['promptTemplate']) && typeof span['promptTemplate']['template'] === 'string'
      ? span['promptTemplate']
      : undefined;
  return {
    ...(input ? { input } : {}),
    ...(output ? { output } : {}),
    ...(messages ? { messages } : {}),
    ...(tool ? { tool } : {}),
    ...(documents ? { documents } : {}),
    ...(template
      ? {
          promptTemplate: {
            template: String(template['template']),
            variables: isObject(template['variables']) ? template['variables'] : {},
            ...optional('version', template['version']),
          },
        }
      : {}),
    ...(Array.isArray(span['toolDefinitions'])
      ? {
          toolDefinitions: span['toolDefinitions'].filter(isObject).map((tool_) => ({
            name: textOf(tool_['name']) ?? '',
            ...optional('description', tool_['description']),
            ...given(tool_, 'parameters'),
          })),
        }
      : {}),
    ...(isObject(span['parameters']) ? { parameters: span['parameters'] } : {}),
    ...(Array.isArray(span['embeddings']) ? { embeddings: span['embeddings'].filter(isObject).map(embeddingOf) } : {}),
    ...(isObject(span['dropped'])
      ? {
          dropped: {
            attributes: amount(span['dropped']['attributes']) ?? 0,
            events: amount(span['dropped']['events']) ?? 0,
            links: amount(span['dropped']['links']) ?? 0,
          },
        }
      : {}),
    ...optional('traceState', span['traceState']),
    ...(typeof span['traceFlags'] === 'number' ? { flags: span['traceFlags'] } : {}),
    ...(Array.isArray(span['raw'])
      ? { raw: span['raw'] }
      : { extra: Object.fromEntries(Object.entries(span).filter(([field]) => !DEFINED.has(field))) }),
    ...optional('dottedOrder', span['dottedOrder']),
    ...(typeof span['remoteParent'] === 'boolean' ? { remoteParent: span['remoteParent'] } : {}),
  };
}

/** The fields that the format defines; it keeps all others, but knows nothing of them. */
const DEFINED: ReadonlySet<string> = new Set([
  'spanId',
  'parentSpanId',
  'name',
  'kind',
  'rawKind',
  'otelKind',
  'status',
  'statusMessage',
  'statusOrigin',
  'startUnixNano',
  'endUnixNano',
  'firstToken',
  'service',
  'model',
  'provider',
  'usage',
  'cost',
  'scores',
  'attributes',
  'resource',
  'scope',
  'events',
  'links',
  'input',
  'output',
  'messages',
  'toolDefinitions',
  'parameters',
  'promptTemplate',
  'tool',
  'documents',
  'embeddings',
  'dropped',
  'traceState',
  'traceFlags',
  'remoteParent',
  'schemaUrl',
  'dottedOrder',
  'repairs',
  'ordinal',
  'raw',
]);

const given = <Name extends string>(from: Fields, name: Name): { readonly [key in Name]?: unknown } =>
  (from[name] === undefined ? {} : { [name]: from[name] }) as { [key in Name]?: unknown };
const objectsIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** `{ text, mimeType }`, plain text, or any other value as its JSON. */
function payloadOf(value: unknown): Payload | undefined {
  if (value === undefined || value === null) return undefined;
  const isPayload = isObject(value) && typeof value['text'] === 'string';
  const whole = isPayload ? value['text'] : value;
  const text = typeof whole === 'string' ? whole : toJson(whole);
  const mimeType =
    (isPayload ? textOf(value['mimeType']) : null) ??
    (isPayload || typeof value === 'string' ? 'text/plain' : 'application/json');
  const json = (): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  };
  return { text, mimeType, json };
}

const toolOf = (tool: Fields): NonNullable<SpanContent['tool']> => ({
  name: textOf(tool['name']) ?? '',
  ...optional('description', tool['description']),
  ...optional('callId', tool['callId']),
  ...given(tool, 'arguments'),
  ...given(tool, 'result'),
});

function documentsOf(list: unknown): readonly Document[] {
  return objectsIn(list).map((document) => {
    const score = amount(document['score']);
    const kind = (['similarity', 'distance', 'relevance'] as const).find((word) => word === document['scoreKind']);
    return {
      ...optional('id', document['id']),
      ...optional('content', document['content']),
      ...(score === null ? {} : { score }),
      ...(kind ? { scoreKind: kind } : {}),
      ...given(document, 'metadata'),
    };
  });
}

function embeddingOf(embedding: Fields): Embedding {
  const dimensions = amount(embedding['dimensions']);
  const vector =
    Array.isArray(embedding['vector']) && embedding['vector'].every((number) => typeof number === 'number')
      ? (embedding['vector'] as readonly number[])
      : null;
  return {
    ...optional('text', embedding['text']),
    ...(dimensions === null ? {} : { dimensions }),
    vector: () => vector,
  };
}

const messagesOf = (list: unknown): readonly Message[] =>
  objectsIn(list).map((message) => ({
    role: textOf(message['role']) ?? 'unknown',
    ...optional('name', message['name']),
    parts: objectsIn(message['parts']).map(partOf),
    ...optional('finishReason', message['finishReason']),
  }));

function partOf(part: Fields): Part {
  const type = part['type'];
  if (type === 'text' || type === 'refusal') return { type, text: textOf(part['text']) ?? '' };
  if (type === 'reasoning')
    return { type, text: textOf(part['text']) ?? '', ...(part['redacted'] === true ? { redacted: true } : {}) };
  if (type === 'toolCall')
    return {
      type,
      ...optional('id', part['id']),
      name: textOf(part['name']) ?? '',
      arguments: part['arguments'] ?? null,
    };
  if (type === 'toolResult')
    return {
      type,
      ...optional('id', part['id']),
      ...optional('name', part['name']),
      result: part['result'] ?? null,
      ...(typeof part['error'] === 'boolean' ? { error: part['error'] } : {}),
    };
  if (type === 'image' || type === 'audio' || type === 'video' || type === 'file') {
    return {
      type,
      ...optional('mimeType', part['mimeType']),
      ...optional('uri', part['uri']),
      ...optional('data', part['data']),
      ...optional('transcript', part['transcript']),
    };
  }
  return { type: 'unknown', value: type === 'unknown' && 'value' in part ? part['value'] : part };
}

/** Tokens in `Usage`'s buckets; null where no number is given. */
export function usageOf(usage: unknown): Usage | null {
  if (!isObject(usage)) return null;
  const counts = Object.fromEntries(USAGE_COUNTS.map((name) => [name, count(usage[name])])) as Record<
    (typeof USAGE_COUNTS)[number],
    number | null
  >;
  const total =
    counts.total ??
    (counts.input === null && counts.output === null ? null : (counts.input ?? 0) + (counts.output ?? 0));
  return total === null && Object.values(counts).every((number) => number === null)
    ? null
    : { ...counts, total, other: amountsOf(usage['other']) };
}

const count = (value: unknown): number | null => {
  const number = amount(value);
  return number === null || number < 0 ? null : number;
};

const amountsOf = (record: unknown): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(isObject(record) ? record : {}).flatMap(([name, value]) =>
      count(value) === null ? [] : [[name, count(value)!] as const],
    ),
  );

/** A cost in dollars unless it names another currency; null where none is given. */
export function costOf(cost: unknown): Cost | null {
  if (!isObject(cost)) return null;
  const total = count(cost['total']);
  const parts = amountsOf(cost['parts']);
  const origin =
    (['reported', 'computed', 'mixed', 'unknown'] as const).find((word) => word === cost['origin']) ?? 'reported';
  return total === null && Object.keys(parts).length === 0
    ? null
    : { total, currency: textOf(cost['currency']) ?? 'USD', origin, parts };
}
