#!/usr/bin/env bash
# Claude Code prints every answer with one output token, and keeps the right count in a file.
#
# Packages    @anthropic-ai/claude-code 2.1.332
# Expected    `claude -p --output-format stream-json` prints what the session file keeps: the same answers with the same usage.
# Seen        The printed lines of an answer carry the usage of `message_start`, so `output_tokens` is 1 and `stop_reason` null, whatever
#             the answer counts at its end (40 here); no later line mends them. The session file has 40 on each line. Only the `result`
#             line has the sum, in `modelUsage` that of agents too. Input and cache counts are right in both.
# For readers Adding up printed answers gives far too little output. The output of a printed answer is unknown, its sum is not.
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
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const answers = [
  [{ type: 'tool_use', id: 'toolu_1', name: 'Bash', input: { command: 'echo low tide' } }],
  [{ type: 'text', text: 'Low tide it is.' }],
];
let calls = 0;
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (!request.url.startsWith('/v1/messages?') || !JSON.parse(text || '{}').stream) return response.writeHead(404).end('{}');
  const content = answers[calls] ?? answers[1];
  calls += 1;
  const usage = { input_tokens: 10, cache_read_input_tokens: 500, cache_creation_input_tokens: 0 };
  const stop_reason = content[0].type === 'tool_use' ? 'tool_use' : 'end_turn';
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (type, fields) => response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
  const message = { id: `msg_${calls}`, type: 'message', role: 'assistant', model: 'claude-sonnet-4-5', content: [], stop_reason: null, stop_sequence: null };
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
};
const program = spawn('node_modules/.bin/claude', ['-p', 'Which tide is it?', '--output-format', 'stream-json', '--verbose', '--allowedTools', 'Bash'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
let printed = '';
program.stdout.on('data', (part) => (printed += part));
const code = await new Promise((done) => program.on('close', done));
assert.equal(code, 0);

const linesOf = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
const files = readdirSync('home/.claude/projects', { recursive: true }).filter((name) => name.endsWith('.jsonl'));
const kept = linesOf(readFileSync(`home/.claude/projects/${files[0]}`, 'utf8'));
const output = (lines) => lines.filter(({ type }) => type === 'assistant').map(({ message }) => message.usage.output_tokens);
const result = linesOf(printed).find(({ type }) => type === 'result');
const seen = {
  printed: output(linesOf(printed)),
  kept: output(kept),
  ofTheRun: Object.values(result.modelUsage).map(({ outputTokens }) => outputTokens),
};
console.log(seen);
assert.deepEqual(seen, { printed: [1, 1], kept: [40, 40], ofTheRun: [80] });
process.exit(0);
JS
node probe.mjs
