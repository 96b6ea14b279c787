#!/usr/bin/env bash
# A tool fails, the model copes, and everything that follows is recorded as failed.
#
# Packages    ai 7.0.173, @ai-sdk/otel 1.0.173, @arizeai/openinference-vercel 3.2.1
# Expected    A converting span processor changes attributes. Of an agent whose tool throws once and whose second model call answers, one
#             span has status ERROR, with or without the processor.
# Seen        Without it: one, the tool. With it: the tool, the step around it, the model call that came AFTER it and succeeded, the step
#             around that, and the agent, all with the tool's words as their own message. The agent, of kind AGENT, also gets
#             `llm.token_count.*` with the sum of its model calls, so that a sum over all spans is twice what was used.
# For readers Equal status messages on spans that do not nest are one failure. Count the earliest, innermost one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps ai@7.0.173 @ai-sdk/otel@1.0.173 @arizeai/openinference-vercel@3.2.1 \
  zod@4.6.7 @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 @opentelemetry/sdk-trace-base@2.12.0 @opentelemetry/core@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { OpenTelemetry } from '@ai-sdk/otel';
import { OpenInferenceSimpleSpanProcessor } from '@arizeai/openinference-vercel';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { generateText, isStepCount, registerTelemetry, tool } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { z } from 'zod';

const exporter = new InMemorySpanExporter();
const processor = process.argv[2] === 'with' ? new OpenInferenceSimpleSpanProcessor({ exporter }) : new SimpleSpanProcessor(exporter);
new NodeTracerProvider({ spanProcessors: [processor] }).register();
registerTelemetry(new OpenTelemetry({ usage: true }));

let calls = 0;
const model = new MockLanguageModelV4({
  modelId: 'mock',
  doGenerate: async () => {
    calls += 1;
    const wantsTool = calls === 1;
    return {
      content: wantsTool ? [{ type: 'tool-call', toolCallId: 't1', toolName: 'stock', input: '{}' }] : [{ type: 'text', text: 'I cannot tell.' }],
      finishReason: { unified: wantsTool ? 'tool-calls' : 'stop', raw: 'x' },
      usage: { inputTokens: { total: 100, noCache: 100, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 10, text: 10, reasoning: 0 } },
      warnings: [],
    };
  },
});
const stock = tool({
  description: 'Stock',
  inputSchema: z.object({}),
  execute: async () => {
    throw new Error('warehouse is closed');
  },
});
const { text } = await generateText({ model, prompt: 'How many mugs?', tools: { stock }, stopWhen: isStepCount(3) });
assert.equal(text, 'I cannot tell.');
await new Promise((done) => setTimeout(done, 200));

const spans = exporter.getFinishedSpans();
const failed = spans.filter(({ status }) => status.code === 2).map(({ name, status }) => `${name}: ${status.message}`);
const tokens = spans.map(({ attributes }) => attributes['llm.token_count.total'] ?? 0).reduce((sum, count) => sum + count, 0);
console.log(`${process.argv[2]} the processor: ${spans.length} spans, failed:`, failed, `llm.token_count.total over all spans: ${tokens}`);
const withMessage = (names) => names.map((name) => `${name}: warehouse is closed`);
if (process.argv[2] === 'with') {
  assert.deepEqual(failed, withMessage(['execute_tool stock', 'step 1', 'chat mock', 'step 2', 'invoke_agent mock']));
  assert.equal(tokens, 440);
} else {
  assert.deepEqual(failed, withMessage(['execute_tool stock']));
}
process.exit(0);
JS
node probe.mjs without
node probe.mjs with
