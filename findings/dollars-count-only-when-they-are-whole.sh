#!/usr/bin/env bash
# A cost is shown if it is a whole number of dollars, else as 0; a failed span as a warning; an orphan not at all.
#
# Packages    @opentelemetry/sdk-trace-base 2.12.0 with @opentelemetry/otlp-transformer 0.223.0; @evilmartians/agent-prism-data 0.0.9
# Expected    What the official OTLP/JSON serializer writes, an adapter for "OpenTelemetry" reads.
# Seen        The serializer writes a number as `intValue` if it has no fraction and as `doubleValue` else, so the type of one and the
#             same attribute changes from span to span; NaN and Infinity become `{"doubleValue":null}`; an object, bytes or a bigint
#             as an attribute vanish. The adapter reads text, integers and booleans: $1 + $2 is 3, $0.25 + $0.50 is 0. Status codes,
#             which OTLP/JSON writes as numbers (2), are compared with words ("STATUS_CODE_ERROR"): every span is a "warning". A span
#             whose parent is not in the file is in no list.
# For readers Never test with round numbers. A reader must take both number types for each amount, and both forms of each enum.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @evilmartians/agent-prism-data@0.0.9 @evilmartians/agent-prism-types@0.0.9 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0 @opentelemetry/otlp-transformer@0.223.0 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { openTelemetrySpanAdapter } from '@evilmartians/agent-prism-data';

const exporter = new InMemorySpanExporter();
const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer('shop');
const record = (name, attributes, context = ROOT_CONTEXT, code = SpanStatusCode.OK) => {
  const span = tracer.startSpan(name, { attributes }, context);
  span.setStatus({ code });
  span.end();
};
const cost = (input, output) => ({ 'gen_ai.operation.name': 'chat', 'gen_ai.usage.input_cost': input, 'gen_ai.usage.output_cost': output });
record('chat whole', cost(1, 2));
record('chat cents', cost(0.25, 0.5));
record('chat failed', cost(1, 1), ROOT_CONTEXT, SpanStatusCode.ERROR);
const elsewhere = { traceId: '5b8efff798038103d269b633813fc60c', spanId: '00f067aa0ba902b7', traceFlags: 1, isRemote: true };
record('chat below a span of another service', {}, trace.setSpanContext(ROOT_CONTEXT, elsewhere));
record('odd', { ratio: NaN, size: Infinity, list: { a: 1 }, bytes: new Uint8Array([1]), long: 9007199254740993n });

const json = JSON.parse(new TextDecoder().decode(JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans())));
const spans = json.resourceSpans[0].scopeSpans[0].spans;
const valuesOf = (name) => Object.fromEntries(spans.find((span) => span.name === name).attributes.map(({ key, value }) => [key, value]));
console.log('serialized:', JSON.stringify({ whole: valuesOf('chat whole')['gen_ai.usage.input_cost'], cents: valuesOf('chat cents')['gen_ai.usage.input_cost'], odd: valuesOf('odd') }));
assert.deepEqual(valuesOf('chat whole')['gen_ai.usage.input_cost'], { intValue: 1 });
assert.deepEqual(valuesOf('chat cents')['gen_ai.usage.input_cost'], { doubleValue: 0.25 });
assert.deepEqual(valuesOf('odd'), { ratio: { doubleValue: null }, size: { doubleValue: null } });

const read = openTelemetrySpanAdapter.convertRawDocumentsToSpans([json]).map(({ title, status, cost: dollars }) => ({ title, status, dollars }));
console.log('read:', read);
assert.deepEqual(read.slice(0, 3), [
  { title: 'chat whole', status: 'warning', dollars: 3 },
  { title: 'chat cents', status: 'warning', dollars: 0 },
  { title: 'chat failed', status: 'warning', dollars: 2 },
]);
assert.ok(!read.some(({ title }) => title.includes('another service')));
process.exit(0);
JS
node probe.mjs
