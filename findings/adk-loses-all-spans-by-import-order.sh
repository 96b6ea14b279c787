#!/usr/bin/env bash
# Whether the Agent Development Kit writes any span depends on the order of imports.
#
# Packages    @google/adk 2.0.0, @opentelemetry/api 1.9.1
# Expected    A tracer that is made before a provider is registered starts to record when one is: that is what the proxies of the
#             OpenTelemetry API are for.
# Seen        The kit asks for @opentelemetry/api exactly 1.9.0, so beside any newer one it gets a copy of its own, and it makes its
#             tracer while it is loaded. The proxy of that copy never hears of a provider that another copy registers. Loaded after
#             the provider, a run gives 3 spans; loaded before it (as every static `import` at the top of a file is), none, without
#             a warning.
# For readers "No spans of the agent, but spans of HTTP around it" may be this, and no fault of the exporter.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @google/adk@2.0.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const answer = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'yes' }] }, finishReason: 'STOP' }],
  usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 2, totalTokenCount: 22 },
};
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
process.env.GOOGLE_GEMINI_BASE_URL = `http://127.0.0.1:${server.address().port}`;
console.info = () => {};
console.log = ((log) => (...words) => /\[ADK\]/.test(words.join(' ')) || log(...words))(console.log);

const exporter = new InMemorySpanExporter();
const register = () => new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
const first = process.argv[2];
if (first === 'provider') register();
const { Gemini, InMemoryRunner, LlmAgent } = await import('@google/adk');
if (first === 'kit') register();

const agent = new LlmAgent({ name: 'desk', model: new Gemini({ model: 'gemini-3-flash', apiKey: 'none' }), instruction: 'Answer.' });
const runner = new InMemoryRunner({ agent, appName: 'shop' });
await runner.sessionService.createSession({ appName: 'shop', userId: 'u', sessionId: 's' });
let events = 0;
const run = runner.runAsync({ userId: 'u', sessionId: 's', newMessage: { role: 'user', parts: [{ text: 'Is it?' }] } });
for await (const event of run) events += event.content ? 1 : 0;
const names = exporter.getFinishedSpans().map(({ name }) => name);
const own = JSON.parse(readFileSync('node_modules/@google/adk/node_modules/@opentelemetry/api/package.json', 'utf8')).version;
console.log(`${first} first: ${events} answer, spans ${JSON.stringify(names)} (its own API: ${own})`);
const expected = first === 'provider' ? ['call_llm', 'invoke_agent desk', 'invocation'] : [];
process.exit(events === 1 && own === '1.9.0' && JSON.stringify(names) === JSON.stringify(expected) ? 0 : 1);
JS
node probe.mjs provider
node probe.mjs kit
