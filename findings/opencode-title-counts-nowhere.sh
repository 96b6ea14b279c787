#!/usr/bin/env bash
# Of three calls that a session of OpenCode paid for, two are counted.
#
# Packages    opencode-ai 1.18.33
# Expected    The tokens and the cost of a session, as `opencode export` writes them, are those of all calls that it made.
# Seen        The model is called three times: for a title, for an answer with a tool, and for the answer after it. The session's own sum,
#             its messages and what `opencode run --format json` prints have the last two. The call for the title has a price too, and it
#             stands nowhere. The sum over messages is that of the session, so nothing looks amiss. Besides, a prompt with a space reaches
#             the model, and the record, in quotation marks that nobody typed.
# For readers The bill of a provider is higher than the sum over sessions by one call for each session, here a third of the input.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts opencode-ai@1.18.33 > /dev/null 2>&1
# The program itself is a package per platform; this links it.
(cd node_modules/opencode-ai && node postinstall.mjs > /dev/null)

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const args = JSON.stringify({ command: 'echo low tide', description: 'Tide' });
const sent = [];
const prompts = new Set();
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  if (request.url !== '/v1/chat/completions') return response.writeHead(404).end('{}');
  const { messages, tools } = JSON.parse(text);
  const user = messages.findLast(({ role }) => role === 'user');
  if (tools?.length) prompts.add(typeof user.content === 'string' ? user.content : user.content[0].text);
  const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'bash', arguments: args } };
  const words = tools?.length ? 'Low tide it is.' : 'Tides';
  const isAnswer = !tools?.length || messages.some(({ role }) => role === 'tool');
  const choices = isAnswer
    ? [{ index: 0, delta: { role: 'assistant', content: words }, finish_reason: 'stop' }]
    : [{ index: 0, delta: { role: 'assistant', tool_calls: [call] }, finish_reason: 'tool_calls' }];
  const usage = { prompt_tokens: 1000, completion_tokens: 10, total_tokens: 1010 };
  sent.push(usage.prompt_tokens);
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices, usage };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
mkdirSync('home');
mkdirSync('desk');
const options = { baseURL: `http://127.0.0.1:${server.address().port}/v1`, apiKey: 'none' };
const model = { name: 'm', cost: { input: 1000, output: 0 }, limit: { context: 100_000, output: 1000 } };
const provider = { npm: '@ai-sdk/openai-compatible', name: 'local', options, models: { m: model } };
writeFileSync('desk/opencode.json', JSON.stringify({ model: 'local/m', small_model: 'local/m', provider: { local: provider } }));
const env = {
  PATH: process.env.PATH,
  HOME: `${process.cwd()}/home`,
  OPENCODE_DISABLE_MODELS_FETCH: '1',
  OPENCODE_DISABLE_AUTOUPDATE: '1',
};
const program = `${process.cwd()}/node_modules/.bin/opencode`;
const run = async (...given) => {
  const child = spawn(program, given, { cwd: 'desk', env, stdio: ['ignore', 'pipe', 'ignore'] });
  let printed = '';
  child.stdout.on('data', (part) => (printed += part));
  await new Promise((ended) => child.on('close', ended));
  return printed;
};
const lines = (await run('run', '--format', 'json', 'What tide?')).trim().split('\n').map((line) => JSON.parse(line));
const { info, messages } = JSON.parse(await run('export', lines[0].sessionID));
server.closeAllConnections();

const sum = (numbers) => numbers.reduce((all, number) => all + number, 0);
const answers = messages.filter((message) => message.info.role === 'assistant');
const seen = {
  calls: sent.length,
  title: info.title,
  inputSent: sum(sent),
  inputOfTheSession: info.tokens.input,
  inputOfMessages: sum(answers.map((message) => message.info.tokens.input)),
  inputPrinted: sum(lines.flatMap(({ part }) => part?.tokens?.input ?? [])),
  dollars: info.cost,
  prompts: [...prompts],
};
console.log(JSON.stringify(seen, null, 1));
assert.deepEqual(seen, {
  calls: 3,
  title: 'Tides',
  inputSent: 3000,
  inputOfTheSession: 2000,
  inputOfMessages: 2000,
  inputPrinted: 2000,
  dollars: 2,
  prompts: ['"What tide?"'],
});
process.exit(0);
JS
node probe.mjs
