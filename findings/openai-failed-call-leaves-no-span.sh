#!/usr/bin/env bash
# A model call that fails leaves no span at all.
#
# Packages    openai 6.49.0 with @arizeai/openinference-instrumentation-openai 4.2.7, then with
#             @traceloop/instrumentation-openai 0.27.0
# Expected    The server answers 503. The span of the call ends with status ERROR and an exception event.
# Seen        Both instrumentations start a span for each call and never end it, so no exporter ever gets it: three failed calls
#             (chat, responses, streamed chat) give three started spans and none that ended. A call that succeeds is fine.
# For readers A trace of such a program has no failed model calls. An absent call is no proof that none was made; time of a parent
#             that no child covers may be calls that failed and their retries.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 \
  @arizeai/openinference-instrumentation-openai@4.2.7 @traceloop/instrumentation-openai@0.27.0 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import { createServer } from 'node:http';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import OpenAI from 'openai';

const answer = { id: 'c1', object: 'chat.completion', created: 1, model: 'gpt-5', choices: [{ index: 0, message: { role: 'assistant', content: 'yes' }, finish_reason: 'stop' }] };
let healthy = true;
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify(healthy ? answer : { error: { message: 'overloaded' } }));
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const counts = { started: 0, ended: 0 };
const processor = {
  onStart: () => void (counts.started += 1),
  onEnd: () => void (counts.ended += 1),
  forceFlush: async () => {},
  shutdown: async () => {},
};
const provider = new NodeTracerProvider({ spanProcessors: [processor] });
const { OpenAIInstrumentation } = await import(process.argv[2]);
const instrumentation = new OpenAIInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.manuallyInstrument(OpenAI);

const client = new OpenAI({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${server.address().port}/v1` });
const messages = [{ role: 'user', content: 'hello' }];
await client.chat.completions.create({ model: 'gpt-5', messages });
const succeeded = { ...counts };

healthy = false;
let rejections = 0;
for (const failing of [
  () => client.chat.completions.create({ model: 'gpt-5', messages }),
  () => client.responses.create({ model: 'gpt-5', input: 'hello' }),
  async () => {
    for await (const _ of await client.chat.completions.create({ model: 'gpt-5', messages, stream: true }));
  },
]) {
  try {
    await failing();
  } catch {
    rejections += 1;
  }
}
await new Promise((done) => setTimeout(done, 200));
const failed = { started: counts.started - succeeded.started, ended: counts.ended - succeeded.ended };
console.log(`${process.argv[2]}\n  1 call succeeded: ${JSON.stringify(succeeded)}\n  ${rejections} calls failed: ${JSON.stringify(failed)}`);
const asSeen = succeeded.ended === 1 && rejections === 3 && failed.started === 3 && failed.ended === 0;
process.exit(asSeen ? 0 : 1);
JS
node probe.mjs @arizeai/openinference-instrumentation-openai
node probe.mjs @traceloop/instrumentation-openai
