#!/usr/bin/env bash
# Two readers of one convention: a call that ended with tool calls, or at its limit, arrives as "stop".
#
# Packages    @mastra/core 1.71.0, @mastra/observability 1.17.9, @mastra/otel-exporter 1.4.0; @arizeai/openinference-genai 0.3.10
# Expected    `gen_ai.response.finish_reasons` is a list of words: one wrote it, the other reads it.
# Seen        Mastra writes JSON text, `["length"]` as one string. OpenInference's converter takes only lists, and where there is none
#             it writes "stop", also for an empty list. So an answer cut off at its limit is recorded as a finished one. The
#             same Mastra span says that a model which only called a tool answered with an empty text; the call is on its parent, in
#             `mastra.model_step.output`. And `mastra.completion_start_time` of each call is that of the first call: the first token
#             of the second call lies before the call began.
# For readers A finish reason may be JSON text; "stop" may be nobody's word. A first token before its call is none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @mastra/core@1.71.0 @mastra/observability@1.17.9 \
  @mastra/otel-exporter@1.4.0 @opentelemetry/exporter-trace-otlp-http@0.218.0 @arizeai/openinference-genai@0.3.10 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { convertGenAISpanAttributesToOpenInferenceSpanAttributes as convert } from '@arizeai/openinference-genai';
import { Mastra } from '@mastra/core';
import { Agent } from '@mastra/core/agent';
import { createTool } from '@mastra/core/tools';
import { Observability } from '@mastra/observability';
import { OtelExporter } from '@mastra/otel-exporter';
import { z } from 'zod';

const bodies = [];
let calls = 0;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  response.writeHead(200, { 'content-type': 'application/json' });
  if (!request.url.includes('completions')) {
    if (request.url.includes('traces')) bodies.push(JSON.parse(text));
    response.end('{}');
    return;
  }
  calls += 1;
  const tool_calls = [{ id: 't1', type: 'function', function: { name: 'stock', arguments: '{}' } }];
  const first = { index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls } };
  const second = { index: 0, finish_reason: 'length', message: { role: 'assistant', content: 'There are' } };
  await new Promise((done) => setTimeout(done, 50));
  response.end(JSON.stringify({ id: `c${calls}`, object: 'chat.completion', created: 1, model: 'gpt-5-mini', choices: [calls === 1 ? first : second], usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 } }));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const stock = createTool({ id: 'stock', description: 'Stock', inputSchema: z.object({}), execute: async () => ({ left: 3 }) });
const agent = new Agent({ id: 'desk', name: 'desk', instructions: 'Be brief.', model: { id: 'openai/gpt-5-mini', url: `${origin}/v1`, apiKey: 'none' }, tools: { stock } });
const exporter = new OtelExporter({ provider: { custom: { endpoint: `${origin}/v1/traces`, protocol: 'http/json' } } });
const observability = new Observability({ configs: { otel: { serviceName: 'shop', exporters: [exporter] } } });
await new Mastra({ agents: { desk: agent }, logger: false, observability }).getAgent('desk').generate('How many mugs?');
await observability.shutdown();

const plain = (value) => Object.values(value)[0];
const models = bodies
  .flatMap(({ resourceSpans }) => resourceSpans)
  .flatMap(({ scopeSpans }) => scopeSpans)
  .flatMap(({ spans }) => spans)
  .map((span) => ({ ...span, map: Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)])) }))
  .filter(({ map }) => map['mastra.span.type'] === 'model_inference')
  .sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
const seen = models.map(({ map, startTimeUnixNano }) => ({
  written: map['gen_ai.response.finish_reasons'],
  converted: convert(map)['llm.finish_reason'],
  answer: map['gen_ai.output.messages'],
  firstTokenAfterStart: Date.parse(map['mastra.completion_start_time']) - Number(BigInt(startTimeUnixNano) / 1_000_000n) >= 0,
}));
console.log(seen);
console.log('a list:', convert({ 'gen_ai.response.finish_reasons': ['length'] })['llm.finish_reason'], ' an empty list:', convert({ 'gen_ai.response.finish_reasons': [] })['llm.finish_reason']);
assert.deepEqual(seen.map(({ written }) => written), ['["tool-calls"]', '["length"]']);
assert.deepEqual(seen.map(({ converted }) => converted), ['stop', 'stop']);
assert.deepEqual(JSON.parse(seen[0].answer), [{ role: 'assistant', parts: [{ type: 'text', content: '' }] }]);
assert.deepEqual(seen.map(({ firstTokenAfterStart }) => firstTokenAfterStart), [true, false]);
assert.equal(convert({ 'gen_ai.response.finish_reasons': ['length'] })['llm.finish_reason'], 'length');
assert.equal(convert({ 'gen_ai.response.finish_reasons': [] })['llm.finish_reason'], 'stop');
process.exit(0);
JS
node probe.mjs
