#!/usr/bin/env bash
# A streamed answer with a thought and two tool calls is recorded as three answers that end for different reasons.
#
# Packages    @opentelemetry/instrumentation-openai 0.22.0 (with @opentelemetry/api 1.10.0) and openai 6.49.0
# Expected    An answer of the Responses API with a thought and two function calls is one message of three parts with one reason for its end,
#             streamed or not; of 1,200 tokens of input the 1,000 that were cached are told, and what the model was told stands in one
#             place.
# Seen        Not streamed, one log record has the message. Streamed, each item is a record of its own, `gen_ai.output.messages` with one
#             message: the thought ends with "stop", the calls with "tool_call". (The older API says "tool_calls".) Of the usage input and
#             output are recorded, neither the cached nor the reasoning tokens, for which the conventions have names. Instructions stand on
#             the span, and once more in the messages.
# For readers Who takes the first record of a span for its answer sees a model that thought and stopped. System prompts are to be counted
#             once. Cost is computed from full-price input.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 @opentelemetry/instrumentation-openai@0.22.0 \
  @opentelemetry/api@1.10.0 @opentelemetry/sdk-trace-node@2.12.1 @opentelemetry/sdk-logs@3.1.0 > /dev/null

cat > probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { metrics } = require('@opentelemetry/api');
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
const { LoggerProvider } = require('@opentelemetry/sdk-logs');
const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');

const usage = { input_tokens: 1200, output_tokens: 60, total_tokens: 1260, input_tokens_details: { cached_tokens: 1000 }, output_tokens_details: { reasoning_tokens: 20 } };
const call = (name, place) => ({ type: 'function_call', id: `fc_${place}`, call_id: `call_${place}`, name, arguments: '{}', status: 'completed' });
const output = [{ type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Look it up.' }] }, call('stock', 1), call('price', 2)];
const whole = { id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model: 'gpt-5', output, usage };
const events = [
  { type: 'response.created', response: { ...whole, status: 'in_progress', output: [], usage: null } },
  ...output.flatMap((item, output_index) => [
    { type: 'response.output_item.added', output_index, item },
    { type: 'response.output_item.done', output_index, item },
  ]),
  { type: 'response.completed', response: whole },
];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!JSON.parse(body).stream) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  events.forEach((event, sequence_number) => response.write(`event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number })}\n\n`));
  response.end();
});

async function main() {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const records = [];
  const logs = new LoggerProvider({ processors: [{ onEmit: (record) => void records.push(record), forceFlush: async () => {}, shutdown: async () => {} }] });
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
  instrumentation.setTracerProvider(provider);
  instrumentation.setLoggerProvider(logs);
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  const OpenAI = require('openai');
  const client = new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}/v1` });
  const ask = { model: 'gpt-5', instructions: 'Be short.', input: 'How many mugs, and what is one?' };
  const answers = () =>
    records
      .splice(0)
      .flatMap(({ attributes }) => attributes['gen_ai.output.messages'] ?? [])
      .map(({ parts, finish_reason }) => `${parts.map(({ type }) => type).join(' + ')}: ${finish_reason}`);
  await client.responses.create(ask);
  const inputs = records.flatMap(({ attributes }) => attributes['gen_ai.input.messages'] ?? []).map(({ role }) => role);
  const atOnce = answers();
  for await (const _ of await client.responses.create({ ...ask, stream: true }));
  await new Promise((done) => setTimeout(done, 100));
  const streamed = answers();
  const [{ attributes }] = exporter.getFinishedSpans();
  const amounts = Object.entries(attributes).filter(([key]) => key.startsWith('gen_ai.usage.'));
  console.log('at once:', atOnce, 'streamed:', streamed, 'amounts:', amounts, 'told twice:', attributes['gen_ai.system_instructions'], inputs);
  assert.deepEqual(atOnce, ['reasoning + tool_call + tool_call: tool_call']);
  assert.deepEqual(streamed, ['reasoning: stop', 'tool_call: tool_call', 'tool_call: tool_call']);
  assert.deepEqual(amounts, [['gen_ai.usage.input_tokens', 1200], ['gen_ai.usage.output_tokens', 60]]);
  assert.deepEqual([attributes['gen_ai.system_instructions'], inputs], ['Be short.', ['system', 'user']]);
}
main().then(() => process.exit(0), (error) => {
  console.error(error.message);
  process.exit(1);
});
JS
node probe.cjs
