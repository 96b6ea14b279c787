#!/usr/bin/env bash
# Through Bedrock, 1,250 tokens are recorded as 50, as 11 or not at all, by the way of calling the model.
#
# Packages    @aws-sdk/client-bedrock-runtime 3.1164.0 with @opentelemetry/instrumentation-aws-sdk 0.79.0,
#             @arizeai/openinference-instrumentation-bedrock 0.5.1 and @traceloop/instrumentation-bedrock 0.27.0
# Expected    The same answer (10 tokens of input, 1,000 read from the cache, 200 written to it, 40 of output) gives the same amounts whether
#             the program calls Converse, ConverseStream, InvokeModel or its stream.
# Seen        OpenTelemetry's own records 10 and 40 and no cache for all of them, and for the stream of InvokeModel an output of 1: that is
#             what the first event of the stream says, and the last one, which has 40, is not read. OpenInference counts the cache for
#             InvokeModel and leaves it out for Converse, where its total (1,250) is then 1,200 above its parts (10 + 40). Traceloop's spans
#             of Converse have no amount, and no kind either; those of a stream have none.
#             Of a tool call in a stream of InvokeModel OpenInference records the arguments as `{}`, whatever they were.
# For readers Input is 120 times too low where prompts are cached, and moving from InvokeModel to Converse looks like a saving.
#             "Input 10, total 1,250" is the sign: what is beyond the parts is the cache.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @aws-sdk/client-bedrock-runtime@3.1164.0 \
  @opentelemetry/instrumentation-aws-sdk@0.79.0 @arizeai/openinference-instrumentation-bedrock@0.5.1 \
  @traceloop/instrumentation-bedrock@0.27.0 @smithy/eventstream-codec@4.5.2 @smithy/node-http-handler@4.14.2 \
  @opentelemetry/api@1.10.0 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { EventStreamCodec } = require('@smithy/eventstream-codec');
const { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');

const codec = new EventStreamCodec((bytes) => Buffer.from(bytes).toString('utf8'), (text) => Buffer.from(text, 'utf8'));
const header = (value) => ({ type: 'string', value });
const frame = (type, body) =>
  codec.encode({ headers: { ':event-type': header(type), ':content-type': header('application/json'), ':message-type': header('event') }, body: Buffer.from(JSON.stringify(body)) });
const usage = { inputTokens: 10, outputTokens: 40, totalTokens: 1250, cacheReadInputTokens: 1000, cacheWriteInputTokens: 200 };
const claude = { input_tokens: 10, output_tokens: 40, cache_read_input_tokens: 1000, cache_creation_input_tokens: 200 };
const message = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content: [{ type: 'text', text: 'Three.' }], stop_reason: 'end_turn', usage: claude };
const converseEvents = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Three.' } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['messageStop', { stopReason: 'end_turn' }],
  ['metadata', { usage, metrics: { latencyMs: 9 } }],
];
const claudeEvents = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage: { ...claude, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 't1', name: 'stock', input: {} } },
  { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"sku":' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '"mug"}' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
];
const server = createServer((request, response) => {
  request.resume();
  const path = request.url;
  const frames = path.endsWith('/converse-stream')
    ? converseEvents.map(([type, body]) => frame(type, body))
    : claudeEvents.map((event) => frame('chunk', { bytes: Buffer.from(JSON.stringify(event)).toString('base64') }));
  if (path.endsWith('stream')) return void response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' }).end(Buffer.concat(frames));
  const converse = { output: { message: { role: 'assistant', content: [{ text: 'Three.' }] } }, stopReason: 'end_turn', usage, metrics: { latencyMs: 9 } };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(path.endsWith('/converse') ? converse : message));
});

const RECORDERS = {
  OpenTelemetry: ['@opentelemetry/instrumentation-aws-sdk', 'AwsInstrumentation'],
  OpenInference: ['@arizeai/openinference-instrumentation-bedrock', 'BedrockInstrumentation'],
  Traceloop: ['@traceloop/instrumentation-bedrock', 'BedrockInstrumentation'],
};
const amount = (attributes, ...keys) => keys.map((key) => attributes[key]).find((value) => value !== undefined) ?? '-';
const amounts = ({ attributes: all }) =>
  [
    amount(all, 'gen_ai.usage.input_tokens', 'llm.token_count.prompt'),
    amount(all, 'gen_ai.usage.cache_read.input_tokens', 'gen_ai.usage.cache_read_input_tokens', 'llm.token_count.prompt_details.cache_read'),
    amount(all, 'gen_ai.usage.output_tokens', 'llm.token_count.completion'),
    amount(all, 'gen_ai.usage.total_tokens', 'llm.usage.total_tokens', 'llm.token_count.total'),
  ].join(' ');

async function main(which, wanted) {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  const [name, part] = RECORDERS[which];
  const instrumentation = new (require(name)[part])();
  instrumentation.setTracerProvider(provider);
  instrumentation.enable();
  const bedrock = require('@aws-sdk/client-bedrock-runtime');
  const { NodeHttpHandler } = require('@smithy/node-http-handler');
  const client = new bedrock.BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${server.address().port}`,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    requestHandler: new NodeHttpHandler(),
  });
  const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
  const chat = { modelId, messages: [{ role: 'user', content: [{ text: 'How many mugs?' }] }] };
  const body = JSON.stringify({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages: [{ role: 'user', content: 'How many mugs?' }] });
  const read = async (events) => {
    for await (const _ of events);
  };
  const calls = {
    Converse: async () => client.send(new bedrock.ConverseCommand(chat)),
    ConverseStream: async () => read((await client.send(new bedrock.ConverseStreamCommand(chat))).stream),
    InvokeModel: async () => client.send(new bedrock.InvokeModelCommand({ modelId, body })),
    InvokeModelWithResponseStream: async () => read((await client.send(new bedrock.InvokeModelWithResponseStreamCommand({ modelId, body }))).body),
  };
  const seen = {};
  for (const [call, run] of Object.entries(calls)) {
    exporter.reset();
    await run();
    await new Promise((done) => setTimeout(done, 100));
    const span = exporter.getFinishedSpans().find(({ attributes }) => 'gen_ai.request.model' in attributes || 'llm.model_name' in attributes);
    seen[call] = span ? amounts(span) : 'no span';
    const given = span?.attributes['llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments'];
    if (given !== undefined) seen.arguments = given;
  }
  console.log(which, JSON.stringify(seen, null, 1));
  assert.deepEqual(seen, wanted);
}
console.log('input, read from cache, output, total');
main(process.argv[2], JSON.parse(process.argv[3])).then(() => process.exit(0), (error) => {
  console.error(error.message);
  process.exit(1);
});
JS
export NODE_NO_WARNINGS=1
node probe.cjs OpenTelemetry '{"Converse":"10 - 40 -","ConverseStream":"10 - 40 -","InvokeModel":"10 - 40 -","InvokeModelWithResponseStream":"10 - 1 -"}'
node probe.cjs OpenInference '{"Converse":"10 - 40 1250","ConverseStream":"10 - 40 1250","InvokeModel":"10 1000 40 -","InvokeModelWithResponseStream":"10 1000 40 -","arguments":"{}"}'
node probe.cjs Traceloop '{"Converse":"- - - -","ConverseStream":"- - - -","InvokeModel":"10 - 40 50","InvokeModelWithResponseStream":"- - - -"}'
