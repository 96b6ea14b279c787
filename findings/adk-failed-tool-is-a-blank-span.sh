#!/usr/bin/env bash
# Two parallel tool calls of which one throws give three tool spans, and the failed one is blank.
#
# Packages    @google/adk 2.0.0
# Expected    Two spans of operation `execute_tool`; the failed one with status ERROR, its name, arguments and the error.
# Seen        Three. The tool that threw has a name of span and nothing else: no attribute, no event, status unset. The third,
#             `execute_tool (merged)`, is no call at all: the kit records with it how it joined both answers, under the tool name
#             "(merged tools)" and with the arguments "N/A". Only in its JSON one finds that a tool failed. Model spans last until the
#             tools they asked for are done (tools are their children), and `gen_ai.usage.output_tokens` leaves out the thoughts,
#             which only the JSON of the answer has: 80 where 130 are paid for.
# For readers Counting tool spans counts one too many, counting errors one too few; the time of a model call has its tools in it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @google/adk@2.0.0 zod@4.6.7 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { z } from 'zod';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const usageMetadata = { promptTokenCount: 1200, candidatesTokenCount: 80, thoughtsTokenCount: 50, totalTokenCount: 1330 };
const calls = ['stock', 'weather'].map((name) => ({ functionCall: { id: `id-${name}`, name, args: { of: 'mugs' } } }));
const turns = [calls, [{ text: 'Seven degrees.' }]];
const server = createServer((request, response) => {
  request.resume();
  const candidates = [{ content: { role: 'model', parts: turns.shift() }, finishReason: 'STOP' }];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ candidates, usageMetadata }));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
process.env.GOOGLE_GEMINI_BASE_URL = `http://127.0.0.1:${server.address().port}`;
console.log = ((log) => (...words) => /\[ADK\]/.test(words.join(' ')) || log(...words))(console.log);
console.info = () => {};

const exporter = new InMemorySpanExporter();
new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const { FunctionTool, Gemini, InMemoryRunner, LlmAgent } = await import('@google/adk');
const tool = (name, execute) => new FunctionTool({ name, description: name, parameters: z.object({ of: z.string() }), execute });
const tools = [
  tool('stock', async () => {
    throw new Error('warehouse is closed');
  }),
  tool('weather', async () => ({ celsius: 7 })),
];
const agent = new LlmAgent({ name: 'desk', model: new Gemini({ model: 'gemini-3-flash', apiKey: 'none' }), instruction: 'Answer.', tools });
const runner = new InMemoryRunner({ agent, appName: 'shop' });
await runner.sessionService.createSession({ appName: 'shop', userId: 'u', sessionId: 's' });
for await (const _ of runner.runAsync({ userId: 'u', sessionId: 's', newMessage: { role: 'user', parts: [{ text: 'Well?' }] } }));

const spans = exporter.getFinishedSpans();
const ids = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
const toolSpans = Object.fromEntries(
  spans
    .filter(({ name }) => name.startsWith('execute_tool'))
    .map(({ name, attributes, status, events, parentSpanContext }) => [
      name,
      { tool: attributes['gen_ai.tool.name'], arguments: attributes['gcp.vertex.agent.tool_call_args'], attributes: Object.keys(attributes).length, status: status.code, events: events.length, parent: ids.get(parentSpanContext.spanId) },
    ]),
);
console.log(toolSpans);
const failed = toolSpans['execute_tool stock'];
assert.deepEqual(Object.keys(toolSpans).sort(), ['execute_tool (merged)', 'execute_tool stock', 'execute_tool weather']);
assert.deepEqual(failed, { tool: undefined, arguments: undefined, attributes: 0, status: 0, events: 0, parent: 'call_llm' });
assert.equal(toolSpans['execute_tool (merged)'].arguments, 'N/A');
const [model] = spans.filter(({ name }) => name === 'call_llm');
console.log('output tokens of a model call:', model.attributes['gen_ai.usage.output_tokens']);
assert.equal(model.attributes['gen_ai.usage.output_tokens'], 80);
process.exit(0);
JS
node probe.mjs
