#!/usr/bin/env bash
# A run of the Claude Agent SDK that used more than 5,000 tokens is recorded with 50, beside the cost of all of them.
#
# Packages    @anthropic-ai/claude-agent-sdk 0.3.332 with @arizeai/openinference-instrumentation-claude-agent-sdk 0.3.1
# Expected    The span of `query()` is the only one that has amounts: the sum that the SDK's `result` gives, with what was read from and
#             written to the cache in the prompt, as OpenInference defines it, and of all turns, as the cost is.
# Seen        `llm.token_count.prompt` is `usage.input_tokens` of the last `result`, without the cache, and that counts the last turn alone:
#             an agent that runs in the background ends a first turn with a `result` of its own. `llm.cost.total` of the same span is
#             `total_cost_usd`, which is of the whole run, and so are the amounts in `modelUsage`, which nobody reads. The agent's own tool
#             stands beside the call that sent the agent off, not below it, and no call of the model has a span.
# For readers Money by tokens gives a hundred times the price of the model: both numbers are right, but of different things. In these spans
#             tokens are a lower bound.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @anthropic-ai/claude-agent-sdk@0.3.332 \
  @arizeai/openinference-instrumentation-claude-agent-sdk@0.3.1 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import * as SDK from '@anthropic-ai/claude-agent-sdk';
import { ClaudeAgentSDKInstrumentation } from '@arizeai/openinference-instrumentation-claude-agent-sdk';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const text = (words) => ({ type: 'text', text: words });
const tool = (name, input) => ({ type: 'tool_use', name, input });
const folder = process.cwd();
mkdirSync('home');
writeFileSync('tides.txt', 'low\n');
function answer({ messages }) {
  const turns = messages.filter(({ role }) => role === 'assistant').length;
  if (!JSON.stringify(messages).includes('Which tide is it?')) return turns === 0 ? tool('Read', { file_path: `${folder}/tides.txt` }) : text('Low.');
  return turns === 0 ? tool('Agent', { description: 'Look at the tide', prompt: 'Look at the list', subagent_type: 'general-purpose' }) : text('Low tide.');
}
let calls = 0;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (!request.url.startsWith('/v1/messages?') || !JSON.parse(body || '{}').stream) return response.writeHead(404).end('{}');
  const asked = JSON.parse(body);
  const block = answer(asked);
  calls += 1;
  const usage = { input_tokens: 10, cache_read_input_tokens: 1000, cache_creation_input_tokens: 0 };
  const message = { id: `msg_${calls}`, type: 'message', role: 'assistant', model: asked.model, content: [], stop_reason: null, stop_sequence: null };
  const isTool = block.type === 'tool_use';
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type, fields) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  event('message_start', { message: { ...message, usage: { ...usage, output_tokens: 1 } } });
  event('content_block_start', { index: 0, content_block: isTool ? { ...block, id: `toolu_${calls}`, input: {} } : { type: 'text', text: '' } });
  event('content_block_delta', { index: 0, delta: isTool ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } : { type: 'text_delta', text: block.text } });
  event('content_block_stop', { index: 0 });
  event('message_delta', { delta: { stop_reason: isTool ? 'tool_use' : 'end_turn', stop_sequence: null }, usage: { output_tokens: 40 } });
  event('message_stop', {});
  response.end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
tracerProvider.register();
const { query } = new ClaudeAgentSDKInstrumentation({ tracerProvider }).manuallyInstrument(SDK);
const env = {
  PATH: process.env.PATH,
  HOME: `${folder}/home`,
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${server.address().port}`,
  ANTHROPIC_API_KEY: 'none',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
};
const results = [];
for await (const message of query({ prompt: 'Which tide is it?', options: { cwd: folder, allowedTools: ['Read', 'Agent'], settingSources: [], env } }))
  if (message.type === 'result') results.push(message);
const last = results.at(-1);
const whole = Object.values(last.modelUsage).reduce((sum, each) => sum + each.inputTokens + each.cacheReadInputTokens + each.cacheCreationInputTokens, 0);
const spans = exporter.getFinishedSpans();
const span = spans.find(({ name }) => name === 'ClaudeAgent.query');
const [prompt, completion, cost] = ['token_count.prompt', 'token_count.completion', 'cost.total'].map((key) => span.attributes[`llm.${key}`]);
console.log({ calls, results: results.length, recorded: { prompt, completion, cost }, used: { input: whole, output: calls * 40, cost: last.total_cost_usd } });
console.log(spans.map(({ name, parentSpanContext }) => `${name} ${parentSpanContext ? 'below' : 'root'}`));
assert.equal(whole, calls * 1010, 'the SDK counts each call');
assert.equal(results.length, 2);
assert.deepEqual([prompt, completion, cost], [last.usage.input_tokens, last.usage.output_tokens, last.total_cost_usd]);
assert.ok(whole > 100 * prompt && calls * 40 > 2 * completion);
assert.deepEqual(spans.filter((each) => each !== span).map((each) => each.parentSpanContext.spanId === span.spanContext().spanId), [true, true]);
process.exit(0);
JS
timeout 120 node probe.mjs
