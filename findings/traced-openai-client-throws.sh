#!/usr/bin/env bash
# Calls that work until somebody turns tracing on: then they throw, and the span says that all went well.
#
# Packages    openai 6.49.0, by itself and with @opentelemetry/instrumentation-openai 0.22.0, @traceloop/instrumentation-openai 0.27.0 and
#             @arizeai/openinference-instrumentation-openai 4.2.7
# Expected    An instrumentation looks on: what a program gets from its client is the same with and without it.
# Seen        OpenTelemetry's own makes `chat.completions.parse`, `responses.parse` and `.asResponse()` throw "Body is unusable: Body has
#             already been read": it reads the body first. Its span of such a call has all tokens, and no error. Traceloop's makes
#             `chat.completions.stream`, `.tee()` and `.toReadableStream()` throw, for it gives back another object in place of the stream.
#             Behind OpenInference's all of them work.
# For readers A trace without an error is no proof that the program got its answer. Structured output that fails "since the last
#             deployment" may fail because it is watched.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 \
  @opentelemetry/instrumentation-openai@0.22.0 @traceloop/instrumentation-openai@0.27.0 @arizeai/openinference-instrumentation-openai@4.2.7 \
  @opentelemetry/api@1.10.0 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { metrics } = require('@opentelemetry/api');
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, input_tokens: 100, output_tokens: 20 };
const text = '{"left":3}';
const choice = { index: 0, message: { role: 'assistant', content: text, refusal: null }, finish_reason: 'stop' };
const output = [{ id: 'm1', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] }];
const piece = (delta, finish_reason) => `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'gpt-5', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const bytes of request) body += bytes;
  if (JSON.parse(body).stream) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`${piece({ role: 'assistant', content: text }, null)}${piece({}, 'stop')}data: [DONE]\n\n`);
    return;
  }
  const answer = request.url.endsWith('/responses')
    ? { id: 'r1', object: 'response', created_at: 1, status: 'completed', model: 'gpt-5', output, usage }
    : { id: 'c1', object: 'chat.completion', created: 1, model: 'gpt-5', choices: [choice], usage };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});

async function main([which, ...broken]) {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let OpenAI;
  if (which !== 'none') {
    const instrumentation = new (require(which).OpenAIInstrumentation)();
    instrumentation.setTracerProvider(provider);
    instrumentation.setMeterProvider(metrics.getMeterProvider());
    instrumentation.enable();
    OpenAI = require('openai');
  }
  OpenAI ??= require('openai');
  const client = new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}/v1` });
  const chat = { model: 'gpt-5', messages: [{ role: 'user', content: 'How many mugs?' }] };
  const read = async (stream) => {
    let pieces = 0;
    for await (const _ of stream) pieces += 1;
    return pieces;
  };
  const calls = {
    create: async () => (await client.chat.completions.create(chat)).choices[0].message.content,
    parse: async () => (await client.chat.completions.parse(chat)).choices[0].message.content,
    asResponse: async () => (await (await client.chat.completions.create(chat).asResponse()).json()).choices[0].message.content,
    responses: async () => (await client.responses.create({ model: 'gpt-5', input: 'How many mugs?' })).output_text,
    responsesParse: async () => (await client.responses.parse({ model: 'gpt-5', input: 'How many mugs?' })).output_text,
    streamHelper: async () => client.chat.completions.stream(chat).finalContent(),
    tee: async () => read((await client.chat.completions.create({ ...chat, stream: true })).tee()[0]),
    toReadableStream: async () => read((await client.chat.completions.create({ ...chat, stream: true })).toReadableStream()),
  };
  const threw = [];
  const silent = [];
  for (const [name, call] of Object.entries(calls)) {
    exporter.reset();
    try {
      assert.ok(await call());
    } catch (error) {
      threw.push(name);
      await new Promise((done) => setTimeout(done, 100));
      const [span] = exporter.getFinishedSpans();
      const tokens = span?.attributes['gen_ai.usage.input_tokens'];
      if (span && span.status.code !== 2) silent.push(name);
      console.log(`  ${name}: ${error.message.slice(0, 60)}; its span: ${span ? `status ${span.status.code}, input tokens ${tokens}` : 'none'}`);
    }
  }
  console.log(`${which}: ${threw.length === 0 ? 'all calls work' : `${threw.join(', ')} throw`}`);
  assert.deepEqual(threw, broken);
  if (which.startsWith('@opentelemetry')) assert.deepEqual(silent, broken, 'the spans of calls that threw say nothing of it');
}
main(process.argv.slice(2)).then(() => process.exit(0), (error) => {
  console.error(error);
  process.exit(1);
});
JS
node probe.cjs none
node probe.cjs @opentelemetry/instrumentation-openai parse asResponse responsesParse
node probe.cjs @traceloop/instrumentation-openai streamHelper tee toReadableStream
node probe.cjs @arizeai/openinference-instrumentation-openai
