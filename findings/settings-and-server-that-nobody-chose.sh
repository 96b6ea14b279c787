#!/usr/bin/env bash
# A call without settings to a server on 127.0.0.1 is recorded with a temperature, at api.openai.com, for $0.
#
# Packages    openlit 1.15.0 with openai 6.49.0; to compare @opentelemetry/instrumentation-openai 0.22.0
# Expected    `gen_ai.request.*` holds what the program asked for, `server.address` whom it called, and a cost stands where a price is known.
# Seen        OpenLIT writes `gen_ai.request.temperature` 1 and `top_p` 1 for a request that sets neither (a reasoning model would refuse
#             them), `server.address` "api.openai.com" and port 443 whatever the base URL of the client is, and `gen_ai.usage.cost` 0 for a
#             model that its list of prices does not have. So it does for all calls before that list has come over the network, and for
#             every call where it cannot come. OpenTelemetry's own writes the address that was called and no settings.
# For readers A cost of 0 on a call with tokens is an unknown one. Traffic to a gateway or a model on the own machine looks like OpenAI's, and
#             a temperature in the trace does not say that somebody set it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
install() {
  mkdir -p "$1"
  echo '{ "private": true }' > "$1/package.json"
  (cd "$1" && shift && npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps openai@6.49.0 "$@" > /dev/null)
}
install openlit openlit@1.15.0 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-base@2.12.0
install otel @opentelemetry/instrumentation-openai@0.22.0 @opentelemetry/api@1.10.0 @opentelemetry/sdk-trace-base@2.12.1

cat > probe.cjs <<'JS'
const assert = require('node:assert/strict');
const { createServer } = require('node:http');
const { metrics, trace } = require('@opentelemetry/api');
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');

const usage = { prompt_tokens: 1200, completion_tokens: 40, total_tokens: 1240 };
const asked = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const { model, ...rest } = JSON.parse(body);
  asked.push(Object.keys(rest));
  const choices = [{ index: 0, message: { role: 'assistant', content: 'Three.' }, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'c1', object: 'chat.completion', created: 1, model, choices, usage }));
});

async function main(which, wanted) {
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor(exporter);
  let OpenAI;
  if (which === 'openlit') {
    const library = require('openlit');
    OpenAI = require('openai');
    const prices = { chat: { 'gpt-5': { promptPrice: 0.001, completionPrice: 0.01 } } };
    (library.default ?? library).init({ otlpEndpoint: `http://127.0.0.1:${port}`, disableMetrics: true, disableEvents: true, pricingJson: prices, instrumentations: { openai: OpenAI } });
    const processors = trace.getTracerProvider().getDelegate()._activeSpanProcessor._spanProcessors;
    processors.splice(0, processors.length, processor);
    await new Promise((done) => setTimeout(done, 100));
  } else {
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');
    const instrumentation = new OpenAIInstrumentation();
    instrumentation.setTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
    instrumentation.setMeterProvider(metrics.getMeterProvider());
    OpenAI = require('openai');
  }
  const client = new (OpenAI.default ?? OpenAI)({ apiKey: 'none', maxRetries: 0, baseURL: `http://127.0.0.1:${port}/v1` });
  const messages = [{ role: 'user', content: 'How many mugs?' }];
  await client.chat.completions.create({ model: 'gpt-5', messages });
  await client.chat.completions.create({ model: 'gpt-5-tuned-by-us', messages });
  assert.deepEqual(asked, [['messages'], ['messages']], 'the program set nothing');
  const seen = exporter.getFinishedSpans().map(({ attributes }) => {
    const settings = ['temperature', 'top_p'].filter((name) => `gen_ai.request.${name}` in attributes);
    const place = `${attributes['server.address']}:${attributes['server.port'] === port ? 'its port' : attributes['server.port']}`;
    const cost = attributes['gen_ai.usage.cost'];
    return `${attributes['gen_ai.request.model']} ${settings.join(' ') || '-'} ${place} ${cost === undefined ? '-' : Number(cost.toFixed(6))}`;
  });
  console.log(which, seen);
  assert.deepEqual(seen, wanted);
}
main(process.argv[2], JSON.parse(process.argv[3])).then(() => process.exit(0), (error) => {
  console.error(error.message);
  process.exit(1);
});
JS
for which in openlit otel; do cp probe.cjs $which/; done
(cd openlit && node probe.cjs openlit '["gpt-5 temperature top_p api.openai.com:443 0.0016","gpt-5-tuned-by-us temperature top_p api.openai.com:443 0"]')
(cd otel && node probe.cjs otel '["gpt-5 - 127.0.0.1:its port -","gpt-5-tuned-by-us - 127.0.0.1:its port -"]')
