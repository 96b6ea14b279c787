#!/usr/bin/env bash
# A run of four steps is exported as eight spans under four ids, and each says that it is over.
#
# Packages    judgeval 1.2.1 (with the OpenTelemetry that it brings), openai 6.49.0
# Expected    OTLP has no unfinished spans: a span is exported once, when it has ended, and two spans with one id are an error.
# Seen        The tracer exports the span of a function when it begins, when a model call below it begins, and when it is over: an agent
#             with two calls four times, a tool twice. All have an end time, that of the moment, and no sign that more will come; only
#             the attribute `judgment.update_id` counts them. The sum of durations, or of errors, over what arrives is a multiple of what
#             happened.
# For readers Of spans with one id the one with the highest `judgment.update_id` counts. A store that refuses or keeps the first shows spans
#             of 0 ms without an output.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps judgeval@1.2.1 openai@6.49.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import assert from 'node:assert/strict';
import { Tracer, wrap } from 'judgeval';
import OpenAI from 'openai';

const spans = [];
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (request.url.includes('/traces')) {
    const body = JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
    spans.push(...body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
  }
  const usage = { prompt_tokens: 200, completion_tokens: 40, total_tokens: 240 };
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Three.' }, finish_reason: 'stop' }];
  const chat = { id: 'c1', object: 'chat.completion', created: 1, model: 'gpt-5', choices, usage };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.url.endsWith('/completions') ? chat : { project_id: 'p-1', project_created: false }));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
await Tracer.init({ projectName: 'desk', apiUrl: origin, apiKey: 'none', organizationId: 'none' });
const tool = (name) => Tracer.observe(async () => new Promise((done) => setTimeout(() => done({ left: 3 }), 20)), { spanType: 'tool', spanName: name });
const openai = wrap(new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `${origin}/v1` }));
const ask = () => openai.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'How many mugs?' }] });
const desk = Tracer.observe(
  async () => {
    Tracer.setSessionId('s-1');
    await ask();
    await tool('stock')();
    await ask();
    return 'done';
  },
  { spanType: 'agent', spanName: 'desk' },
);
await desk();
await Tracer.shutdown();
await new Promise((done) => setTimeout(done, 200));

const valueOf = (span, key) => Object.values(span.attributes.find((each) => each.key === key)?.value ?? {})[0];
const times = Object.fromEntries(['desk', 'stock', 'OPENAI_API_CALL'].map((name) => [name, spans.filter((span) => span.name === name).map((span) => Number(valueOf(span, 'judgment.update_id')))]));
const outputs = spans.filter((span) => valueOf(span, 'judgment.output') !== undefined).length;
console.log({ spans: spans.length, ids: new Set(spans.map(({ spanId }) => spanId)).size, updates: times, withOutput: outputs });
assert.equal(new Set(spans.map(({ spanId }) => spanId)).size, 4);
assert.ok(spans.every(({ endTimeUnixNano }) => Number(endTimeUnixNano) > 0), 'each says when it ended');
assert.deepEqual({ spans: spans.length, withOutput: outputs, ...times }, JSON.parse(process.argv[2]));
process.exit(0);
JS
node probe.mjs '{"spans":8,"withOutput":4,"desk":[0,1,2,3],"stock":[0,1],"OPENAI_API_CALL":[0,0]}'
