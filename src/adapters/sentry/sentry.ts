import { isObject, type Fields } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import type { SpanKind } from '../../model/types.ts';
import { createPassedOver, entriesOf } from '../spans/entriesOf.ts';
import { otelIds } from '../spans/otelIds.ts';
import { spanRecord } from '../spans/spanRecord.ts';
import { picked } from '../spans/words.ts';
import { lookedAt } from '../tolerant/readEach.ts';
import type { ReadAll, SpanSink } from '../types.ts';
import { isEnvelope } from './signs.ts';

/**
 * Sentry: the JSON of a transaction (its root is the transaction itself), spans of their own, or the nested answer of
 * its trace API. In what an SDK sends, each of them has a line about it; newer ones stand in lists (`items`). Times are
 * seconds or ISO text; `data` and `attributes` speak the dialect `sentry`.
 */
export const readSentry: ReadAll = (documents, sink) => {
  let isSent = false;
  const passedOver = createPassedOver(sink, 'Items');
  for (const { fields } of entriesOf(documents, sink)) {
    isSent ||= isEnvelope(fields);
    if (isSent && !('start_timestamp' in fields) && !Array.isArray(fields['items'])) {
      // A line about an item; of those that are no spans the line that follows it says little.
      const sort = textOf(fields['type']);
      if (sort !== null && !SPANS.has(sort)) passedOver.add(sort);
      continue;
    }
    const open: { readonly span: unknown; readonly parent: unknown; readonly trace: unknown }[] = (
      Array.isArray(fields['items']) ? (fields['items'] as readonly unknown[]) : [fields]
    ).map((span) => ({ span, parent: undefined, trace: undefined }));
    for (let next = open.pop(); next; next = open.pop()) {
      const { span, parent, trace } = next;
      if (!isObject(span)) {
        sink.diagnostic('span-not-object', 'An entry among the spans is not an object and was left out.');
        continue;
      }
      const around = contextOf(span);
      const traceId = span['trace_id'] ?? around['trace_id'] ?? trace;
      const spanId = span['span_id'] ?? around['span_id'] ?? span['event_id'];
      lookedAt(sink, () =>
        readSpan(span, { traceId, spanId, parent: span['parent_span_id'] ?? around['parent_span_id'] ?? parent }, sink),
      );
      for (const list of [span['spans'], span['children']])
        for (const child of Array.isArray(list) ? (list as readonly unknown[]) : [])
          open.push({ span: child, parent: spanId, trace: traceId });
    }
  }
  passedOver.report();
};

/** Items that hold spans. */
const SPANS: ReadonlySet<string> = new Set(['transaction', 'span']);

const contextOf = (span: Fields): Fields => {
  const { contexts } = span;
  return isObject(contexts) && isObject(contexts['trace']) ? contexts['trace'] : {};
};

/** Everything but these is a failure. */
const FINE: ReadonlySet<string> = new Set(['ok', 'cancelled', 'unknown', 'unset']);

function kindOf(op: string): SpanKind | undefined {
  if (/^gen_ai\.(?:invoke_agent|create_agent)$/.test(op)) return 'agent';
  if (
    /^gen_ai\.(?:chat|responses|generate_text|generate_object|generate_content|request|text_completion|stream_text)$/.test(
      op,
    )
  )
    return 'llm';
  if (op === 'gen_ai.execute_tool') return 'tool';
  if (op === 'gen_ai.embeddings') return 'embedding';
  if (op === 'gen_ai.handoff') return 'chain';
  if (/^(?:http|db)(?:\.|$)/.test(op)) return op.startsWith('http') ? 'http' : 'db';
  return undefined;
}

interface Ids {
  readonly traceId: unknown;
  readonly spanId: unknown;
  readonly parent: unknown;
}

function readSpan(span: Fields, { traceId, spanId, parent }: Ids, sink: SpanSink): void {
  const around = contextOf(span);
  const data = [span['data'], around['data'], span['additional_attributes']].filter(isObject);
  const typed = isObject(span['attributes']) ? span['attributes'] : {};
  const attributes = new Map<string, unknown>(data.flatMap((each) => Object.entries(each)));
  // Newer spans write each attribute with its type.
  for (const [key, value] of Object.entries(typed))
    attributes.set(key, isObject(value) && 'value' in value ? value['value'] : value);
  const op = textOf(span['op'] ?? around['op']) ?? textOf(attributes.get('sentry.op')) ?? '';
  const start = span['start_timestamp'];
  const status = textOf(span['status'] ?? around['status'])?.toLowerCase() ?? null;
  const kind = kindOf(op);
  const user = isObject(span['user']) ? span['user']['id'] : undefined;
  sink.span(
    spanRecord({
      ...otelIds(traceId, spanId, parent),
      name: textOf(span['transaction']) ?? textOf(span['name']) ?? textOf(span['description']) ?? op,
      ...(kind ? { kind } : {}),
      rawKind: op,
      start,
      end: span['end_timestamp'] ?? span['timestamp'],
      timeUnit: typeof start === 'string' && !/^\d+(?:\.\d+)?$/.test(start) ? 'iso' : 's',
      source: span,
      inner: ['spans', 'children'],
      status: status === null || FINE.has(status) ? (status === 'ok' ? 'ok' : 'unset') : 'error',
      statusMessage: status === null || FINE.has(status) || status === 'error' ? null : status,
      userId: user,
      attributes: [
        ...attributes,
        ...picked(span, ['origin', 'environment', 'release', 'platform'], 'sentry.'),
        ...(op === '' ? [] : [['sentry.op', op] as const]),
      ],
    }),
  );
}
