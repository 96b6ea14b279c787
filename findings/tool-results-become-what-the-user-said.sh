#!/usr/bin/env bash
# In the second turn of a call the model's tool call and the tool's answer are recorded as words of the user, or not at all.
#
# Packages    openai 6.49.0 with @posthog/ai 8.13.1 (posthog-node 5.70.0), @traceloop/instrumentation-openai 0.27.0 and
#             @arizeai/openinference-instrumentation-openai 4.2.7; @google/genai 1.52.0 with @posthog/ai
# Expected    OpenAI's Responses: the input of the turn is a question of the user, a call of the model (`function_call`) and a result of the tool
#             (`function_call_output`), with `instructions` before them, and each recorder says who said which.
# Seen        OpenInference does. PostHog's wrapper makes of each item a message `{ role: "user", content }` with the item as JSON text.
#             Traceloop makes of the whole list one message of the user with the list as JSON text, and leaves out the instructions. In a
#             chat of the older API both keep the roles. Of Gemini's history PostHog's wrapper keeps the texts alone: call and result are
#             messages without content.
# For readers "The user wrote JSON" and "the agent never called a tool" are not to be believed where a response id begins with `resp_`. The
#             text of such a message can be read again: it is a list of items, or one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 @posthog/ai@8.13.1 posthog-node@5.70.0 @google/genai@1.52.0 \
  @traceloop/instrumentation-openai@0.27.0 @arizeai/openinference-instrumentation-openai@4.2.7 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import OpenAI from 'openai';

const captured = [];
const usage = { input_tokens: 200, output_tokens: 40, total_tokens: 240 };
const output = [{ id: 'm', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Three.', annotations: [] }] }];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  if (request.url.startsWith('/batch')) captured.push(...JSON.parse(body).batch);
  const gemini = { candidates: [{ content: { role: 'model', parts: [{ text: 'Three.' }] }, finishReason: 'STOP' }], modelVersion: 'gemini-3-flash' };
  if (request.url.includes(':generateContent')) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(gemini));
  const answer = request.url.endsWith('/responses') ? { id: 'resp_1', object: 'response', created_at: 1, status: 'completed', model: 'gpt-5', output, usage } : { status: 1 };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const [which, wanted] = [process.argv[2], JSON.parse(process.argv[3])];
const options = { apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` };
const exporter = new InMemorySpanExporter();
let client;
let finish = () => new Promise((done) => setTimeout(done, 200));
if (which.startsWith('@posthog/ai')) {
  const { PostHog } = await import('posthog-node');
  const posthog = new PostHog('none', { host: origin, flushAt: 1, disableCompression: true });
  if (which === '@posthog/ai/gemini') client = new (await import(which)).PostHogGoogleGenAI({ apiKey: 'none', posthog, httpOptions: { baseUrl: origin } });
  else client = new (await import('@posthog/ai/openai')).OpenAI({ ...options, posthog });
  finish = () => posthog.shutdown();
} else {
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  const instrumentation = new (await import(which)).OpenAIInstrumentation();
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(OpenAI);
  client = new OpenAI(options);
}
const askGemini = async () => {
  const contents = [
    { role: 'user', parts: [{ text: 'How many mugs?' }] },
    { role: 'model', parts: [{ functionCall: { name: 'stock', args: { sku: 'mug' } } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'stock', response: { left: 3 } } }] },
  ];
  const { text } = await client.models.generateContent({ model: 'gemini-3-flash', contents, config: { systemInstruction: 'Be short.' } });
  return { output_text: text };
};
const askOpenAI = () => client.responses.create({
  model: 'gpt-5',
  instructions: 'Be short.',
  input: [
    { role: 'user', content: 'How many mugs?' },
    { type: 'function_call', call_id: 'call_1', name: 'stock', arguments: '{"sku":"mug"}' },
    { type: 'function_call_output', call_id: 'call_1', output: '{"left":3}' },
  ],
});
const { output_text } = await (which === '@posthog/ai/gemini' ? askGemini() : askOpenAI());
assert.equal(output_text, 'Three.');
await finish();

function said() {
  const told = (content) => (Array.isArray(content) ? content.map(({ text }) => text).join(' ') : content);
  if (which.startsWith('@posthog/ai')) return captured[0].properties.$ai_input.map(({ role, content }) => `${role}: ${told(content)}`);
  const { attributes } = exporter.getFinishedSpans()[0];
  if (attributes['gen_ai.input.messages']) return JSON.parse(attributes['gen_ai.input.messages']).map(({ role, parts }) => `${role}: ${parts[0].content}`);
  return [0, 1, 2, 3].map((place) => {
    const of = (key) => attributes[`llm.input_messages.${place}.message.${key}`];
    return `${of('role')}: ${of('content') ?? of('contents.0.message_content.text') ?? of('tool_calls.0.tool_call.function.name')}`;
  });
}
const seen = said();
console.log(which, seen);
assert.deepEqual(seen, wanted);
process.exit(0);
JS
call='{\"type\":\"function_call\",\"call_id\":\"call_1\",\"name\":\"stock\",\"arguments\":\"{\\\"sku\\\":\\\"mug\\\"}\"}'
result='{\"type\":\"function_call_output\",\"call_id\":\"call_1\",\"output\":\"{\\\"left\\\":3}\"}'
node probe.mjs @arizeai/openinference-instrumentation-openai '["system: Be short.","user: How many mugs?","assistant: stock","tool: {\"left\":3}"]'
node probe.mjs @posthog/ai "[\"system: Be short.\",\"user: How many mugs?\",\"user: $call\",\"user: $result\"]"
node probe.mjs @traceloop/instrumentation-openai "[\"user: [{\\\"role\\\":\\\"user\\\",\\\"content\\\":\\\"How many mugs?\\\"},$call,$result]\"]"
node probe.mjs @posthog/ai/gemini '["system: Be short.","user: How many mugs?","model: ","user: "]'
