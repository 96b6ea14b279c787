import { isObject, optional, type Fields } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { textOf } from '../../model/attributes.ts';
import { lookedAt, readEach } from '../tolerant/readEach.ts';
import type { SpanSink, TraceAdapter } from '../types.ts';
import { agentsSpan } from './agentsSpan.ts';
import { detectOpenaiAgents, isSpan } from './signs.ts';

/**
 * What the tracing of the OpenAI Agents SDK exports, in Python (openai-agents, tracing/span_data.py) and JavaScript
 * (@openai/agents 0.20, measured): items `{ object: 'trace' | 'trace.span' }`, one, a list of them, or as the exporter
 * posts them, `{ data: [item] }`.
 */
export const openaiAgents: TraceAdapter = {
  name: 'openai-agents',
  detect: detectOpenaiAgents,
  read(document, sink) {
    const list = itemsOf(document);
    readEach(list, sink, (item, source) => {
      if (item['object'] === 'trace') readTrace(item, sink);
      else if (isSpan(item)) sink.span(agentsSpan(item, source));
      else sink.diagnostic('mixed-format', 'An item is neither a trace nor a span of the Agents SDK and was left out.');
    });
  },
};

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
