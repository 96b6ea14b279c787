import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord, type ToldTokens } from '../spans/spanRecord.ts';
import { picked } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Traces of Mastra (`{ traceId, spans }`, rows of its storage, events of its exporters). Steps of a generation repeat
 * its tokens: those of the generation count.
 */
export const readMastra: ReadAll = (documents, sink) => {
  const spans: Fields[] = [];
  for (const { fields } of entriesOf(documents, sink)) {
    if (Array.isArray(fields['spans'])) {
      for (const span of fields['spans'])
        if (isObject(span)) spans.push(span);
        else sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
    } else spans.push(isObject(fields['exportedSpan']) ? fields['exportedSpan'] : fields);
  }
  const counted = new Set(
    spans.flatMap((span) => (GENERATIONS.has(typeOf(span)) && usageOf(span) ? [span['spanId'] ?? span['id']] : [])),
  );
  const byId = new Map(spans.map((span) => [span['spanId'] ?? span['id'], span]));
  const isRepeat = (span: Fields): boolean => {
    let at: Fields | undefined = span;
    for (let step = 0; at && step < STEPS_UP; step += 1) {
      const parent: unknown = at['parentSpanId'];
      if (counted.has(parent)) return true;
      at = byId.get(parent);
    }
    return false;
  };
  for (const span of spans) lookedAt(sink, () => readSpan(span, isRepeat(span), sink));
};

/** Between a generation and what repeats its tokens lie few spans. */
const STEPS_UP = 4;
const GENERATIONS: ReadonlySet<string> = new Set(['model_generation', 'llm_generation']);
const typeOf = (span: Fields): string => textOf(span['spanType'] ?? span['type']) ?? '';

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['agent_run', 'agent'],
  ['model_generation', 'llm'],
  ['llm_generation', 'llm'],
  ['model_chunk', 'event'],
  ['llm_chunk', 'event'],
  ['generic', 'span'],
  ['rag_embedding', 'embedding'],
  ['rag_vector_operation', 'retriever'],
]);

function kindOf(type: string, isEvent: boolean): SpanKind {
  if (isEvent) return 'event';
  const known = KINDS.get(type);
  if (known) return known;
  if (type.endsWith('tool_call')) return 'tool';
  if (type.startsWith('scorer')) return 'evaluator';
  if (type.startsWith('memory')) return 'memory';
  return /^(?:model|llm|workflow|processor|graph|rag|workspace)/.test(type) ? 'chain' : 'span';
}

const usageOf = (span: Fields): Fields | null => {
  const attributes = isObject(span['attributes']) ? span['attributes'] : {};
  return isObject(attributes['usage']) ? attributes['usage'] : null;
};

function readSpan(span: Fields, isRepeat: boolean, sink: SpanSink): void {
  const type = typeOf(span);
  const kind = kindOf(type, span['isEvent'] === true);
  const attributes = isObject(span['attributes']) ? span['attributes'] : {};
  const metadata = isObject(span['metadata']) ? span['metadata'] : {};
  const error = span['error'] ?? span['errorInfo'];
  const usage = usageOf(span);
  const { input, output } = span;
  const messages = isObject(input) && Array.isArray(input['messages']) ? input['messages'] : null;
  const text = isObject(output) ? textOf(output['text']) : null;
  const name = textOf(span['name']) ?? type;
  const tool = kind === 'tool' ? (textOf(span['entityName']) ?? /'([^']+)'/.exec(name)?.[1] ?? name) : null;
  const answer =
    text === null
      ? null
      : [{ role: 'assistant', content: text, ...Object.fromEntries(picked(output as Fields, ['tool_calls'])) }];
  sink.span(
    spanRecord({
      ...otelIds(span['traceId'], span['spanId'] ?? span['id'], span['parentSpanId']),
      name,
      kind,
      rawKind: type,
      start: span['startedAt'] ?? span['startTime'],
      end:
        span['endedAt'] ??
        span['endTime'] ??
        (span['isEvent'] === true ? (span['startedAt'] ?? span['startTime']) : null),
      timeUnit: 'iso',
      source: span,
      onDuplicate: 'merge',
      status: error === null || error === undefined ? 'unset' : 'error',
      statusMessage: isObject(error) ? error['message'] : error,
      model: attributes['model'],
      provider: attributes['provider'],
      tokens: usage && !isRepeat ? tokensOf(usage) : undefined,
      sessionId: span['threadId'] ?? metadata['threadId'] ?? metadata['sessionId'],
      userId: span['userId'] ?? metadata['userId'] ?? span['resourceId'] ?? metadata['resourceId'],
      inputMessages: messages,
      outputMessages: kind === 'llm' || kind === 'agent' ? answer : null,
      ...(tool === null ? {} : { tool: { name: tool, arguments: input, result: output } }),
      ...(messages === null && tool === null ? { input } : {}),
      ...((answer === null || (kind !== 'llm' && kind !== 'agent')) && tool === null ? { output } : {}),
      attributes: [
        ...picked(
          attributes,
          Object.keys(attributes).filter((key) => key !== 'usage'),
          'mastra.',
        ),
        ...picked(metadata, Object.keys(metadata), 'mastra.metadata.'),
      ],
    }),
  );
}

function tokensOf(usage: Fields): ToldTokens {
  const input = isObject(usage['inputDetails']) ? usage['inputDetails'] : {};
  const output = isObject(usage['outputDetails']) ? usage['outputDetails'] : {};
  return {
    input: usage['inputTokens'] ?? usage['promptTokens'],
    output: usage['outputTokens'] ?? usage['completionTokens'],
    total: usage['totalTokens'],
    cacheRead: input['cacheRead'] ?? usage['cachedInputTokens'] ?? usage['promptCacheHitTokens'],
    cacheWrite: input['cacheWrite'],
    audioInput: input['audio'],
    reasoning: output['reasoning'] ?? usage['reasoningTokens'],
    audioOutput: output['audio'],
  };
}
