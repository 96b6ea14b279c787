#!/usr/bin/env bash
# What was written to the cache, 60 tokens for five minutes and 40 for an hour, as four recorders of one answer spell it.
#
# Packages    @anthropic-ai/sdk 1.14.0 (traces itself), @arizeai/openinference-instrumentation-anthropic 0.2.8,
#             @traceloop/instrumentation-anthropic 0.27.0 (with SDK 0.109.1: it cannot wrap 1.x), langsmith 0.12.0 (wrapAnthropic)
# Expected    One amount, one name; "input tokens" of the four are the same number.
# Seen        The API says `cache_creation.ephemeral_1h_input_tokens`. The SDK's span has `gen_ai.usage.cache_write.input_tokens` 100
#             and both parts below `anthropic.usage.`; OpenInference `llm.token_count.prompt_details.cache_write` 100, no parts;
#             Traceloop `gen_ai.usage.cache_creation.input_tokens` 100, no parts; LangSmith no sum at all, but
#             `ephemeral_1hr_input_tokens` (with an r). And the input is 1,300 for all but Traceloop, which writes 200, what was
#             neither read from the cache nor written to it, under the same key as the SDK's 1,300.
# For readers The same key with another meaning is told apart by the scope alone. An hour's writing costs more than five minutes': where
#             only the sum is recorded, the price is a guess.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @anthropic-ai/sdk@1.14.0 sdk-before-1@npm:@anthropic-ai/sdk@0.109.1 langsmith@0.12.0 \
  @arizeai/openinference-instrumentation-anthropic@0.2.8 @traceloop/instrumentation-anthropic@0.27.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const usage = {
  input_tokens: 200,
  cache_read_input_tokens: 1000,
  cache_creation_input_tokens: 100,
  cache_creation: { ephemeral_5m_input_tokens: 60, ephemeral_1h_input_tokens: 40 },
  output_tokens: 80,
};
const answer = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-opus-4-7', content: [{ type: 'text', text: 'yes' }], stop_reason: 'end_turn', stop_sequence: null, usage };
const runs = [];
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const isModel = request.url.includes('messages');
  if (!isModel && text) runs.push(JSON.parse(text));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(isModel ? answer : {}));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

const which = process.argv[2];
if (which === 'sdk') provider.register();
const module_ = await import(which === 'traceloop' ? 'sdk-before-1' : '@anthropic-ai/sdk');
const Anthropic = module_.default;
let client = new Anthropic({ apiKey: 'none', maxRetries: 0, baseURL: origin });
if (which === 'openinference' || which === 'traceloop') {
  const package_ = which === 'traceloop' ? '@traceloop/instrumentation-anthropic' : '@arizeai/openinference-instrumentation-anthropic';
  const instrumentation = new (await import(package_)).AnthropicInstrumentation();
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(which === 'traceloop' ? module_ : Anthropic);
  client = new Anthropic({ apiKey: 'none', maxRetries: 0, baseURL: origin });
}
if (which === 'langsmith') {
  process.env.LANGSMITH_TRACING = 'true';
  const { Client } = await import('langsmith');
  const { wrapAnthropic } = await import('langsmith/wrappers/anthropic');
  client = wrapAnthropic(client, { client: new Client({ apiUrl: origin, apiKey: 'none', autoBatchTracing: false }) });
}
await client.messages.create({ model: 'claude-opus-4-7', max_tokens: 50, messages: [{ role: 'user', content: 'Is it?' }] });
await new Promise((done) => setTimeout(done, 600));

const recorded = which === 'langsmith' ? runs.map(({ outputs }) => outputs?.usage_metadata).find(Boolean) : Object.assign({}, ...exporter.getFinishedSpans().map(({ attributes }) => attributes));
const flat = Object.entries({ ...recorded, ...recorded.input_token_details });
const seen = Object.fromEntries(flat.filter(([key, value]) => typeof value === 'number' && /cache_?(write|creation)|ephemeral|input_tokens$|token_count\.prompt$/.test(key) && !/read/.test(key)));
console.log(which, seen);
assert.deepEqual(seen, {
  sdk: {
    'gen_ai.usage.input_tokens': 1300,
    'gen_ai.usage.cache_write.input_tokens': 100,
    'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': 60,
    'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 40,
  },
  openinference: { 'llm.token_count.prompt': 1300, 'llm.token_count.prompt_details.cache_write': 100 },
  traceloop: { 'gen_ai.usage.input_tokens': 200, 'gen_ai.usage.cache_creation.input_tokens': 100 },
  langsmith: { input_tokens: 1300, ephemeral_5m_input_tokens: 60, ephemeral_1hr_input_tokens: 40 },
}[which]);
process.exit(0);
JS
for recorder in sdk openinference traceloop langsmith; do node probe.mjs "$recorder"; done
