#!/usr/bin/env bash
# An agent that called its model three times leaves one model span, which has the tokens of the last call.
#
# Packages    @voltagent/core 2.10.0 with ai 6.0.326 and @ai-sdk/openai 3.0.141
# Expected    One model span for each call of the model, with its prompt, its answer and its tokens, as the AI SDK below records them.
# Seen        One span `llm:generateText` around all three. Its messages are those of the first call, its finish reason and its tokens those
#             of the last; the tool spans stand beside it though they ran inside its time. Only the agent's span has the sum. The tokens of
#             the first two calls stand nowhere by themselves.
# For readers Sums over model spans are too low by every round but the last, here 1,000 of 6,000 tokens of input are left; the calls per run
#             are always one, and an agent that goes in circles looks like one slow call.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @voltagent/core@2.10.0 ai@6.0.326 @ai-sdk/openai@3.0.141 \
  zod@4.6.7 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { createOpenAI } from '@ai-sdk/openai';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

globalThis.AI_SDK_LOG_WARNINGS = false;
const ask = (id, sku) => ({ role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name: 'stock', arguments: JSON.stringify({ sku }) } }] });
const turns = [
  [ask('t1', 'mug'), 'tool_calls', 3000],
  [ask('t2', 'cup'), 'tool_calls', 2000],
  [{ role: 'assistant', content: 'Three mugs, no cup.' }, 'stop', 1000],
];
let calls = 0;
const server = createServer((request, response) => {
  request.resume();
  const [message, finish_reason, prompt_tokens] = turns[calls++];
  const usage = { prompt_tokens, completion_tokens: 10, total_tokens: prompt_tokens + 10 };
  const answer = { id: `c${calls}`, object: 'chat.completion', created: 1, model: 'gpt-5', choices: [{ index: 0, message, finish_reason }], usage };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
// It asks a list of models on the net what each can do; nothing here leaves the machine.
const own = fetch;
globalThis.fetch = (url, init) => (new URL(url).hostname === '127.0.0.1' ? own(url, init) : Promise.resolve(new Response('{}')));

const { Agent, createTool, VoltAgentObservability } = await import('@voltagent/core');
const exporter = new InMemorySpanExporter();
const observability = new VoltAgentObservability({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const openai = createOpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}/v1` });
const stock = createTool({ name: 'stock', description: 'Stock', parameters: z.object({ sku: z.string() }), execute: async ({ sku }) => ({ left: sku === 'mug' ? 3 : 0 }) });
const agent = new Agent({ name: 'desk', instructions: 'Count.', model: openai.chat('gpt-5'), tools: [stock], memory: false, observability });
await agent.generateText('Mugs and cups?');
await observability.forceFlush();

const spans = exporter.getFinishedSpans();
const models = spans.filter(({ attributes }) => attributes['span.type'] === 'llm');
const run = spans.find(({ name }) => name === 'desk');
const tools = spans.filter(({ attributes }) => attributes['span.type'] === 'tool');
const seen = {
  calls,
  modelSpans: models.map(({ attributes: all }) => ({ messages: JSON.parse(all['llm.messages']).length, input: all['llm.usage.prompt_tokens'], finish: all['llm.finish_reason'] })),
  toolSpansBelowTheAgent: tools.filter(({ parentSpanContext }) => parentSpanContext.spanId === run.spanContext().spanId).length,
  inputOfTheAgent: run.attributes['usage.prompt_tokens'],
};
console.log(JSON.stringify(seen, null, 1));
assert.deepEqual(seen, { calls: 3, modelSpans: [{ messages: 2, input: 1000, finish: 'stop' }], toolSpansBelowTheAgent: 2, inputOfTheAgent: 6000 });
process.exit(0);
JS
node probe.mjs
