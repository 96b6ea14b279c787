#!/usr/bin/env bash
# A failed run with status OK, one with no status, and one that cost exactly nothing.
#
# Packages    langsmith 0.12.0 (OTEL mode); @langfuse/openai 5.11.1, @langfuse/tracing 5.11.1, @langfuse/otel 5.11.1, openai 6.49.0
# Expected    A function or a model call that throws ends as a span with status ERROR.
# Seen        LangSmith sets OK when a run begins. OpenTelemetry holds OK to be final, so the ERROR that follows is ignored: the span has
#             an exception event and status OK. Langfuse's wrapper for `openai` writes `langfuse.observation.level` = "ERROR" and
#             leaves the status unset; and it writes a cost of 0 in three parts for a call of which nobody knows the cost. A function
#             that throws inside `startActiveObservation` of the same Langfuse version is the reverse: status ERROR and no level.
# For readers Neither status nor level is enough to find failures, and OK does not outrank an exception event. A cost of 0 on a failed
#             call is no recorded amount.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps langsmith@0.12.0 openai@6.49.0 \
  @langfuse/openai@5.11.1 @langfuse/tracing@5.11.1 @langfuse/otel@5.11.1 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 \
  @opentelemetry/context-async-hooks@2.12.0 @opentelemetry/sdk-trace-base@2.12.0 @opentelemetry/exporter-trace-otlp-proto@0.203.0 @opentelemetry/core@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const server = createServer((request, response) => {
  request.resume();
  const fails = request.url.includes('completions');
  response.writeHead(fails ? 503 : 200, { 'content-type': 'application/json' }).end(fails ? '{"error":{"message":"overloaded"}}' : '{}');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
Object.assign(process.env, { LANGSMITH_TRACING: 'true', LANGSMITH_OTEL_ENABLED: 'true', LANGSMITH_API_KEY: 'none', LANGSMITH_ENDPOINT: origin });

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
const STATUS = ['UNSET', 'OK', 'ERROR'];
const take = async () => {
  await new Promise((done) => setTimeout(done, 300));
  const [{ status, events, attributes }] = exporter.getFinishedSpans();
  exporter.reset();
  return { status: STATUS[status.code], exceptions: events.filter(({ name }) => name === 'exception').length, level: attributes['langfuse.observation.level'], cost: attributes['langfuse.observation.cost_details'] };
};
const fails = async () => {
  throw new Error('warehouse is closed');
};

const { initializeOTEL } = await import('langsmith/experimental/otel/setup');
initializeOTEL({ globalTracerProvider: provider, skipGlobalContextManagerSetup: true });
const { traceable } = await import('langsmith/traceable');
const { RunTree } = await import('langsmith/run_trees');
await traceable(fails, { name: 'stock', run_type: 'tool' })().catch(() => {});
await RunTree.getSharedClient().awaitPendingTraceBatches();
const langsmith = await take();

const { startActiveObservation } = await import('@langfuse/tracing');
await startActiveObservation('stock', fails, { asType: 'tool' }).catch(() => {});
const langfuseTool = await take();

const { observeOpenAI } = await import('@langfuse/openai');
const { default: OpenAI } = await import('openai');
const client = observeOpenAI(new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` }));
await client.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'hello' }] }).catch(() => {});
const langfuseOpenAI = await take();

console.log({ langsmith, langfuseTool, langfuseOpenAI });
assert.deepEqual(langsmith, { status: 'OK', exceptions: 1, level: undefined, cost: undefined });
assert.deepEqual(langfuseTool, { status: 'ERROR', exceptions: 0, level: undefined, cost: undefined });
assert.deepEqual(langfuseOpenAI, { status: 'UNSET', exceptions: 0, level: 'ERROR', cost: '{"input":0,"output":0,"total":0}' });
process.exit(0);
JS
node probe.mjs
