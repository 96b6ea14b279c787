#!/usr/bin/env bash
# Qwen Code prints what Claude Code prints, and means something else by `input_tokens`.
#
# Packages    @qwen-code/qwen-code 0.24.4
# Expected    `--output-format stream-json` has the lines of Claude Code (`system`, `assistant`, `user`, `result`, with Anthropic's messages
#             and usage), so they mean the same: `input_tokens` without what came from the cache, each answer under one message id, and
#             lines of one answer that each repeat its usage.
# Seen        `input_tokens` has the cached tokens in it, 1,200 of which 1,000 are `cache_read_input_tokens` as well. One answer with a
#             thought, words and a call is three lines with three message ids; the first two say that it used 0 and 0 tokens.
# For readers Who adds up what Anthropic's fields mean counts 2,200 tokens of input for 1,200, and three model calls for one. A message id
#             that is also the `uuid` of its line tells the two programs apart.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts @qwen-code/qwen-code@0.24.4 > /dev/null 2>&1

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';

const args = JSON.stringify({ command: 'echo low tide', description: 'Tide', is_background: false });
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (request.url !== '/v1/chat/completions') return response.writeHead(404).end('{}');
  const { messages } = JSON.parse(text);
  const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'run_shell_command', arguments: args } };
  const deltas = messages.some(({ role }) => role === 'tool')
    ? [{ role: 'assistant', content: 'Low tide it is.' }]
    : [{ role: 'assistant', reasoning_content: 'Look it up.' }, { content: 'A moment.' }, { tool_calls: [call] }];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (choices, more) => {
    const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...more };
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  for (const delta of deltas) send([{ index: 0, delta, finish_reason: null }]);
  send([{ index: 0, delta: {}, finish_reason: deltas.length > 1 ? 'tool_calls' : 'stop' }]);
  const usage = { prompt_tokens: 1200, completion_tokens: 10, total_tokens: 1210, prompt_tokens_details: { cached_tokens: 1000 } };
  send([], { usage });
  response.end('data: [DONE]\n\n');
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
mkdirSync('home');
const env = {
  PATH: process.env.PATH,
  HOME: `${process.cwd()}/home`,
  OPENAI_API_KEY: 'none',
  OPENAI_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`,
  OPENAI_MODEL: 'm',
};
const options = ['--auth-type', 'openai', '--yolo', '--output-format', 'stream-json', 'What is the tide?'];
const child = spawn('node_modules/.bin/qwen', options, { env, stdio: ['ignore', 'pipe', 'ignore'] });
let printed = '';
child.stdout.on('data', (part) => (printed += part));
await new Promise((ended) => child.on('close', ended));
server.closeAllConnections();

const lines = printed.trim().split('\n').map((line) => JSON.parse(line));
const at = lines.findIndex(({ type }) => type === 'user');
const first = lines.slice(0, at).filter(({ type }) => type === 'assistant');
const seen = {
  blocks: first.map(({ message }) => message.content.map(({ type }) => type).join()),
  ids: new Set(first.map(({ message }) => message.id)).size,
  namedAfterTheLine: first.every(({ uuid, message }) => message.id === uuid),
  input: first.map(({ message }) => message.usage.input_tokens),
  fromTheCache: first.at(-1).message.usage.cache_read_input_tokens,
};
console.log(JSON.stringify(seen, null, 1));
assert.deepEqual(seen, {
  blocks: ['thinking', 'text', 'tool_use'],
  ids: 3,
  namedAfterTheLine: true,
  input: [0, 0, 1200],
  fromTheCache: 1000,
});
process.exit(0);
JS
node probe.mjs
