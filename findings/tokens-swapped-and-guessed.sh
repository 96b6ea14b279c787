#!/usr/bin/env bash
# 1,200 tokens of input and 40 of output are recorded as 40 and 1,200, as 1 and 1,200, or as 4 and 3 that nobody counted.
#
# Packages    @langtrase/typescript-sdk 6.3.7 with @anthropic-ai/sdk 0.32.1 and openai 4.104.0; openlit 1.15.0 with openai 6.49.0
# Expected    What the provider says of a call, 1,200 and 40, is recorded; where it says nothing (a stream of OpenAI's chat that was not
#             asked for it), nothing is, or a guess that says it is one.
# Seen        Langtrace writes Claude's input as `gen_ai.usage.output_tokens` and its output as `gen_ai.usage.input_tokens`; of a stream it
#             takes both from the first event, so input is 1. Of OpenAI's streams it counts by itself (4 and 3), also where the last chunk of
#             the same stream has the usage. OpenLIT takes the usage where it is, and guesses else (4 and 5). Both write guesses under
#             the same keys as counts, without a mark.
# For readers Output above input on every call of Claude, and prompts of thousands of words that count less than ten, are such numbers.
#             Totals do not help: 40 + 1,200 is 1,200 + 40.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
install() {
  mkdir -p "$1"
  echo '{ "type": "module", "private": true }' > "$1/package.json"
  (cd "$1" && shift && npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps "$@" > /dev/null)
}
install langtrace @langtrase/typescript-sdk@6.3.7 @anthropic-ai/sdk@0.32.1 openai@4.104.0 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@1.26.0
install openlit openlit@1.15.0 @anthropic-ai/sdk@0.109.1 openai@6.49.0 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import * as OpenAI from 'openai';
import * as Anthropic from '@anthropic-ai/sdk';

const usage = { prompt_tokens: 1200, completion_tokens: 40, total_tokens: 1240 };
const counted = { input_tokens: 1200, output_tokens: 40 };
const head = { id: 'c1', created: 1, model: 'gpt-5' };
const message = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-sonnet-5', content: [{ type: 'text', text: 'Three mugs are left.' }], stop_reason: 'end_turn', stop_sequence: null, usage: counted };
const chunk = (choices, more = {}) => ({ ...head, object: 'chat.completion.chunk', choices, ...more });
const claudeStream = [
  { type: 'message_start', message: { ...message, content: [], stop_reason: null, usage: { ...counted, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Three mugs are left.' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 40 } },
  { type: 'message_stop' },
];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const asked = JSON.parse(body);
  const isClaude = request.url.endsWith('/messages');
  if (!asked.stream) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isClaude ? message : { ...head, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: 'Three mugs are left.' }, finish_reason: 'stop' }], usage }));
  const openaiStream = [chunk([{ index: 0, delta: { role: 'assistant', content: 'Three mugs are left.' }, finish_reason: null }]), chunk([{ index: 0, delta: {}, finish_reason: 'stop' }])];
  if (asked.stream_options?.include_usage) openaiStream.push(chunk([], { usage }));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of isClaude ? claudeStream : openaiStream) response.write(`${isClaude ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  response.end(isClaude ? '' : 'data: [DONE]\n\n');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const [which, wanted] = [process.argv[2], JSON.parse(process.argv[3])];
const exporter = new InMemorySpanExporter();
if (which === 'langtrace') {
  process.env.TELEMETRY_ENABLED = 'false';
  const { init } = await import('@langtrase/typescript-sdk');
  init({ api_key: 'none', batch: false, disable_latest_version_check: true, custom_remote_exporter: exporter, instrumentations: { openai: OpenAI, anthropic: Anthropic } });
} else {
  const { default: library } = await import('openlit');
  (library.default ?? library).init({ otlpEndpoint: origin, disableMetrics: true, disableEvents: true, pricingJson: { chat: {} }, instrumentations: { openai: OpenAI, anthropic: Anthropic } });
  const processors = trace.getTracerProvider().getDelegate()._activeSpanProcessor._spanProcessors;
  processors.splice(0, processors.length, new SimpleSpanProcessor(exporter));
}
const openai = new OpenAI.default({ apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` });
const claude = new Anthropic.default({ apiKey: 'none', maxRetries: 0, baseURL: origin });
const read = async (events) => {
  for await (const _ of events);
};
const messages = [{ role: 'user', content: 'How many mugs?' }];
const chat = { model: 'gpt-5', messages };
const ask = { model: 'claude-sonnet-5', max_tokens: 100, messages };
const ways = {
  claude: () => claude.messages.create(ask),
  'claude, streamed': async () => read(await claude.messages.create({ ...ask, stream: true })),
  openai: () => openai.chat.completions.create(chat),
  'openai, streamed': async () => read(await openai.chat.completions.create({ ...chat, stream: true })),
  'openai, streamed with usage': async () => read(await openai.chat.completions.create({ ...chat, stream: true, stream_options: { include_usage: true } })),
};
const seen = {};
for (const [way, call] of Object.entries(ways)) {
  exporter.reset();
  await call();
  await new Promise((done) => setTimeout(done, 200));
  const { attributes } = exporter.getFinishedSpans()[0];
  seen[way] = `${attributes['gen_ai.usage.input_tokens']} ${attributes['gen_ai.usage.output_tokens']}`;
}
console.log(which, 'input and output:', JSON.stringify(seen, null, 1));
assert.deepEqual(seen, wanted);
process.exit(0);
JS
for which in langtrace openlit; do cp probe.mjs $which/; done
(cd langtrace && node probe.mjs langtrace '{"claude":"40 1200","claude, streamed":"1 1200","openai":"1200 40","openai, streamed":"4 3","openai, streamed with usage":"4 3"}')
(cd openlit && node probe.mjs openlit '{"claude":"1200 40","claude, streamed":"1200 41","openai":"1200 40","openai, streamed":"4 5","openai, streamed with usage":"1200 40"}')
