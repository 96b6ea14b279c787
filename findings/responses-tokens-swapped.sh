#!/usr/bin/env bash
# Input and output tokens change places, when a program moves from the chat API to the Responses API.
#
# Packages    opik 2.0.40 with opik-openai 1.11.14 and openai 6.49.0
# Expected    Both APIs of OpenAI answer with 1,100 tokens of input and 40 of output, under different names. Both calls are recorded alike,
#             as calls of a model (`type: "llm"`), and the trace of a call that failed has the error.
# Seen        The chat call is right. The Responses call has `prompt_tokens: 40` and `completion_tokens: 1100`; only the copy of the answer's
#             own words beside it (`original_usage.input_tokens`) is right. All are of the type `general`, which is what any function is. Of a
#             call that fails the span has `error_info`, its trace has none and looks finished.
# For readers At prices of 1.25 and 10 dollars a million the Responses call seems to cost 11 mills instead of 2; the total is right, so no
#             check of sums finds it. Filters by type find no model call, filters of failed traces no failure.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps opik@2.0.40 opik-openai@1.11.14 openai@6.49.0 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { Opik } from 'opik';
import { trackOpenAI } from 'opik-openai';
import OpenAI from 'openai';

const listen = async (answer) => {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const bytes of request) body += bytes;
    const [status, value] = answer(request.url, body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${server.address().port}`;
};
const rows = { traces: [], spans: [] };
const opik = await listen((_, body) => {
  const { traces = [], spans = [] } = body.startsWith('{') ? JSON.parse(body) : {};
  rows.traces.push(...traces);
  rows.spans.push(...spans);
  return [200, {}];
});
const choices = [{ index: 0, message: { role: 'assistant', content: 'Three.' }, finish_reason: 'stop' }];
const output = [{ id: 'm', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Three.', annotations: [] }] }];
const model = await listen((url, body) => {
  if (body.includes('"fail"')) return [400, { error: { message: 'no' } }];
  return url.endsWith('/responses')
    ? [200, { id: 'r', object: 'response', created_at: 1, status: 'completed', model: 'gpt-5', output, usage: { input_tokens: 1100, output_tokens: 40, total_tokens: 1140 } }]
    : [200, { id: 'c', object: 'chat.completion', created: 1, model: 'gpt-5', choices, usage: { prompt_tokens: 1100, completion_tokens: 40, total_tokens: 1140 } }];
});

const client = new Opik({ apiUrl: opik, apiKey: 'none', projectName: 'desk', workspaceName: 'default' });
const openai = trackOpenAI(new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `${model}/v1` }), { client });
await openai.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'How many mugs?' }] });
const { usage } = await openai.responses.create({ model: 'gpt-5', input: 'How many mugs?' });
assert.deepEqual([usage.input_tokens, usage.output_tokens], [1100, 40], 'the program itself gets the usage');
await assert.rejects(openai.chat.completions.create({ model: 'gpt-5', messages: [{ role: 'user', content: 'fail' }] }));
await openai.flush();
await client.flush();

const seen = rows.spans.map(({ name, type, usage: told, error_info }) => ({ name, type, input: told?.prompt_tokens, output: told?.completion_tokens, failed: error_info !== undefined }));
console.log('spans:', JSON.stringify(seen, null, 1));
console.log('traces with an error:', rows.traces.filter(({ error_info }) => error_info).length, 'of', rows.traces.length);
assert.deepEqual(seen, [
  { name: 'OpenAI.chat', type: 'general', input: 1100, output: 40, failed: false },
  { name: 'OpenAI.responses', type: 'general', input: 40, output: 1100, failed: false },
  { name: 'OpenAI.chat', type: 'general', input: undefined, output: undefined, failed: true },
]);
assert.equal(rows.traces.filter(({ error_info }) => error_info).length, 0);
process.exit(0);
JS
node probe.mjs
