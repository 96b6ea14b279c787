#!/usr/bin/env bash
# A reader who has seen enough leaves a stream: of a model nothing is recorded, of a chain an orphan, of a graph a failure.
#
# Packages    @langchain/core 1.4.0, @langchain/langgraph 1.7.3; @arizeai/openinference-instrumentation-langchain 4.1.1
# Expected    `for await (const part of stream) break;` is no error. The run ends early, and its spans arrive with what was read.
# Seen        Of a model the span is started and never ended: the call is not in the trace. Of a chain of the model and a function
#             only the model's span arrives, a success and an orphan: its parent, the root, is never sent, nor is the function,
#             although the first part was all there was to read. Of a graph all arrives, and root and the running node have
#             status ERROR with "Abort" and "This operation was aborted", word for word as when the run is cancelled by a signal.
# For readers An orphan may be a stream that somebody left. "Abort" on a root does not say who wanted it: count it apart from failures.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @langchain/langgraph@1.7.3 @langchain/core@1.4.0 \
  @arizeai/openinference-instrumentation-langchain@4.1.1 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import * as callbackManager from '@langchain/core/callbacks/manager';
import { RunnableLambda } from '@langchain/core/runnables';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { Annotation, END, START, StateGraph } from '@langchain/langgraph';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

Error.stackTraceLimit = 0;
const exporter = new InMemorySpanExporter();
const started = [];
const starts = { onStart: ({ name }) => void started.push(name), onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} };
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter), starts] });
new LangChainInstrumentation({ tracerProvider }).manuallyInstrument(callbackManager);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function seen(run) {
  await run();
  await pause(1000);
  const spans = exporter.getFinishedSpans();
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const ended = spans.map(({ name, status, parentSpanContext, attributes }) => ({
    name,
    failed: status.code === 2,
    message: status.message,
    orphan: parentSpanContext !== undefined && !ids.has(parentSpanContext.spanId),
    output: attributes['output.value'],
  }));
  const result = { started: started.splice(0), ended };
  exporter.reset();
  return result;
}
const read = [];
const leave = async (stream) => {
  for await (const part of stream) {
    read.push(part.text ?? part);
    break;
  }
};

const chat = new FakeListChatModel({ responses: ['one two three four'], sleep: 5 });
const model = await seen(async () => leave(await chat.stream('Count')));
const chain = await seen(async () => leave(await chat.pipe(RunnableLambda.from(({ content }) => content)).stream('Count')));

const State = Annotation.Root({ number: Annotation });
const add = async ({ number }) => {
  await pause(100);
  return { number: number + 1 };
};
const graph = new StateGraph(State)
  .addNode('add', add)
  .addEdge(START, 'add')
  .addConditionalEdges('add', ({ number }) => (number < 5 ? 'add' : END))
  .compile();
const left = await seen(async () => leave(await graph.stream({ number: 0 }, { runName: 'left' })));
const cancelled = await seen(async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 150);
  await graph.invoke({ number: 0 }, { runName: 'cancelled', signal: controller.signal }).catch(() => {});
});
const shown = ({ started: names, ended }) => ({ started: names, ended: ended.map(({ output, ...rest }) => rest) });
console.log('parts read:', read);
console.dir({ model: shown(model), chain: shown(chain), left: shown(left), cancelled: shown(cancelled) }, { depth: 4 });

assert.deepEqual(model, { started: ['FakeListChatModel'], ended: [] });
assert.deepEqual(chain.started.sort(), ['FakeListChatModel', 'RunnableLambda', 'RunnableSequence']);
assert.deepEqual(chain.ended.map(({ name, failed, orphan }) => ({ name, failed, orphan })), [{ name: 'FakeListChatModel', failed: false, orphan: true }]);
assert.deepEqual(read, ['o', 'one two three four', { add: { number: 1 } }]);
assert.match(chain.ended[0].output, /one two three four/);
const failures = ({ ended }) => ended.filter(({ failed }) => failed).map(({ name, message }) => [name, message.trim().split('\n')[0]]);
assert.deepEqual(failures(left), [['add', 'This operation was aborted'], ['left', 'Abort']]);
assert.deepEqual(failures(cancelled), [['add', 'This operation was aborted'], ['cancelled', 'Abort']]);
process.exit(0);
JS
node probe.mjs
