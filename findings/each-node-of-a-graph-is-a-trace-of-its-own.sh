#!/usr/bin/env bash
# One run of a graph, recorded by one instrumentation as one trace, by the other as a trace per node, without the nodes' names.
#
# Packages    @langchain/langgraph 1.7.3, @langchain/core 1.4.0; @arizeai/openinference-instrumentation-langchain 4.1.1,
#             @traceloop/instrumentation-langchain 0.27.0
# Expected    A graph `plan` → `search` → `write` is one trace, and each node a span below the graph, by its name.
# Seen        OpenInference writes that. Traceloop's spans have no parent, though the callbacks of LangChain name it: five
#             traces of one span each. All nodes are called `workflow RunnableSequence`, and no attribute holds the name of a
#             node; the run's own name is lost too. Below an active span (a request) they are one trace, but flat: graph and
#             nodes are siblings, and the graph seems to run beside its nodes.
# For readers Spans of `gen_ai.provider.name` = "langchain" that lie within the time of a sibling `CompiledStateGraph` are inside it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @langchain/langgraph@1.7.3 @langchain/core@1.4.0 \
  @arizeai/openinference-instrumentation-langchain@4.1.1 @traceloop/instrumentation-langchain@0.27.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import * as callbackManagerModule from '@langchain/core/callbacks/manager';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
if (process.argv[2] === 'openinference') {
  const { LangChainInstrumentation } = await import('@arizeai/openinference-instrumentation-langchain');
  new LangChainInstrumentation({ tracerProvider }).manuallyInstrument(callbackManagerModule);
} else {
  const { LangChainInstrumentation } = await import('@traceloop/instrumentation-langchain');
  const instrumentation = new LangChainInstrumentation();
  instrumentation.setTracerProvider(tracerProvider);
  instrumentation.manuallyInstrument({ callbackManagerModule });
}

const State = Annotation.Root({ topic: Annotation, text: Annotation });
const graph = new StateGraph(State)
  .addNode('plan', () => ({ text: 'a' }))
  .addNode('search', () => ({ text: 'b' }))
  .addNode('write', () => ({ text: 'c' }))
  .addEdge(START, 'plan')
  .addEdge('plan', 'search')
  .addEdge('search', 'write')
  .addEdge('write', END)
  .compile();

const settled = () => new Promise((done) => setTimeout(done, 100));
await graph.invoke({ topic: 'tides' }, { runName: 'report' });
await settled();
const alone = shapeOf(exporter.getFinishedSpans());
exporter.reset();
await tracerProvider.getTracer('shop').startActiveSpan('request', async (span) => {
  await graph.invoke({ topic: 'tides' }, { runName: 'report' });
  await settled();
  span.end();
});
const below = shapeOf(exporter.getFinishedSpans());
console.log(process.argv[2], { alone, below });

function shapeOf(spans) {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  const traces = new Set(spans.map((span) => span.spanContext().traceId)).size;
  const text = JSON.stringify(spans.map(({ name, attributes }) => [name, attributes]));
  const named = ['plan', 'search', 'write'].filter((node) => text.includes(`"${node}"`) || text.includes(`\\"${node}\\"`));
  const lines = spans.map(({ name, parentSpanContext }) => `${names.get(parentSpanContext?.spanId) ?? '-'} > ${name}`);
  return { traces, named, lines: lines.sort() };
}

const sequence = 'workflow RunnableSequence';
if (process.argv[2] === 'openinference') {
  const lines = ['- > report', 'report > __start__', 'report > plan', 'report > search', 'report > write'];
  assert.deepEqual(alone, { traces: 1, named: ['plan', 'search', 'write'], lines });
  assert.deepEqual(below.lines.filter((line) => line.startsWith('request')), ['request > report']);
} else {
  const nodes = new Array(4).fill(sequence);
  const flat = ['workflow CompiledStateGraph', ...nodes];
  assert.deepEqual(alone, { traces: 5, named: [], lines: flat.map((name) => `- > ${name}`) });
  assert.deepEqual(below, { traces: 1, named: [], lines: ['- > request', ...flat.map((name) => `request > ${name}`)] });
}
process.exit(0);
JS
node probe.mjs openinference
node probe.mjs traceloop
