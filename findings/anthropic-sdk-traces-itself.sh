#!/usr/bin/env bash
# The Anthropic SDK records its own calls, and an instrumentation records them again.
#
# Packages    @anthropic-ai/sdk 1.14.0 with @arizeai/openinference-instrumentation-anthropic 0.2.8
# Expected    One span for each call. Who wants spans of the SDK itself asks for them.
# Seen        A registered tracer provider is enough: the SDK writes a span `anthropic.messages.create` with the usage for each call,
#             without content. With the instrumentation there are two model spans for each call. For `create` the second is a child
#             of the first. For `messages.stream()` it is not: it is the root of a trace of its own, so no sum over one trace shows
#             that the same 1,300 input tokens are recorded twice.
# For readers Two model spans with the same response id are one call, also across traces.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @anthropic-ai/sdk@1.14.0 \
  @arizeai/openinference-instrumentation-anthropic@0.2.8 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const usage = { input_tokens: 200, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 80 };
const message = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-opus-4-7', content: [{ type: 'text', text: 'yes' }], stop_reason: 'end_turn', stop_sequence: null, usage };
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!JSON.parse(body).stream) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (type, fields) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  send('message_start', { message: { ...message, content: [], stop_reason: null } });
  send('content_block_start', { index: 0, content_block: { type: 'text', text: '' } });
  send('content_block_delta', { index: 0, delta: { type: 'text_delta', text: 'yes' } });
  send('content_block_stop', { index: 0 });
  send('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 80 } });
  send('message_stop', {});
  response.end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
const { default: Anthropic } = await import('@anthropic-ai/sdk');
if (process.argv[2] === 'instrumented') {
  const { AnthropicInstrumentation } = await import('@arizeai/openinference-instrumentation-anthropic');
  new AnthropicInstrumentation({ tracerProvider }).manuallyInstrument(Anthropic);
}
const client = new Anthropic({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}` });
const request = { model: 'claude-opus-4-7', max_tokens: 50, messages: [{ role: 'user', content: 'Is it?' }] };
const seen = {};
for (const [how, call] of Object.entries({ create: () => client.messages.create(request), stream: () => client.messages.stream(request).finalMessage() })) {
  exporter.reset();
  await call();
  await new Promise((done) => setTimeout(done, 200));
  const spans = exporter.getFinishedSpans();
  const ids = new Set(spans.map((span) => span.spanContext().spanId));
  const input = ({ attributes }) => attributes['gen_ai.usage.input_tokens'] ?? attributes['llm.token_count.prompt'];
  seen[how] = {
    spans: spans.length,
    traces: new Set(spans.map((span) => span.spanContext().traceId)).size,
    nested: spans.filter(({ parentSpanContext }) => ids.has(parentSpanContext?.spanId)).length,
    inputTokens: spans.map(input),
  };
}
console.log(process.argv[2], seen);
const expected = {
  plain: { create: { spans: 1, traces: 1, nested: 0, inputTokens: [1300] }, stream: { spans: 1, traces: 1, nested: 0, inputTokens: [1300] } },
  instrumented: { create: { spans: 2, traces: 1, nested: 1, inputTokens: [1300, 1300] }, stream: { spans: 2, traces: 2, nested: 0, inputTokens: [1300, 1300] } },
};
assert.deepEqual(seen, expected[process.argv[2]]);
process.exit(0);
JS
node probe.mjs plain
node probe.mjs instrumented
