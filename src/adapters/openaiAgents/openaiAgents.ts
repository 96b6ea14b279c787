import { isObject, optional, type Fields } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { textOf } from '../../model/attributes.ts';
import { firstAnswer, lookedAt, readEach } from '../tolerant/readEach.ts';
import type { Detection, SpanSink, TraceAdapter } from '../types.ts';
import { agentsSpan } from './agentsSpan.ts';

/**
 * What the tracing of the OpenAI Agents SDK exports, in Python (openai-agents, tracing/span_data.py) and JavaScript
 * (@openai/agents 0.20, measured): items `{ object: 'trace' | 'trace.span' }`, one, a list of them, or as the exporter
 * posts them, `{ data: [item] }`.
 */
export const openaiAgents: TraceAdapter = {
  name: 'openai-agents',
  detect(document) {
    if (Array.isArray(document)) return firstAnswer(document, detectItem);
    return detectItem(document);
  },
  read(document, sink) {
    const list = itemsOf(document);
    readEach(list, sink, (item, source) => {
      if (item['object'] === 'trace') readTrace(item, sink);
      else if (isSpan(item)) sink.span(agentsSpan(item, source));
      else sink.diagnostic('mixed-format', 'An item is neither a trace nor a span of the Agents SDK and was left out.');
    });
  },
};

const isSpan = (entry: unknown): entry is Fields =>
  isObject(entry) && entry['object'] === 'trace.span' && isObject(entry['span_data']);
const isTrace = (entry: unknown): boolean =>
  isObject(entry) && entry['object'] === 'trace' && ('workflow_name' in entry || 'group_id' in entry);

function detectItem(entry: unknown): Detection | null {
  if (isSpan(entry)) return { confidence: 1, reason: 'is a trace.span with span_data' };
  if (isTrace(entry)) return { confidence: 1, reason: 'is a trace with a workflow_name' };
  const data = isObject(entry) ? entry['data'] : undefined;
  return Array.isArray(data) && withoutHoles(data).some((item) => isSpan(item) || isTrace(item))
    ? { confidence: 1, reason: 'data lists spans with span_data' }
    : null;
}

function itemsOf(document: unknown): readonly unknown[] {
  const list = Array.isArray(document) ? withoutHoles(document) : [document];
  return list.flatMap((entry: unknown) => (isObject(entry) && Array.isArray(entry['data']) ? entry['data'] : [entry]));
}

function readTrace(item: Fields, sink: SpanSink): void {
  const id = textOf(item['id']) ?? textOf(item['trace_id']);
  if (id === null) return;
  lookedAt(sink, () =>
    sink.trace(id, {
      ...optional('name', item['workflow_name']),
      ...optional('sessionId', item['group_id']),
      ...(isObject(item['metadata']) ? { metadata: item['metadata'] } : {}),
    }),
  );
}
