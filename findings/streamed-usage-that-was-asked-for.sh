#!/usr/bin/env bash
# The usage of a streamed chat is thrown away even when the program asked for it.
#
# Packages    openai 6.49.0 with @arizeai/openinference-instrumentation-openai 4.2.7, @traceloop/instrumentation-openai 0.27.0 and
#             @langfuse/openai 5.11.1 (with @langfuse/otel 5.11.1)
# Expected    With `stream_options: { include_usage: true }` the last chunk has the usage, with an empty list of choices. All three
#             see the chunk pass, so all three record 1,204 input and 80 output tokens.
# Seen        Only Langfuse does. OpenInference and Traceloop record text and finish reason of the same stream and no token; both
#             also leave the status unset, where OpenInference sets OK on a call that is not streamed.
# For readers A streamed call without tokens says nothing about what the program knew. Cost per call falls to zero on the day a
#             program turns streaming on: that is no saving.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 \
  @arizeai/openinference-instrumentation-openai@4.2.7 @traceloop/instrumentation-openai@0.27.0 \
  @langfuse/openai@5.11.1 @langfuse/otel@5.11.1 @langfuse/tracing@5.11.1 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import OpenAI from 'openai';

const usage = { prompt_tokens: 1204, completion_tokens: 80, total_tokens: 1284 };
const chunk = (choices, more) => `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-5', choices, ...more })}\n\n`;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk([{ index: 0, delta: { role: 'assistant', content: 'Good day.' }, finish_reason: null }]));
  response.write(chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]));
  response.end(`${chunk([], { usage })}data: [DONE]\n\n`);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
const which = process.argv[2];
let client = new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}/v1` });
if (which === '@langfuse/openai') {
  client = (await import(which)).observeOpenAI(client);
} else {
  const instrumentation = new (await import(which)).OpenAIInstrumentation();
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(OpenAI);
}
const request = { model: 'gpt-5', messages: [{ role: 'user', content: 'hello' }], stream: true, stream_options: { include_usage: true } };
let asked = null;
for await (const part of await client.chat.completions.create(request)) asked = part.usage ?? asked;
assert.deepEqual(asked, usage, 'the program itself gets the usage');
await new Promise((done) => setTimeout(done, 200));

const [span] = exporter.getFinishedSpans();
const text = JSON.stringify(span.attributes);
assert.ok(text.includes('Good day.'), 'the text of the stream is recorded');
const tokens = Object.entries(span.attributes).filter(([key, value]) => /usage|token_count/.test(key) && /1204/.test(String(value)));
console.log(`${which}: usage recorded: ${tokens.length > 0 ? JSON.stringify(tokens) : 'none'}; status code ${span.status.code}`);
process.exit(tokens.length > 0 === (which === '@langfuse/openai') ? 0 : 1);
JS
for package in @arizeai/openinference-instrumentation-openai @traceloop/instrumentation-openai @langfuse/openai; do
  node probe.mjs "$package"
done
