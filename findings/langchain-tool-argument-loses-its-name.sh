#!/usr/bin/env bash
# A tool with one text argument is recorded without the argument's name; one optional argument more, and the name is back.
#
# Packages    @arizeai/openinference-instrumentation-langchain 4.1.1, @langchain/core 1.4.0
# Expected    `input.value` of a tool span has the arguments of the call: `{"city":"Oslo"}`. A tool that says that it failed
#             (a message with status "error") is a failed span.
# Seen        Of one tool, `{ city: "Oslo" }` arrives as the text `Oslo` (`text/plain`), `{ city: "Oslo", unit: "C" }` as JSON with both
#             names; one number stays JSON. So two calls of one tool differ in shape, and `{ city: "Oslo" }` and
#             `{ country: "Oslo" }` are recorded alike. The result is a serialized message four levels deep, with an id that is
#             another at each call: equal results are never equal texts. A tool that answers with status "error" ends with
#             status OK.
# For readers Compare the content of the message, not the text; the span above or the model's own call has the argument's name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @arizeai/openinference-instrumentation-langchain@4.1.1 \
  @langchain/core@1.4.0 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import * as callbackManager from '@langchain/core/callbacks/manager';
import { ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

const exporter = new InMemorySpanExporter();
const tracerProvider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
new LangChainInstrumentation({ tracerProvider }).manuallyInstrument(callbackManager);

const text = z.string().optional();
const schema = z.object({ city: text, country: text, unit: text, days: z.number().optional() });
const weather = tool(async () => 'rain', { name: 'weather', description: 'Weather', schema });
const noCity = tool(async (_, { toolCall }) => new ToolMessage({ tool_call_id: toolCall.id, status: 'error', content: 'no such city' }), { name: 'weather', description: 'Weather', schema });
let calls = 0;
const call = (which, args) => which.invoke({ type: 'tool_call', id: `call_${(calls += 1)}`, name: 'weather', args });
await call(weather, { city: 'Oslo' });
await call(weather, { country: 'Oslo' });
await call(weather, { city: 'Oslo', unit: 'C' });
await call(weather, { days: 3 });
await call(noCity, { city: 'Oslo' });

const spans = exporter.getFinishedSpans();
const seen = spans.map(({ attributes, status }) => ({ input: attributes['input.value'], type: attributes['input.mime_type'], status: status.code }));
console.log(seen);
console.log(spans[0].attributes['output.value']);
assert.deepEqual(
  seen.map(({ input, type }) => [input, type]),
  [
    ['Oslo', 'text/plain'],
    ['Oslo', 'text/plain'],
    ['{"city":"Oslo","unit":"C"}', 'application/json'],
    ['{"days":3}', 'application/json'],
    ['Oslo', 'text/plain'],
  ],
);
const results = spans.map(({ attributes }) => JSON.parse(attributes['output.value']).output.kwargs);
assert.deepEqual(results.map(({ content }) => content), ['rain', 'rain', 'rain', 'rain', 'no such city']);
assert.notEqual(spans[0].attributes['output.value'], spans[1].attributes['output.value']);
assert.deepEqual([results[4].status, spans[4].status.code], ['error', 1]);
process.exit(0);
JS
node probe.mjs
