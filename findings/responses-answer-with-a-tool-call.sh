#!/usr/bin/env bash
# A model says a word before it calls a tool, and the tool call is gone from the trace.
#
# Packages    openai 6.49.0 with @traceloop/instrumentation-openai 0.27.0, @langfuse/openai 5.11.1 (with @langfuse/otel 5.11.1) and
#             @arizeai/openinference-instrumentation-openai 4.2.7
# Expected    An answer of the Responses API with a message AND a function call is recorded with both, by each of the three.
# Seen        Traceloop and Langfuse keep only the text ("Let me look."). With a function call alone Langfuse records the call,
#             Traceloop nothing. Of the same answer streamed Langfuse has both, Traceloop neither. OpenInference has all of it in all
#             three cases. Traceloop leaves out `instructions` too.
# For readers A tool span after a model call that seems to have called nothing is normal. Do not conclude that the model was done.
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

const message = { type: 'message', id: 'm1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Let me look.', annotations: [] }] };
const call = { type: 'function_call', id: 'f1', call_id: 'call_1', name: 'count_mugs', arguments: '{"shelf":4711}', status: 'completed' };
const outputs = { both: [message, call], alone: [call] };
const tools = [{ type: 'function', name: 'count_mugs', description: 'Counts', parameters: { type: 'object', properties: {} }, strict: false }];
const responseOf = (output) => ({ id: 'r1', object: 'response', created_at: 1, status: 'completed', model: 'gpt-5-mini', instructions: 'Count with care.', output, tools, usage: { input_tokens: 20, output_tokens: 9, total_tokens: 29 } });
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const { input, stream } = JSON.parse(text);
  const answer = responseOf(outputs[input]);
  response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' });
  if (!stream) return response.end(JSON.stringify(answer));
  const send = (data) => response.write(`event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`);
  send({ type: 'response.created', sequence_number: 0, response: { ...answer, status: 'in_progress', output: [] } });
  answer.output.forEach((item, output_index) => send({ type: 'response.output_item.done', sequence_number: output_index + 1, output_index, item }));
  send({ type: 'response.completed', sequence_number: 9, response: answer });
  response.end();
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
const seen = {};
const request = { model: 'gpt-5-mini', instructions: 'Count with care.', tools };
for (const [name, input, stream] of [['both', 'both', false], ['alone', 'alone', false], ['streamed', 'both', true]]) {
  exporter.reset();
  const answer = await client.responses.create({ ...request, input, stream });
  if (stream) for await (const _ of answer);
  await new Promise((done) => setTimeout(done, 200));
  const text = JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes));
  seen[name] = { text: text.includes('Let me look.'), call: text.includes('4711'), instructions: text.includes('Count with care.') };
}
console.log(which, seen);
const all = { text: true, call: true, instructions: true };
const expected = {
  '@arizeai/openinference-instrumentation-openai': { both: all, alone: { ...all, text: false }, streamed: all },
  '@traceloop/instrumentation-openai': {
    both: { text: true, call: false, instructions: false },
    alone: { text: false, call: false, instructions: false },
    streamed: { text: false, call: false, instructions: false },
  },
  '@langfuse/openai': { both: { ...all, call: false }, alone: { ...all, text: false }, streamed: all },
};
assert.deepEqual(seen, expected[which]);
process.exit(0);
JS
for package in @traceloop/instrumentation-openai @langfuse/openai @arizeai/openinference-instrumentation-openai; do
  node probe.mjs "$package"
done
