#!/usr/bin/env bash
# A converter turns every span it does not know into a model call, and drops the newest name of an amount.
#
# Packages    @arizeai/openinference-genai 0.3.10, @anthropic-ai/sdk 1.14.0
# Expected    A span without any `gen_ai.*` attribute gets no kind of an LLM trace. What the Anthropic SDK records of a call arrives
#             whole: of 1,300 input tokens 1,000 were read from the cache and 100 written to it.
# Seen        A database query, an HTTP request and a span without attributes all get `openinference.span.kind` = "LLM". Of the
#             call, `gen_ai.usage.cache_write.input_tokens`, as the SDK writes it now, is dropped; the older
#             `gen_ai.usage.cache_creation.input_tokens` would arrive. The written tokens, dearer than all others, then look
#             like plain input: a bill too low.
# For readers Kind LLM alone is no proof of a model call: look for a model or usage. A kind that was guessed should say so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @arizeai/openinference-genai@0.3.10 @anthropic-ai/sdk@1.14.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { convertGenAISpanAttributesToOpenInferenceSpanAttributes as convert } from '@arizeai/openinference-genai';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const others = {
  query: { 'db.system.name': 'postgresql', 'db.query.text': 'select 1' },
  request: { 'http.request.method': 'GET', 'url.full': 'https://example.com/' },
  nothing: {},
};
const kinds = Object.fromEntries(Object.entries(others).map(([name, attributes]) => [name, convert(attributes)['openinference.span.kind']]));
console.log('kinds:', kinds);
assert.deepEqual(kinds, { query: 'LLM', request: 'LLM', nothing: 'LLM' });

const usage = { input_tokens: 200, cache_creation_input_tokens: 100, cache_read_input_tokens: 1000, output_tokens: 80 };
const message = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-opus-4-7', content: [{ type: 'text', text: 'yes' }], stop_reason: 'end_turn', usage };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(message));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const { default: Anthropic } = await import('@anthropic-ai/sdk');
const client = new Anthropic({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}` });
await client.messages.create({ model: 'claude-opus-4-7', max_tokens: 50, messages: [{ role: 'user', content: 'Is it?' }] });
const [{ attributes }] = exporter.getFinishedSpans();
const amounts = (all, pattern) => Object.fromEntries(Object.entries(all).filter(([key]) => pattern.test(key)));
console.log('recorded: ', amounts(attributes, /^gen_ai\.usage/));
console.log('converted:', amounts(convert(attributes), /token_count/));
assert.equal(attributes['gen_ai.usage.cache_write.input_tokens'], 100);
assert.deepEqual(amounts(convert(attributes), /token_count/), {
  'llm.token_count.prompt': 1300,
  'llm.token_count.completion': 80,
  'llm.token_count.total': 1380,
  'llm.token_count.prompt_details.cache_read': 1000,
});
const older = convert({ 'gen_ai.usage.cache_creation.input_tokens': 100 });
assert.equal(older['llm.token_count.prompt_details.cache_write'], 100);
process.exit(0);
JS
node probe.mjs
