#!/usr/bin/env bash
# Of two tool results in one message only the last is recorded.
#
# Packages    @anthropic-ai/sdk 1.14.0 with @arizeai/openinference-instrumentation-anthropic 0.2.8; @arizeai/openinference-genai 0.3.10
# Expected    Claude wants the results of parallel tool calls in ONE user message. A trace shows both results, each with the id of its
#             call, and that one of them is an error.
# Seen        OpenInference has one `message.tool_call_id` and one `message.content` for a message, so the second result overwrites
#             the first: the model "never saw" the weather, and answers with it. `is_error` is gone too. The converter from
#             OpenTelemetry's own attributes splits such a message if its role is `tool`, and loses all but the last if it is `user`,
#             which is how the Anthropic SDK and Strands write it.
# For readers A tool call without a result in the next prompt need not be lost or still running; look at `input.value`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @anthropic-ai/sdk@1.14.0 \
  @arizeai/openinference-instrumentation-anthropic@0.2.8 @arizeai/openinference-genai@0.3.10 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { AnthropicInstrumentation } from '@arizeai/openinference-instrumentation-anthropic';
import { convertGenAISpanAttributesToOpenInferenceSpanAttributes as convert } from '@arizeai/openinference-genai';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const answer = { id: 'm1', type: 'message', role: 'assistant', model: 'claude-opus-4-7', content: [{ type: 'text', text: '7 degrees' }], stop_reason: 'end_turn', usage: { input_tokens: 9, output_tokens: 3 } };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
new AnthropicInstrumentation({ tracerProvider }).manuallyInstrument(Anthropic);

const client = new Anthropic({ apiKey: 'none', maxRetries: 0, openTelemetry: false, baseURL: `http://127.0.0.1:${server.address().port}` });
await client.messages.create({
  model: 'claude-opus-4-7',
  max_tokens: 50,
  messages: [
    { role: 'user', content: 'Weather and tide?' },
    { role: 'assistant', content: ['weather', 'tide'].map((name) => ({ type: 'tool_use', id: `call_${name}`, name, input: {} })) },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'call_weather', content: '7 degrees' },
        { type: 'tool_result', tool_use_id: 'call_tide', content: 'no tide table', is_error: true },
      ],
    },
  ],
});
const [{ attributes }] = exporter.getFinishedSpans();
const results = (all) => Object.fromEntries(Object.entries(all).filter(([key]) => /input_messages\.\d+\.message\.(tool_call_id|content)$/.test(key) && !/\.0\.message\.content/.test(key)));
const recorded = results(attributes);
console.log('instrumentation:', recorded);
assert.deepEqual(recorded, { 'llm.input_messages.2.message.tool_call_id': 'call_tide', 'llm.input_messages.2.message.content': 'no tide table' });
assert.ok(!Object.entries(attributes).some(([key, value]) => key !== 'input.value' && /is_error/.test(key + value)));

const response = (id, text) => ({ type: 'tool_call_response', id, response: text });
const converted = (role) => {
  const messages = [{ role, parts: [response('call_weather', '7 degrees'), response('call_tide', 'no tide table')] }];
  const attributes = convert({ 'gen_ai.operation.name': 'chat', 'gen_ai.input.messages': JSON.stringify(messages) });
  return Object.entries(attributes).filter(([key]) => key.endsWith('tool_call_id')).map(([, value]) => value);
};
console.log('converter, role tool:', converted('tool'), 'role user:', converted('user'));
assert.deepEqual(converted('tool'), ['call_weather', 'call_tide']);
assert.deepEqual(converted('user'), ['call_tide']);
process.exit(0);
JS
node probe.mjs
