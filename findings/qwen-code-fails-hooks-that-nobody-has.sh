#!/usr/bin/env bash
# A run without any hook has a failed hook before and after each tool.
#
# Packages    @qwen-code/qwen-code 0.24.4
# Expected    No hooks are configured, so the telemetry has no span of a hook, or one that says that there was nothing to do. One tool was
#             called and went well, so no span of the run has status ERROR.
# Seen        Two spans `qwen-code.hook`, PreToolUse and PostToolUse, with `success: false`, status ERROR and the message "hook runner
#             returned no output without error detail". The tool and its execution say that all went well.
# For readers A count of failed spans, or a search for status ERROR, finds two failures for each tool of each run. The span of the tool
#             itself is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @qwen-code/qwen-code@0.24.4 > /dev/null 2>&1

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const args = JSON.stringify({ command: 'echo low tide', description: 'Tide', is_background: false });
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (request.url !== '/v1/chat/completions') return response.writeHead(404).end('{}');
  const { messages } = JSON.parse(text);
  const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'run_shell_command', arguments: args } };
  const isAnswered = messages.some(({ role }) => role === 'tool');
  const choices = isAnswered
    ? [{ index: 0, delta: { role: 'assistant', content: 'Low tide it is.' }, finish_reason: 'stop' }]
    : [{ index: 0, delta: { role: 'assistant', tool_calls: [call] }, finish_reason: 'tool_calls' }];
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, usage };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
mkdirSync('home');
const options = ['--auth-type', 'openai', '--yolo', '--telemetry', '--telemetry-outfile', `${process.cwd()}/telemetry.json`];
const env = {
  PATH: process.env.PATH,
  HOME: `${process.cwd()}/home`,
  OPENAI_API_KEY: 'none',
  OPENAI_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
  OPENAI_MODEL: 'm',
};
const child = spawn('node_modules/.bin/qwen', [...options, 'What is the tide?'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
let printed = '';
child.stdout.on('data', (part) => (printed += part));
await new Promise((ended) => child.on('close', ended));
server.closeAllConnections();

const records = readFileSync('telemetry.json', 'utf8').split(/\n(?=\{)/).map((text) => JSON.parse(text));
const spans = records.filter(({ name, _spanContext: context }) => name && context);
const statusOf = (name) => spans.filter((span) => span.name === name).map(({ status }) => status.code);
const hooks = spans.filter(({ name }) => name === 'qwen-code.hook');
const seen = {
  printed: printed.trim(),
  statusOfTools: [...statusOf('qwen-code.tool'), ...statusOf('qwen-code.tool.execution')],
  hooks: hooks.map(({ status, attributes: all }) => [all.hook_event, all.success, status.code, all.error]),
};
console.log(JSON.stringify(seen, null, 1));
const failure = 'hook runner returned no output without error detail';
assert.equal(seen.printed, 'Low tide it is.');
assert.equal(seen.statusOfTools.length, 2);
assert.ok(seen.statusOfTools.every((code) => code !== 2));
assert.deepEqual(seen.hooks, [['PreToolUse', false, 2, failure], ['PostToolUse', false, 2, failure]]);
process.exit(0);
JS
node probe.mjs
