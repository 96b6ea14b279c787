#!/usr/bin/env bash
# What a call of Claude Code cost is logged on the span around it, and no span says it.
#
# Packages    @anthropic-ai/claude-code 2.1.332
# Expected    With traces and logs over OTLP, the cost of a call of the model stands on the span of that call, or in a log record with
#             its ids.
# Seen        Spans have tokens and no cost. The log record `api_request` has `cost_usd`, but the ids of the span around the call, which
#             is the turn (`claude_code.interaction`). Only its attribute `request_id` is that of the call's span.
# For readers Joined by trace and span id, as log records are, all costs of a turn fall on one span and calls seem to be free. They have
#             to be joined by `request_id`.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @anthropic-ai/claude-code@2.1.332 > /dev/null
# The program itself is a package per platform; this links it.
node node_modules/@anthropic-ai/claude-code/install.cjs > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';

const bodies = [];
const receiver = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (!request.url.endsWith('/v1/metrics')) bodies.push(JSON.parse(text));
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});
await new Promise((ready) => receiver.listen(0, '127.0.0.1', ready));

const answers = [
  [{ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'echo low tide' } }],
  [{ type: 'text', text: 'Low tide it is.' }],
];
let turns = 0;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (!request.url.startsWith('/v1/messages?') || !JSON.parse(text || '{}').stream) return response.writeHead(404).end('{}');
  const content = answers[turns] ?? answers[1];
  turns += 1;
  const usage = { input_tokens: 10, cache_read_input_tokens: 500, cache_creation_input_tokens: 0 };
  const stop_reason = content[0].type === 'tool_use' ? 'tool_use' : 'end_turn';
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': `req_${turns}` });
  const event = (type, fields) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  const message = { id: `msg_${turns}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content: [], stop_reason: null, stop_sequence: null };
  event('message_start', { message: { ...message, usage: { ...usage, output_tokens: 1 } } });
  content.forEach((block, index) => {
    const isTool = block.type === 'tool_use';
    event('content_block_start', { index, content_block: isTool ? { ...block, input: {} } : { type: 'text', text: '' } });
    event('content_block_delta', { index, delta: isTool ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) } : { type: 'text_delta', text: block.text } });
    event('content_block_stop', { index });
  });
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 40 } });
  event('message_stop', {});
  response.end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
mkdirSync('home');
const env = {
  PATH: process.env.PATH,
  HOME: `${process.cwd()}/home`,
  ANTHROPIC_BASE_URL: `http://127.0.0.1:${server.address().port}`,
  ANTHROPIC_API_KEY: 'none',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  CLAUDE_CODE_ENABLE_TELEMETRY: '1',
  CLAUDE_CODE_ENHANCED_TELEMETRY_BETA: '1',
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_LOGS_EXPORTER: 'otlp',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${receiver.address().port}`,
  OTEL_LOGS_EXPORT_INTERVAL: '300',
  OTEL_TRACES_EXPORT_INTERVAL: '300',
};
const program = spawn('node_modules/.bin/claude', ['-p', 'Which tide is it?', '--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
let printed = '';
program.stdout.on('data', (part) => (printed += part));
const code = await new Promise((done) => program.on('close', done));
assert.equal(code, 0);

await new Promise((done) => setTimeout(done, 500));

const valuesOf = ({ attributes }) => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
const spans = bodies.flatMap(({ resourceSpans = [] }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans: some }) => some)));
const records = bodies.flatMap(({ resourceLogs = [] }) => resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords)));
const calls = spans.filter(({ name }) => name === 'claude_code.llm_request');
const requests = records.filter((record) => valuesOf(record)['event.name'] === 'api_request');
const seen = {
  calls: calls.length,
  spansWithCost: spans.filter((span) => Object.keys(valuesOf(span)).some((key) => key.includes('cost'))).length,
  loggedOn: requests.map(({ spanId }) => spans.find((span) => span.spanId === spanId)?.name),
  costs: requests.every((record) => Number(valuesOf(record).cost_usd) > 0),
  callsOfTheirRequest: requests.map((record) => calls.filter((call) => valuesOf(call).request_id === valuesOf(record).request_id).length),
};
console.log(seen);
assert.deepEqual(seen, {
  calls: 2,
  spansWithCost: 0,
  loggedOn: ['claude_code.interaction', 'claude_code.interaction'],
  costs: true,
  callsOfTheirRequest: [1, 1],
});
process.exit(0);
JS
node probe.mjs
