#!/usr/bin/env bash
# What the OpenAI Agents SDK exports has no model, no messages and no reason of a failure.
#
# Packages    @openai/agents 0.20.0, openai 6.49.0
# Expected    Sensitive data is included by default, so a trace has model, prompt, answer and usage of each model call, and why a tool
#             failed.
# Seen        With the Responses API, the default, a model call is `{ "type": "response", "response_id": "resp_1" }`: the rest is
#             meant to be looked up on the server that answered. The model is named nowhere in the export. Usage is on two kinds of
#             span that the SDK calls "custom": `turn` (that turn) and `task` (the sum of all turns), in spellings of their own
#             (`cached_input_tokens`). With the chat API the same agent exports all of it, and usage once more, inside the raw answer.
#             In both a tool that throws "warehouse is closed" is recorded as "Error details are redacted".
# For readers No price can be worked out for the default; adding up all usage of the chat API counts each token three times.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @openai/agents@0.20.0 openai@6.49.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { Agent, BatchTraceProcessor, getGlobalTraceProvider, OpenAITracingExporter, run, setDefaultOpenAIClient, setOpenAIAPI, setTraceProcessors, tool } from '@openai/agents';
import OpenAI from 'openai';
import { z } from 'zod';

const api = process.argv[2];
const exported = [];
let calls = 0;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const body = JSON.parse(text || '{}');
  response.writeHead(200, { 'content-type': 'application/json' });
  if (request.url.includes('ingest')) {
    exported.push(...body.data);
    response.end('{}');
    return;
  }
  calls += 1;
  const wantsTool = calls === 1;
  const call = { name: 'stock', arguments: '{}' };
  const chat = {
    id: `c${calls}`, object: 'chat.completion', created: 1, model: body.model,
    choices: [{ index: 0, finish_reason: 'stop', message: wantsTool ? { role: 'assistant', content: null, tool_calls: [{ id: 't1', type: 'function', function: call }] } : { role: 'assistant', content: 'closed' } }],
    usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
  };
  const item = wantsTool ? { type: 'function_call', id: 'f1', call_id: 't1', status: 'completed', ...call } : { type: 'message', id: 'm1', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'closed', annotations: [] }] };
  const answer = { id: `resp_${calls}`, object: 'response', created_at: 1, status: 'completed', model: body.model, output: [item], usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 } };
  response.end(JSON.stringify(api === 'responses' ? answer : chat));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
setDefaultOpenAIClient(new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` }));
setOpenAIAPI(api);
setTraceProcessors([new BatchTraceProcessor(new OpenAITracingExporter({ apiKey: 'none', endpoint: `${origin}/ingest` }))]);

const stock = tool({
  name: 'stock',
  description: 'Stock',
  parameters: z.object({}),
  execute: async () => {
    throw new Error('warehouse is closed');
  },
});
await run(new Agent({ name: 'desk', model: 'gpt-5-mini', instructions: 'Be brief.', tools: [stock] }), 'How many mugs?');
await getGlobalTraceProvider().forceFlush();
await new Promise((done) => setTimeout(done, 300));

const text = JSON.stringify(exported);
const spans = exported.filter(({ object }) => object === 'trace.span');
const inputs = [...text.matchAll(/"(?:input|prompt)_tokens":(\d+)/g)].map(([, count]) => Number(count));
const seen = {
  modelSpans: spans.filter(({ span_data: { type } }) => type === 'response' || type === 'generation').map(({ span_data }) => Object.keys(span_data).join()),
  modelIsNamed: text.includes('gpt-5-mini'),
  promptIsThere: text.includes('How many mugs?'),
  inputTokensAddedUp: inputs.reduce((sum, count) => sum + count, 0),
  reasonIsThere: text.includes('warehouse is closed'),
};
console.log(api, seen);
const [first] = seen.modelSpans;
const both = { reasonIsThere: false };
const expected = api === 'responses' ? { modelIsNamed: false, promptIsThere: false, inputTokensAddedUp: 400, ...both } : { modelIsNamed: true, promptIsThere: true, inputTokensAddedUp: 600, ...both };
const { modelSpans, ...rest } = seen;
assert.deepEqual(rest, expected);
assert.equal(modelSpans.length, 2);
if (api === 'responses') assert.equal(first, 'type,response_id');
assert.ok(text.includes('Error details are redacted'));
process.exit(0);
JS
node probe.mjs responses
node probe.mjs chat_completions
