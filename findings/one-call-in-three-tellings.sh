#!/usr/bin/env bash
# The same answer costs less or more by which door of one library it came through: two of three forget what was cached.
#
# Packages    @posthog/ai 8.13.1 (posthog-node 5.70.0) with openai 6.49.0, @langchain/openai 1.5.8 (@langchain/core 1.4.0) and
#             @openai/agents 0.8.5
# Expected    1,200 tokens of input of which 1,000 were cached, 60 of output of which 20 were thought: the event `$ai_generation` has the
#             same amounts and the same model from the wrapped client, the handler for LangChain and the processor for the Agents SDK, for
#             costs are computed from them.
# Seen        The wrapped client has all four amounts. The other two have 1,200 and 60, and no word of the cache: the handler takes
#             LangChain's older `tokenUsage`, which has two numbers, before the message's own usage, which has all. The wrapped client and
#             the handler say the model that was asked for, the processor the one that answered.
# For readers A program that moves from one door to another seems to lose its cache, and its calls to become dearer. "No cached tokens" is
#             unknown here, not 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 @posthog/ai@8.13.1 posthog-node@5.70.0 \
  @langchain/core@1.4.0 @langchain/openai@1.5.8 @openai/agents@0.8.5 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { Agent, run, setDefaultOpenAIClient, setOpenAIAPI, setTraceProcessors } from '@openai/agents';
import { ChatOpenAI } from '@langchain/openai';
import { LangChainCallbackHandler } from '@posthog/ai/langchain';
import { OpenAI as WrappedOpenAI } from '@posthog/ai/openai';
import { PostHogTracingProcessor } from '@posthog/ai/openai-agents';
import OpenAI from 'openai';
import { PostHog } from 'posthog-node';

const captured = [];
const usage = { prompt_tokens: 1200, completion_tokens: 60, total_tokens: 1260, prompt_tokens_details: { cached_tokens: 1000 }, completion_tokens_details: { reasoning_tokens: 20 } };
const counted = { input_tokens: 1200, output_tokens: 60, total_tokens: 1260, input_tokens_details: { cached_tokens: 1000 }, output_tokens_details: { reasoning_tokens: 20 } };
const model = 'gpt-5-2026-08-01';
const chat = { id: 'c1', object: 'chat.completion', created: 1, model, choices: [{ index: 0, message: { role: 'assistant', content: 'Three.' }, finish_reason: 'stop' }], usage };
const output = [{ id: 'm', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Three.', annotations: [] }] }];
const response = { id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model, output, usage: counted };
const server = createServer(async (request, reply) => {
  let body = '';
  for await (const part of request) body += part;
  if (request.url.startsWith('/batch')) captured.push(...JSON.parse(body).batch);
  const answer = request.url.endsWith('/chat/completions') ? chat : request.url.endsWith('/responses') ? response : { status: 1 };
  reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const options = { apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` };
const client = new PostHog('none', { host: origin, flushAt: 1, disableCompression: true });

const wrapped = new WrappedOpenAI({ ...options, posthog: client });
await wrapped.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'How many mugs?' }], posthogTraceId: 'client' });
await wrapped.responses.create({ model: 'gpt-5', input: 'How many mugs?', posthogTraceId: 'client, Responses' });
const asked = new ChatOpenAI({ model: 'gpt-5', apiKey: 'none', maxRetries: 0, configuration: { baseURL: options.baseURL } });
const { usage_metadata } = await asked.invoke('How many mugs?', { callbacks: [new LangChainCallbackHandler({ client, distinctId: 'u', traceId: 'LangChain' })] });
assert.equal(usage_metadata.input_token_details.cache_read, 1000, 'LangChain itself has it');
setTraceProcessors([new PostHogTracingProcessor({ client, distinctId: 'u' })]);
setDefaultOpenAIClient(new OpenAI(options));
const ran = await run(new Agent({ name: 'desk', model: 'gpt-5' }), 'How many mugs?');
assert.equal(ran.finalOutput, 'Three.');
await new Promise((done) => setTimeout(done, 300));
await client.shutdown();

const seen = captured
  .filter(({ event }) => event === '$ai_generation')
  .map(({ properties: told }) => {
    const amounts = ['input_tokens', 'cache_read_input_tokens', 'output_tokens', 'reasoning_tokens'].map((name) => told[`$ai_${name}`] ?? '-');
    return `${told.$ai_trace_id.startsWith('trace_') ? 'Agents SDK' : told.$ai_trace_id}: ${amounts.join(' ')} ${told.$ai_model}`;
  });
console.log(seen);
assert.deepEqual(seen, [
  'client: 1200 1000 60 20 gpt-5',
  'client, Responses: 1200 1000 60 20 gpt-5',
  'LangChain: 1200 - 60 - gpt-5',
  'Agents SDK: 1200 - 60 - gpt-5-2026-08-01',
]);
process.exit(0);
JS
node probe.mjs
