#!/usr/bin/env bash
# The microseconds of a start are no time but a counter, so a quick run ends before it starts.
#
# Packages    langsmith 0.12.0
# Expected    Of each run `end_time` is not before `start_time`; both are written in one way.
# Seen        `start_time` is ISO text with six digits after the second. The last three count the runs of the trace (001, 002, 003 …);
#             nothing has measured them. `end_time` is a number of whole milliseconds. So a run that starts and ends within one
#             millisecond lasts less than nothing: the fiftieth run of a trace -50 µs, and its neighbours overlap or not by chance.
#             The counter is what keeps runs in order: `dotted_order` sorts by it.
# For readers Drop the last three digits before taking a duration; keep them for the order of siblings.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts langsmith@0.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { Client } from 'langsmith';
import { traceable } from 'langsmith/traceable';

const INFO = { version: '0.12.0', batch_ingest_config: { use_multipart_endpoint: false, size_limit: 100, size_limit_bytes: 20_971_520 } };
const runs = new Map();
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (request.url.endsWith('/runs/batch')) {
    const { post = [], patch = [] } = JSON.parse(request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes);
    for (const run of [...post, ...patch]) runs.set(run.id, { ...runs.get(run.id), ...run });
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(request.url.endsWith('/info') ? INFO : {}));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const client = new Client({ apiUrl: `http://127.0.0.1:${server.address().port}`, apiKey: 'none' });
const step = traceable((number) => number + 1, { name: 'step', client, tracingEnabled: true });
const job = traceable(
  async () => {
    for (let number = 0; number < 50; number += 1) await step(number);
  },
  { name: 'job', client, tracingEnabled: true },
);
await job();
await client.awaitPendingTraceBatches();

const all = [...runs.values()].sort((a, b) => (a.dotted_order < b.dotted_order ? -1 : 1));
const lastDigits = all.map(({ start_time: text }) => Number(/\.\d{3}(\d{3})Z$/.exec(text)[1]));
const micros = ({ start_time: text, end_time: end }) => end * 1000 - (Date.parse(text) * 1000 + Number(/(\d{3})Z$/.exec(text)[1]));
const negative = all.map(micros).filter((duration) => duration < 0);
console.log('first runs:', all.slice(0, 3).map(({ name, start_time, end_time }) => ({ name, start_time, end_time })));
console.log(`${negative.length} of ${all.length} runs end before they start, the worst by ${-Math.min(...negative)} µs`);
assert.equal(all.length, 51);
assert.deepEqual(lastDigits, Array.from({ length: 51 }, (_, at) => at + 1));
assert.ok(all.every(({ end_time: end }) => Number.isInteger(end)));
assert.ok(negative.length > 0);
assert.ok(all.filter((run) => micros(run) < 0).every((run) => -micros(run) === Number(/(\d{3})Z$/.exec(run.start_time)[1])));
process.exit(0);
JS
node probe.mjs
