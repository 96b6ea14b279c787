import { expect } from 'vitest';
import type { SpanContent, TraceSet } from '../../src/core.ts';

/** All that a set says, in plain data: two sets are the same for every reader exactly when their dumps are equal. */
export function dump({ format, traces, diagnostics, accounting }: TraceSet) {
  return {
    format,
    accounting,
    traces: traces.map((trace) => ({
      key: trace.key,
      name: trace.name,
      origin: trace.originUnixNano,
      end: trace.end,
      sessionId: trace.sessionId,
      userId: trace.userId,
      tags: trace.tags,
      metadata: trace.metadata,
      spans: Array.from(trace.spans(), (span) => ({
        key: span.key,
        parent: span.parent?.key,
        parentSpanId: span.parentSpanId,
        name: span.name,
        depth: span.depth,
        subtreeEnd: trace.columns.subtreeEnd[span.index],
        start: span.start,
        end: span.end,
        startUnixNano: span.startUnixNano,
        endUnixNano: span.endUnixNano,
        kind: span.kind,
        rawKind: span.rawKind,
        status: span.status,
        message: span.statusMessage,
        service: span.service,
        model: span.model,
        usage: span.usage,
        cost: span.cost,
        firstToken: span.firstToken,
        diagnostics: span.diagnostics.map(({ code }) => code),
      })),
    })),
    // Keys are a sample where there are many, and stand in the order of traces; codes and counts are what must agree.
    diagnostics: diagnostics
      .map(({ code, count, keys }) => `${code} ${count} ${[...(keys ?? [])].sort().join(' ')}`)
      .sort(),
  };
}

/** All that spans hold besides, `raw` included; what is a function is called. */
export function dumpContent({ traces }: TraceSet) {
  return traces.map((trace) => ({
    scores: trace.scores,
    spans: Array.from(trace.spans(), (span) => {
      const { input, output, embeddings, diagnostics: _, extra: __, ...content } = span.content() as SpanContent;
      const plain = {
        ...content,
        embeddings: embeddings.map(({ vector, ...embedding }) => ({ ...embedding, vector: vector() })),
      };
      expect(content.scores).toEqual(span.scores);
      return {
        key: span.key,
        ...plain,
        payloads: [input, output].map((payload) => payload && [payload.text, payload.mimeType]),
      };
    }),
  }));
}
