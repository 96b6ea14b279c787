import { readContent } from '../../conventions/content/readContent.ts';
import { readScores } from '../../conventions/readScores.ts';
import { FIRST_TOKEN_EVENTS, KIND_EVENTS } from '../../conventions/eventSigns.ts';
import { EXCEPTION } from '../../conventions/failure.ts';
import type { Envelope } from '../../conventions/readEnvelope.ts';
import { toJson } from '../../conventions/toJson.ts';
import { contentAttributes } from './exportedContent.ts';
import { rootName } from '../../model/trace.ts';
import type { AttributeValue, Message, Part, Score, Span, SpanContent, Trace } from '../../model/types.ts';

type Attribute = readonly [key: string, value: AttributeValue];

/** Kinds that OpenInference has a word for. */
const OPENINFERENCE_KINDS: ReadonlySet<string> = new Set([
  'llm',
  'embedding',
  'chain',
  'retriever',
  'reranker',
  'tool',
  'agent',
  'guardrail',
  'evaluator',
  'prompt',
]);

/**
 * Writes what is known of a span and missing from its attributes, as attributes: kind, status, model, tokens, cost,
 * payloads and messages.
 */
export function exportedAttributes(span: Span, content: SpanContent, recorded: Envelope): readonly Attribute[] {
  const meant = readContent(content.attributes, content.events);
  const added: Attribute[] = [];
  const add = (key: string, value: AttributeValue | undefined): void => {
    if (value !== null && value !== undefined && value !== '' && !content.attributes.has(key)) added.push([key, value]);
  };
  const byEvent = content.events.find(({ name }) => KIND_EVENTS.has(name));
  const isRecorded = span.kind === recorded.kind || span.kind === recorded.kindOfWrapper;
  if (!isRecorded && span.kind !== 'span' && (!byEvent || KIND_EVENTS.get(byEvent.name) !== span.kind)) {
    if (OPENINFERENCE_KINDS.has(span.kind)) add('openinference.span.kind', span.kind.toUpperCase());
    else add('mlflow.spanType', JSON.stringify(span.kind.toUpperCase()));
  }
  const isToldByEvent = content.events.some(({ name }) => name === EXCEPTION);
  if (span.status === 'warning' && recorded.status !== 'warning' && !isToldByEvent)
    add('langfuse.observation.level', 'WARNING');
  if (span.model !== recorded.model) add('llm.model_name', span.model);
  if (span.provider !== recorded.provider) add('llm.provider', span.provider);
  if (span.usage && toJson(span.usage) !== toJson(recorded.usage))
    for (const [key, value] of usageOf(span)) add(key, value);
  if (span.cost?.origin === 'reported' && toJson(span.cost) !== toJson(recorded.cost))
    for (const [key, value] of costOf(span)) add(key, value);
  if (
    !Number.isNaN(span.firstToken) &&
    Number.isNaN(recorded.firstTokenSeconds) &&
    recorded.firstTokenAt === null &&
    !content.events.some(({ name }) => FIRST_TOKEN_EVENTS.has(name))
  )
    add('gen_ai.response.time_to_first_chunk', span.firstToken / 1e9);
  for (const side of ['input', 'output'] as const) {
    const payload = content[side];
    if (payload && payload.text !== meant[side]?.text) {
      add(`${side}.value`, payload.text);
      add(`${side}.mime_type`, payload.mimeType);
    }
    const messages = content.messages?.[side] ?? [];
    if (messages.length > 0 && toJson(messages) !== toJson(meant.messages?.[side] ?? []))
      add(`gen_ai.${side}.messages`, toJson(messages.map(genAiMessage)));
  }
  for (const [key, value] of contentAttributes(content, meant)) add(key, value);
  return added;
}

/** Writes the scores of a span that no span of the trace records, neither it nor an evaluator, as attributes. */
export const exportedScores = (
  scores: readonly Score[],
  recorded: RecordedFacts,
  attributes: SpanContent['attributes'],
): readonly Attribute[] =>
  scoreAttributes(
    '',
    scores.filter(({ target: _, ...score }) => !recorded.scores.has(toJson(score))),
    countOf(attributes, 'annotations'),
  );

/** What the attributes of a trace's spans already record of the trace. */
export interface RecordedFacts {
  readonly names: Set<string>;
  readonly sessions: Set<string>;
  readonly users: Set<string>;
  readonly tags: Set<string>;
  readonly metadata: Set<string>;
  readonly scores: Set<string>;
}
export const noRecordedFacts = (): RecordedFacts => ({
  names: new Set(),
  sessions: new Set(),
  users: new Set(),
  tags: new Set(),
  metadata: new Set(),
  scores: new Set(),
});

export function noteRecorded(
  recorded: RecordedFacts,
  { traceName, sessionId, userId, tags, tagsOfRoot, metadata }: Envelope,
  { attributes, events }: SpanContent,
  isRoot: boolean,
): void {
  if (traceName !== null) recorded.names.add(traceName);
  if (sessionId !== null) recorded.sessions.add(sessionId);
  if (userId !== null) recorded.users.add(userId);
  for (const tag of [...(tags ?? []), ...(isRoot ? (tagsOfRoot ?? []) : [])]) recorded.tags.add(tag);
  for (const entry of Object.entries(metadata ?? {})) recorded.metadata.add(toJson(entry));
  for (const { level: _, ...score } of readScores(attributes, events)) recorded.scores.add(toJson(score));
}

