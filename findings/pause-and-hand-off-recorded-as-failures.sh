#!/usr/bin/env bash
# A graph that waits for a person, and one that hands over to another, are recorded as failed nodes; both worked.
#
# Packages    @langchain/langgraph 1.7.3, @langchain/core 1.4.0; @arizeai/openinference-instrumentation-langchain 4.1.1, langsmith 0.12.0
# Expected    `interrupt("Refund?")` and `new Command({ graph: Command.PARENT })`, both from LangGraph's manual, are no errors: the run
#             returns, and goes on when it is resumed. Nothing in the trace failed.
# Seen        LangGraph does both by throwing, and both recorders take what is thrown for a failure. The node that asks has
#             status ERROR, and the question to the person, as JSON, stands where the message of the error should; its
#             root is OK. A hand-over makes three failed spans (node, graph, node above) with an empty message, and
#             the next agent works. After the resume the node is there once more, in another trace, as a success: it looks
#             like a retry. The exception event has no `exception.type`.
# For readers `GraphInterrupt` or `ParentCommand` behind the first empty line of a message is a pause or a hand-over: an error rate that
#             counts these spans counts approvals.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @langchain/langgraph@1.7.3 @langchain/core@1.4.0 langsmith@0.12.0 \
  @arizeai/openinference-instrumentation-langchain@4.1.1 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import * as callbackManager from '@langchain/core/callbacks/manager';
import { LangChainTracer } from '@langchain/core/tracers/tracer_langchain';
import { Annotation, Command, END, MemorySaver, START, StateGraph, interrupt } from '@langchain/langgraph';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { Client } from 'langsmith';

Error.stackTraceLimit = 0;
const INFO = { version: '0.12.0', batch_ingest_config: { use_multipart_endpoint: false, size_limit: 100, size_limit_bytes: 20_971_520 } };
const runs = new Map();
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (request.url.endsWith('/runs/batch')) {
    const { post = [], patch = [] } = JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
    for (const run of [...post, ...patch]) runs.set(run.id, { ...runs.get(run.id), ...run });
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.url.endsWith('/info') ? INFO : {}));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const client = new Client({ apiUrl: `http://127.0.0.1:${server.address().port}`, apiKey: 'none' });
const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
new LangChainInstrumentation({ tracerProvider }).manuallyInstrument(callbackManager);
const config = (runName) => ({ runName, configurable: { thread_id: '1' }, callbacks: [new LangChainTracer({ client, projectName: 'desk' })] });

const State = Annotation.Root({ approved: Annotation, done: Annotation });
const refund = new StateGraph(State)
  .addNode('approve', () => ({ approved: interrupt('Refund 20 euros?') }))
  .addNode('pay', () => ({ done: true }))
  .addEdge(START, 'approve')
  .addEdge('approve', 'pay')
  .addEdge('pay', END)
  .compile({ checkpointer: new MemorySaver() });
const asked = await refund.invoke({}, config('ask'));
const resumed = await refund.invoke(new Command({ resume: true }), config('resume'));

const triage = new StateGraph(State)
  .addNode('triage', () => new Command({ goto: 'billing', graph: Command.PARENT }))
  .addEdge(START, 'triage')
  .compile({ name: 'triage_graph' });
const desk = new StateGraph(State)
  .addNode('desk', triage, { ends: ['billing'] })
  .addNode('billing', () => ({ done: true }))
  .addEdge(START, 'desk')
  .addEdge('billing', END)
  .compile();
const handed = await desk.invoke({}, config('hand_over'));
await client.awaitPendingTraceBatches();
console.log('results:', asked, resumed, handed);
assert.equal(asked.__interrupt__[0].value, 'Refund 20 euros?');
assert.deepEqual([resumed.done, handed.done], [true, true]);

const spans = exporter.getFinishedSpans();
const failed = spans.filter(({ status }) => status.code === 2);
const failedRuns = [...runs.values()].filter(({ error }) => error);
console.log('OpenInference:', failed.map(({ name, status, events }) => ({ name, message: status.message, event: events[0].attributes })));
console.log('LangSmith:', failedRuns.map(({ name, error }) => ({ name, error })));
const expected = ['approve', 'desk', 'triage', 'triage_graph'];
assert.deepEqual(failed.map(({ name }) => name).sort(), expected);
assert.deepEqual(failedRuns.map(({ name }) => name).sort(), expected);
const message = failed.find(({ name }) => name === 'approve').status.message;
assert.match(message, /^\[\s+\{\s+"id": "[\da-f]+",\s+"value": "Refund 20 euros\?"\s+\}\s+\]\n\nGraphInterrupt/);
assert.match(failed.find(({ name }) => name === 'triage').status.message, /^\n\nParentCommand/);
assert.ok(failed.every(({ events }) => events[0].name === 'exception' && !('exception.type' in events[0].attributes)));
assert.deepEqual(spans.filter(({ name }) => name === 'approve').map(({ status }) => status.code), [2, 1]);
assert.equal(new Set(spans.filter(({ name }) => name === 'approve').map((span) => span.spanContext().traceId)).size, 2);
process.exit(0);
JS
node probe.mjs
