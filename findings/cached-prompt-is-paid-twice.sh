#!/usr/bin/env bash
# A price library charges cached tokens at the cached price and at the full price.
#
# Packages    tokenlens 1.3.1; ai-sdk-cost-calculator 7.1.14 and @pydantic/genai-prices 0.1.8 to compare; ai 6.0.324 for the usage
# Expected    1,200 input tokens of which 1,000 came from the cache, 80 output tokens, at $3, $0.30 and $15 for a million:
#             200 × $3 + 1,000 × $0.30 + 80 × $15 = $0.0021. In the AI SDK's usage the cached tokens are part of the input.
# Seen        tokenlens, made to take that usage as it is, adds the cached tokens to the whole input: $0.0051, 2.4 times as much, and
#             the better the cache works the more it is off. The other two say $0.0021.
# For readers Whether cached tokens are inside the input is a property of the producer AND of the price library; they have to agree.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps tokenlens@1.3.1 ai-sdk-cost-calculator@7.1.14 \
  @pydantic/genai-prices@0.1.8 ai@6.0.324 zod@4.6.7 > /dev/null

cat > probe.mjs <<'JS'
import assert from 'node:assert/strict';
import { calcPrice } from '@pydantic/genai-prices';
import { generateText } from 'ai';
import { MockLanguageModelV3 } from 'ai/test';
import { calculateCost } from 'ai-sdk-cost-calculator';
import { getTokenCosts } from 'tokenlens';

const model = new MockLanguageModelV3({
  doGenerate: async () => ({
    content: [{ type: 'text', text: 'yes' }],
    finishReason: { unified: 'stop', raw: 'end_turn' },
    usage: { inputTokens: { total: 1200, noCache: 200, cacheRead: 1000, cacheWrite: 0 }, outputTokens: { total: 80, text: 80, reasoning: 0 } },
    warnings: [],
  }),
});
const { usage } = await generateText({ model, prompt: 'Is it?' });
console.log('usage of the AI SDK:', JSON.stringify(usage));
assert.equal(usage.inputTokens, 1200);
assert.equal(usage.cachedInputTokens, 1000);

const seen = {
  tokenlens: getTokenCosts({ modelId: 'anthropic:claude-sonnet-4-20250514', usage }).totalUSD,
  'ai-sdk-cost-calculator': calculateCost({ model: 'anthropic/claude-sonnet-4-5', usage }).totalCost,
  '@pydantic/genai-prices': calcPrice({ input_tokens: 1200, cache_read_tokens: 1000, output_tokens: 80 }, 'claude-sonnet-4-5', { providerId: 'anthropic' }).total_price,
};
console.log(seen);
const dollars = (amount) => Number(amount.toFixed(6));
assert.equal(dollars(seen.tokenlens), 0.0051);
assert.equal(dollars(seen['ai-sdk-cost-calculator']), 0.0021);
assert.equal(dollars(seen['@pydantic/genai-prices']), 0.0021);
process.exit(0);
JS
node probe.mjs
