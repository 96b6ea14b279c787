#!/usr/bin/env bash
# A workflow, its agent and the agent's tools are recorded as steps of one trace of which none is inside another.
#
# Packages    @keywordsai/tracing 1.0.44 (with the OTLP exporter that it brings)
# Expected    `withWorkflow` around `withAgent` around `withTool`: in the exported trace the tool is below the agent, and the agent below the
#             workflow, as the spans were made.
# Seen        All three are exported without a parent. The SDK takes the parent away from each span that one of its functions made
#             ("Sending user-decorated span as root") before it hands it to the exporter; only spans of instrumentations keep theirs. Of
#             the way down, `traceloop.entity.path` is left, and it says "desk" for the agent and for the tool below it.
# For readers Many roots in one trace, of which the longest lasts as long as all, are one tree that was cut. A sum over roots counts the
#             time of an agent twice, and "which agent called this tool" is answered by times alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @keywordsai/tracing@1.0.44 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const server = createServer((request, response) => request.resume().on('end', () => response.writeHead(200).end()));
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
// What the exporter is given, seen on its way.
const { OTLPTraceExporter } = createRequire(import.meta.url)('@opentelemetry/exporter-trace-otlp-proto');
const made = [];
const { export: send } = OTLPTraceExporter.prototype;
const exported = [];
OTLPTraceExporter.prototype.export = function (spans, done) {
  exported.push(...spans);
  return send.call(this, spans, done);
};
const say = console.log;
console.log = console.info = console.debug = () => {};
const { KeywordsAITelemetry } = await import('@keywordsai/tracing');
const { trace } = createRequire(import.meta.url)('@opentelemetry/api');
const sdk = new KeywordsAITelemetry({ apiKey: 'none', baseURL: `http://127.0.0.1:${server.address().port}`, appName: 'desk', instrumentModules: {} });
await sdk.initialize();
const note = (name) => made.push([name, trace.getActiveSpan().spanContext().spanId, trace.getActiveSpan().parentSpanContext?.spanId ?? trace.getActiveSpan().parentSpanId]);
await sdk.withWorkflow({ name: 'run' }, async () => {
  note('run');
  return sdk.withAgent({ name: 'desk' }, async () => {
    note('desk');
    return sdk.withTool({ name: 'stock' }, async () => {
      note('stock');
      return { left: 3 };
    });
  });
});
await sdk.shutdown();
console.log = say;
const nameOf = (id) => made.find(([, own]) => own === id)?.[0] ?? null;
const asMade = Object.fromEntries(made.map(([name, , parent]) => [name, nameOf(parent)]));
const asSent = Object.fromEntries(exported.map((span) => [nameOf(span.spanContext().spanId), nameOf(span.parentSpanContext?.spanId ?? span.parentSpanId)]));
console.log('parents as made:', asMade, 'as exported:', asSent, 'traces:', new Set(exported.map((span) => span.spanContext().traceId)).size);
assert.deepEqual(asMade, { run: null, desk: 'run', stock: 'desk' });
assert.deepEqual(asSent, { run: null, desk: null, stock: null });
assert.deepEqual(exported.map(({ name, attributes }) => [name, attributes['traceloop.entity.path']]).toSorted(), [
  ['desk.agent', 'desk'],
  ['run.workflow', 'run'],
  ['stock.tool', 'desk'],
]);
process.exit(0);
JS
node probe.mjs