/** Writes what is known of a trace and recorded by none of its spans, as attributes for its first root. */
export function traceAttributes(
  trace: Trace,
  recorded: RecordedFacts,
  attributes: SpanContent['attributes'],
): readonly Attribute[] {
  const { name, sessionId, userId, tags, metadata } = trace;
  const added: Attribute[] = [];
  if (!recorded.names.has(name) && !(recorded.names.size === 0 && name === rootName(trace.columns)))
    added.push(['langfuse.trace.name', name]);
  if (sessionId !== undefined && !recorded.sessions.has(sessionId)) added.push(['session.id', sessionId]);
  if (userId !== undefined && !recorded.users.has(userId)) added.push(['user.id', userId]);
  if (tags.some((tag) => !recorded.tags.has(tag))) added.push(['tag.tags', tags]);
  if (Object.entries(metadata).some((entry) => !recorded.metadata.has(toJson(entry))))
    added.push(['metadata', toJson(metadata)]);
  const scores = trace.scores.filter(({ target: _, ...score }) => !recorded.scores.has(toJson(score)));
  return [
    ...added,
    ...scoreAttributes(
      'trace.',
      scores.filter(({ target }) => target.level !== 'session'),
      countOf(attributes, 'trace.annotations'),
    ),
    ...scoreAttributes(
      'session.',
      scores.filter(({ target }) => target.level === 'session'),
      countOf(attributes, 'session.annotations'),
    ),
  ];
}

function usageOf({ usage }: Span): readonly (readonly [string, number | null | undefined])[] {
  return [
    ['llm.token_count.prompt', usage?.input],
    ['llm.token_count.completion', usage?.output],
    ['llm.token_count.total', usage?.total],
    ['llm.token_count.prompt_details.cache_read', usage?.cacheRead],
    ['llm.token_count.prompt_details.cache_write', usage?.cacheWrite],
    ['llm.token_count.prompt_details.audio', usage?.audioInput],
    ['llm.token_count.completion_details.reasoning', usage?.reasoning],
    ['llm.token_count.completion_details.audio', usage?.audioOutput],
  ];
}

const costOf = ({ cost }: Span): readonly (readonly [string, number | null | undefined])[] => [
  ['llm.cost.total', cost?.total],
  ['llm.cost.prompt', cost?.parts['input']],
  ['llm.cost.completion', cost?.parts['output']],
];

/** OpenTelemetry's message (gen-ai-input-messages.json). */
const genAiMessage = ({ role, name, parts, finishReason }: Message): object => ({
  role,
  ...(name === undefined ? {} : { name }),
  parts: parts.map(genAiPart),
  ...(finishReason === undefined ? {} : { finish_reason: finishReason }),
});

function genAiPart(part: Part): object {
  switch (part.type) {
    case 'text':
      return { type: 'text', content: part.text };
    case 'reasoning':
      return { type: 'reasoning', content: part.text };
    case 'refusal':
      return { type: 'refusal', content: part.text };
    case 'toolCall':
      return { type: 'tool_call', id: part.id, name: part.name, arguments: part.arguments };
    case 'toolResult':
      return { type: 'tool_call_response', id: part.id, name: part.name, response: part.result, error: part.error };
    case 'unknown':
      return part.value !== null && typeof part.value === 'object'
        ? part.value
        : { type: 'unknown', value: part.value };
    default:
      return part.data === undefined
        ? { type: 'uri', modality: part.type, mime_type: part.mimeType, uri: part.uri, transcript: part.transcript }
        : {
            type: 'blob',
            modality: part.type,
            mime_type: part.mimeType,
            content: part.data,
            transcript: part.transcript,
          };
  }
}

/** How many scores the attributes hold already, so that the added ones get places of their own. */
const countOf = (attributes: SpanContent['attributes'], prefix: string): number =>
  Array.from(attributes.keys()).reduce(
    (count, key) =>
      key.startsWith(`${prefix}.`)
        ? Math.max(count, Number(key.slice(prefix.length + 1).split('.')[0]) + 1 || 0)
        : count,
    0,
  );

function scoreAttributes(begin: string, scores: readonly Score[], first: number): readonly Attribute[] {
  return scores.flatMap(({ name, value, label, comment, source, metadata }, at) => {
    const prefix = `${begin}annotations.${first + at}.annotation`;
    const fields: readonly (readonly [string, AttributeValue])[] = [
      ['name', name],
      ['score', value],
      ['label', label],
      ['explanation', comment],
      ['annotator_kind', source === 'unknown' ? null : source.toUpperCase()],
      ['metadata', metadata === undefined ? null : toJson(metadata)],
    ];
    return fields.filter(([, field]) => field !== null).map(([field, set]) => [`${prefix}.${field}`, set] as const);
  });
}
