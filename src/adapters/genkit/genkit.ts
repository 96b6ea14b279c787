import { isObject, jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { statusWord } from '../otel/otelEnums.ts';
import { entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord, type ToldTokens } from '../spans/spanRecord.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';

/**
 * Traces of Genkit (`.genkit/traces`, and its page): `{ traceId, spans: { id: span } }`, and the events `span_start` and
 * `span_end` of one that runs. Attributes speak the dialect `genkit`; tokens stand in the output of models.
 */
export const readGenkit: ReadAll = (documents, sink) => {
  for (const { fields } of entriesOf(documents, sink)) {
    const { spans, span, traceId } = fields;
    for (const each of isObject(spans) ? Object.values(spans) : [span]) {
      if (isObject(each)) lookedAt(sink, () => readSpan(each, traceId, sink));
      else sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
    }
  }
};

const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['flow', 'chain'],
  ['model', 'llm'],
  ['background-model', 'llm'],
  ['tool', 'tool'],
  ['tool.v2', 'tool'],
  ['prompt', 'prompt'],
  ['embedder', 'embedding'],
  ['retriever', 'retriever'],
  ['reranker', 'reranker'],
  ['evaluator', 'evaluator'],
  ['agent', 'agent'],
  ['executable-prompt', 'chain'],
]);

function readSpan(span: Fields, traceId: unknown, sink: SpanSink): void {
  const attributes = isObject(span['attributes']) ? span['attributes'] : {};
  const status = isObject(span['status']) ? span['status'] : {};
  const subtype = textOf(attributes['genkit:metadata:subtype']);
  const kind = KINDS.get(subtype ?? '') ?? (attributes['genkit:type'] === 'flowStep' ? 'chain' : undefined);
  const name = textOf(attributes['genkit:name']) ?? '';
  const slash = name.indexOf('/');
  const usage = kind === 'llm' ? jsonObject(jsonObject(attributes['genkit:output'])?.['usage']) : null;
  sink.span(
    spanRecord({
      ...otelIds(span['traceId'] ?? traceId, span['spanId'], span['parentSpanId']),
      name: span['displayName'],
      ...(kind ? { kind, rawKind: subtype } : {}),
      start: span['startTime'],
      end: span['endTime'],
      timeUnit: 'ms',
      status: attributes['genkit:state'] === 'error' ? 'error' : statusWord(status['code']),
      statusMessage: status['message'],
      otelKind: textOf(span['spanKind'])?.toLowerCase(),
      source: span,
      onDuplicate: 'merge',
      ...(kind === 'llm' && slash > 0 ? { model: name.slice(slash + 1), provider: name.slice(0, slash) } : {}),
      tokens: usage ? tokensOf(usage) : undefined,
      sessionId: attributes['genkit:sessionId'],
      attributes: Object.entries(attributes),
      scope: isObject(span['instrumentationLibrary']) ? span['instrumentationLibrary'] : undefined,
      events: eventsOf(span['timeEvents']),
      links: linksOf(span['links']),
    }),
  );
}

/** Thoughts stand beside the output, what a cache had is part of the input. */
const tokensOf = (usage: Fields): ToldTokens => ({
  input: usage['inputTokens'],
  output: usage['outputTokens'],
  total: amount(usage['totalTokens']),
  cacheRead: usage['cachedContentTokens'],
  reasoning: usage['thoughtsTokens'],
  reasoningBeside: true,
});

function eventsOf(events: unknown): readonly object[] {
  const list = isObject(events) ? events['timeEvent'] : null;
  return Array.isArray(list)
    ? list.filter(isObject).map(({ time, annotation }) => {
        const told = isObject(annotation) ? annotation : {};
        return { name: told['description'], time, attributes: told['attributes'] };
      })
    : [];
}

const linksOf = (links: unknown): readonly object[] =>
  Array.isArray(links)
    ? links
        .filter(isObject)
        .map((link) => ({ ...(isObject(link['context']) ? link['context'] : {}), attributes: link['attributes'] }))
    : [];
