#!/usr/bin/env bash
# One event name carries a tool's arguments on one span and its result on another.
#
# Packages    @strands-agents/sdk 1.19.0 (its default conventions)
# Expected    `gen_ai.tool.message` is what OpenTelemetry's conventions said: the message with the RESULT that goes back to the model.
#             A tool call looks the same wherever it is recorded.
# Seen        On a tool span `gen_ai.tool.message` holds the ARGUMENTS, and `gen_ai.choice`, elsewhere the answer of a model, the
#             result. On a model span `gen_ai.tool.message` holds the result. The same call is written in two shapes:
#             `{"type":"toolUse","name":…}` in the choice of the call, `{"toolUse":{"name":…}}` in the history of the next one.
#             `gen_ai.system`, which should name the provider, is "strands-agents" on every span, whatever model answers.
# For readers The event alone does not say what it is; the operation of its span does. A price list finds no provider.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @strands-agents/sdk@1.19.0 @modelcontextprotocol/sdk@1.32.2 \
  @google/genai@2.32.0 zod@4.6.7 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

const turns = [[{ functionCall: { id: 't1', name: 'stock', args: { sku: 'mug' } } }], [{ text: 'Three.' }]];
const server = createServer((request, response) => {
  request.resume();
  const answer = { candidates: [{ content: { role: 'model', parts: turns.shift() }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 3, totalTokenCount: 12 } };
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(answer)}\n\n`);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const { Agent, tool } = await import('@strands-agents/sdk');
const { GoogleModel } = await import('@strands-agents/sdk/models/google');
const baseUrl = `http://127.0.0.1:${server.address().port}`;
const model = new GoogleModel({ modelId: 'gemini-3-flash', apiKey: 'none', clientConfig: { httpOptions: { baseUrl } } });
const stock = tool({ name: 'stock', description: 'Stock', inputSchema: z.object({ sku: z.string() }), callback: async () => ({ left: 3 }) });
await new Agent({ model, tools: [stock], printer: false }).invoke('How many mugs?');

const spans = exporter.getFinishedSpans();
const eventsOf = (operation, name) => spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] === operation).flatMap(({ events }) => events.filter((event) => event.name === name)).map(({ attributes }) => attributes.content ?? attributes.message);
const seen = {
  toolSpan: { 'gen_ai.tool.message': eventsOf('execute_tool', 'gen_ai.tool.message'), 'gen_ai.choice': eventsOf('execute_tool', 'gen_ai.choice') },
  modelSpans: { 'gen_ai.tool.message': eventsOf('chat', 'gen_ai.tool.message'), 'gen_ai.choice': eventsOf('chat', 'gen_ai.choice'), 'gen_ai.assistant.message': eventsOf('chat', 'gen_ai.assistant.message') },
  systems: [...new Set(spans.map(({ attributes }) => attributes['gen_ai.system']).filter(Boolean))],
};
console.log(JSON.stringify(seen, null, 2));
assert.deepEqual(JSON.parse(seen.toolSpan['gen_ai.tool.message'][0]), { sku: 'mug' });
assert.deepEqual(JSON.parse(seen.toolSpan['gen_ai.choice'][0]), [{ json: { left: 3 } }]);
assert.ok(JSON.parse(seen.modelSpans['gen_ai.tool.message'][0])[0].toolResult);
assert.equal(JSON.parse(seen.modelSpans['gen_ai.choice'][0])[0].type, 'toolUse');
assert.ok(JSON.parse(seen.modelSpans['gen_ai.assistant.message'][0])[0].toolUse);
assert.deepEqual(seen.systems, ['strands-agents']);
process.exit(0);
JS
node probe.mjs
