#!/usr/bin/env bash
# Two tools asked for at once, in a stream: recorded as one tool with both names, as two without arguments, or as the second alone.
#
# Packages    openai 6.49.0 with @arizeai/openinference-instrumentation-openai 4.2.7; @anthropic-ai/sdk 0.109.1 with
#             @traceloop/instrumentation-anthropic 0.27.0; both with openlit 1.15.0
# Expected    An answer that calls `stock` with {"sku":"mug"} and `price` with {"sku":"cup"} is recorded so, streamed or not, and with the
#             40 tokens of output that the provider counts.
# Seen        Not streamed, all do that. Streamed, OpenInference glues the pieces of both calls of OpenAI together: one call of
#             `stockprice` with the id `call_1call_2` and arguments that are no JSON. Traceloop has both calls of Claude with the arguments
#             {}. OpenLIT has Claude's second call alone, and 41 tokens: it adds the one that the first event of a stream counts to the last
#             event's sum, which has it. Of OpenAI's stream OpenLIT has both.
# For readers A call of a tool that does not exist, or one without arguments before a tool span that has some, is the recorder's. That an
#             agent calls tools without arguments "since we stream" is no finding about the agent.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 @anthropic-ai/sdk@0.109.1 openlit@1.15.0 \
  @arizeai/openinference-instrumentation-openai@4.2.7 @traceloop/instrumentation-anthropic@0.27.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import * as OpenAI from 'openai';
import * as Anthropic from '@anthropic-ai/sdk';

const calls = [{ id: 'call_1', name: 'stock', args: { sku: 'mug' } }, { id: 'call_2', name: 'price', args: { sku: 'cup' } }];
const halves = (args) => [JSON.stringify(args).slice(0, 6), JSON.stringify(args).slice(6)];
const usage = { prompt_tokens: 200, completion_tokens: 40, total_tokens: 240 };
const head = { id: 'c1', created: 1, model: 'gpt-5' };
const chunk = (delta, reason = null) => ({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] });
const openaiStream = [
  chunk({ role: 'assistant', content: null }),
  ...calls.flatMap(({ id, name, args }, index) => [
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
    ...halves(args).map((part) => chunk({ tool_calls: [{ index, function: { arguments: part } }] })),
  ]),
  chunk({}, 'tool_calls'),
  { ...head, object: 'chat.completion.chunk', choices: [], usage },
];
const tool_calls = calls.map(({ id, name, args }) => ({ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }));
const openaiWhole = { ...head, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls }, finish_reason: 'tool_calls' }], usage };
const content = calls.map(({ id, name, args }) => ({ type: 'tool_use', id, name, input: args }));
const claudeWhole = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-sonnet-5', content, stop_reason: 'tool_use', stop_sequence: null, usage: { input_tokens: 200, output_tokens: 40 } };
const claudeStream = [
  { type: 'message_start', message: { ...claudeWhole, content: [], stop_reason: null, usage: { input_tokens: 200, output_tokens: 1 } } },
  ...content.flatMap((block, index) => [
    { type: 'content_block_start', index, content_block: { ...block, input: {} } },
    ...halves(block.input).map((partial_json) => ({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json } })),
    { type: 'content_block_stop', index },
  ]),
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const isClaude = request.url.endsWith('/messages');
  if (!JSON.parse(body).stream) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isClaude ? claudeWhole : openaiWhole));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of isClaude ? claudeStream : openaiStream) response.write(`${isClaude ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  response.end(isClaude ? '' : 'data: [DONE]\n\n');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const [which, wanted] = [process.argv[2], JSON.parse(process.argv[3])];
const exporter = new InMemorySpanExporter();
const processor = new SimpleSpanProcessor(exporter);
if (which === 'openlit') {
  const { default: library } = await import('openlit');
  // Its own exporter sends to the same server, which takes it for a call and is not heard.
  (library.default ?? library).init({ otlpEndpoint: origin, disableMetrics: true, disableEvents: true, pricingJson: { chat: {} }, instrumentations: { openai: OpenAI, anthropic: Anthropic } });
  const provider = trace.getTracerProvider().getDelegate();
  const processors = provider._activeSpanProcessor._spanProcessors;
  processors.splice(0, processors.length, processor);
} else {
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  const part = which.includes('openai') ? 'OpenAIInstrumentation' : 'AnthropicInstrumentation';
  const instrumentation = new (await import(which))[part]();
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(which.includes('openai') ? OpenAI.default : Anthropic);
}
const openai = new OpenAI.default({ apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` });
const claude = new Anthropic.default({ apiKey: 'none', maxRetries: 0, baseURL: origin });
const read = async (events) => {
  for await (const _ of events);
};
const messages = [{ role: 'user', content: 'How many mugs, and what is a cup?' }];
const ways = {
  openai: () => openai.chat.completions.create({ model: 'gpt-5', messages }),
  'openai, streamed': async () => read(await openai.chat.completions.create({ model: 'gpt-5', messages, stream: true, stream_options: { include_usage: true } })),
  claude: () => claude.messages.create({ model: 'claude-sonnet-5', max_tokens: 100, messages }),
  'claude, streamed': async () => read(await claude.messages.create({ model: 'claude-sonnet-5', max_tokens: 100, messages, stream: true })),
};
function callsIn({ attributes }) {
  const output = attributes['gen_ai.output.messages'];
  const flat = 'llm.output_messages.0.message.tool_calls.';
  const found = output
    ? JSON.parse(output)[0].parts.filter(({ type }) => type === 'tool_call').map(({ name, arguments: args }) => [name, args])
    : [0, 1].flatMap((place) => {
        const name = attributes[`${flat}${place}.tool_call.function.name`];
        return name ? [[name, attributes[`${flat}${place}.tool_call.function.arguments`]]] : [];
      });
  return found.map(([name, args]) => `${name} ${typeof args === 'string' ? args : JSON.stringify(args)}`);
}
const seen = {};
for (const way of Object.keys(wanted)) {
  exporter.reset();
  await ways[way]();
  await new Promise((done) => setTimeout(done, 200));
  const [span] = exporter.getFinishedSpans();
  seen[way] = [...callsIn(span), span.attributes['gen_ai.usage.output_tokens'] ?? span.attributes['llm.token_count.completion'] ?? '-'];
}
console.log(which, JSON.stringify(seen, null, 1));
assert.deepEqual(seen, wanted);
process.exit(0);
JS
right='["stock {\"sku\":\"mug\"}","price {\"sku\":\"cup\"}",40]'
node probe.mjs @arizeai/openinference-instrumentation-openai \
  "{\"openai\":$right,\"openai, streamed\":[\"stockprice {\\\"sku\\\":\\\"mug\\\"}{\\\"sku\\\":\\\"cup\\\"}\",\"-\"]}"
node probe.mjs @traceloop/instrumentation-anthropic "{\"claude\":$right,\"claude, streamed\":[\"stock {}\",\"price {}\",40]}"
node probe.mjs openlit "{\"openai\":$right,\"openai, streamed\":$right,\"claude\":$right,\"claude, streamed\":[\"price {\\\"sku\\\":\\\"cup\\\"}\",41]}"
