#!/usr/bin/env bash
# The same attribute of the same span is the last step's usage in one major and the sum of all steps in the next.
#
# Packages    ai 4.3.19, ai 5.0.277, ai 6.0.324 (`experimental_telemetry`)
# Expected    `ai.generateText` is the span around all steps. Two steps of 100 and 200 input tokens: it says 300.
# Seen        Versions 4 and 5 write 200 on it, the usage of the last step, though the result of version 5 also has `totalUsage` 300.
#             Version 6 writes 300. Scope and names of the spans do not tell the versions apart, the key does:
#             `ai.usage.promptTokens` (4 and 5), `ai.usage.inputTokens` (6).
# For readers An outer span with less than the sum of its calls is normal; one must neither take it for the total nor report a conflict.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps ai4@npm:ai@4.3.19 ai5@npm:ai@5.0.277 ai6@npm:ai@6.0.324 zod@3.25.76 \
  @opentelemetry/api@1.9.1 @opentelemetry/sdk-trace-node@2.12.0 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { z } from 'zod';

const major = Number(process.argv[2]);
const { generateText, jsonSchema, ...sdk } = await import(`ai${major}`);
const test = await import(`ai${major}/test`);
let step = 0;
const doGenerate = async () => {
  step += 1;
  const wantsTool = step === 1;
  const input = step * 100;
  const call = { toolCallId: 't1', toolName: 'count', [major === 4 ? 'args' : 'input']: '{}' };
  if (major === 4) {
    const usage = { promptTokens: input, completionTokens: 10 };
    return { rawCall: { rawPrompt: null, rawSettings: {} }, usage, finishReason: wantsTool ? 'tool-calls' : 'stop', text: wantsTool ? undefined : 'Three.', toolCalls: wantsTool ? [{ toolCallType: 'function', ...call }] : undefined };
  }
  const content = wantsTool ? [{ type: 'tool-call', ...call }] : [{ type: 'text', text: 'Three.' }];
  const finishReason = wantsTool ? 'tool-calls' : 'stop';
  if (major === 5) return { content, finishReason, usage: { inputTokens: input, outputTokens: 10, totalTokens: input + 10 }, warnings: [] };
  return {
    content,
    finishReason: { unified: finishReason, raw: finishReason },
    usage: { inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 10, text: 10, reasoning: 0 } },
    warnings: [],
  };
};
const Model = { 4: test.MockLanguageModelV1, 5: test.MockLanguageModelV2, 6: test.MockLanguageModelV3 }[major];
const schema = jsonSchema({ type: 'object', properties: {} });
const tools = { count: { description: 'Counts', [major === 4 ? 'parameters' : 'inputSchema']: schema, execute: async () => 3 } };
const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const steps = major === 4 ? { maxSteps: 3 } : { stopWhen: sdk.stepCountIs(3) };
const result = await generateText({ model: new Model({ doGenerate }), prompt: 'How many?', tools, ...steps, experimental_telemetry: { isEnabled: true, tracer: provider.getTracer('ai') } });

const inputOf = ({ attributes }) => attributes['ai.usage.inputTokens'] ?? attributes['ai.usage.promptTokens'];
const spans = exporter.getFinishedSpans();
const outer = spans.find(({ name }) => name === 'ai.generateText');
const seen = {
  calls: spans.filter(({ name }) => name === 'ai.generateText.doGenerate').map(inputOf),
  outer: inputOf(outer),
  key: Object.keys(outer.attributes).find((key) => /^ai\.usage\.(input|prompt)Tokens$/.test(key)),
  totalUsage: result.totalUsage?.inputTokens,
};
console.log(`ai ${major}`, seen);
assert.deepEqual(seen, {
  4: { calls: [100, 200], outer: 200, key: 'ai.usage.promptTokens', totalUsage: undefined },
  5: { calls: [100, 200], outer: 200, key: 'ai.usage.promptTokens', totalUsage: 300 },
  6: { calls: [100, 200], outer: 300, key: 'ai.usage.inputTokens', totalUsage: 300 },
}[major]);
process.exit(0);
JS
for major in 4 5 6; do node probe.mjs "$major"; done
