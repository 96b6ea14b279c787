import { amount } from '../model/attributes.ts';
import { USAGE_BUCKETS } from '../model/codes.ts';
import type { Cost, Usage } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { isObject } from './json.ts';

/** LiteLLM's `model_prices_and_context_window.json`, or any part of it: US dollars per token, by model name. */
export type PriceTable = Readonly<Record<string, object>>;

type Bucket = (typeof USAGE_BUCKETS)[number];
/**
 * The names of a bucket's price, the first that the table has. LiteLLM prices reasoning as output where it has no price
 * of its own.
 */
const PRICES: Readonly<Record<Bucket, readonly string[]>> = {
  inputUncached: ['input_cost_per_token'],
  cacheRead: ['cache_read_input_token_cost'],
  cacheWrite: ['cache_creation_input_token_cost'],
  audioInput: ['input_cost_per_audio_token'],
  outputText: ['output_cost_per_token'],
  reasoning: ['output_cost_per_reasoning_token', 'output_cost_per_token'],
  audioOutput: ['output_cost_per_audio_token'],
};

/**
 * What tokens cost by a table of prices; null where the table does not say: the model is not in it, a bucket that holds
 * tokens has no price, or tokens lie outside all buckets. Dated names (`gpt-4o-2024-11-20`) are never taken for undated
 * ones, and a cached token is never priced as a fresh one. We ship no table: `@pydantic/genai-prices` (0.1.8, MIT) is
 * the well-kept calculator on npm, but it brings 830 kB of prices in a shape of its own and matches names by pattern,
 * which is the guess that must not happen here.
 */
export function priceUsage(usage: Usage, model: string, provider: string | null, table: PriceTable): Cost | null {
  const entry = findEntry(model, provider, table);
  if (!entry || !priceable(usage, entry)) return null;
  const priceOf = pricesFor(entry, usage.input ?? 0);
  const parts: Partial<Record<Bucket, number>> = {};
  let total = 0;
  for (const bucket of USAGE_BUCKETS) {
    const tokens = usage[bucket];
    if (tokens === null || tokens === 0) continue;
    const price = priceOf(bucket);
    if (price === null || tokens < 0) return null;
    total += parts[bucket] = tokens * price;
  }
  return { total, currency: 'USD', origin: 'computed', parts };
}

/**
 * What a table of prices says about a model: how many tokens it takes, and what a token costs at this length of input.
 * Null where it is not in the table, and for what the table does not say.
 */
export function modelFacts(
  model: string,
  provider: string | null,
  table: PriceTable,
  input: number | null = null,
): {
  readonly maxInputTokens: number | null;
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
} | null {
  const entry = findEntry(model, provider, table);
  if (!entry) return null;
  const priceOf = pricesFor(entry, input ?? 0);
  return {
    maxInputTokens: amount(entry['max_input_tokens']),
    input: priceOf('inputUncached'),
    cacheRead: priceOf('cacheRead'),
    cacheWrite: priceOf('cacheWrite'),
  };
}

/** A side that nobody counted must be free, and the total must not hold more than the two sides. */
function priceable({ input, output, total }: Usage, entry: Entry): boolean {
  if (input === null && output === null) return false;
  const free = (name: string): boolean => (amount(entry[name]) ?? 0) === 0;
  if (input === null && !free('input_cost_per_token')) return false;
  if (output === null && !free('output_cost_per_token')) return false;
  return total === null || total <= (input ?? 0) + (output ?? 0);
}

type Entry = Readonly<Record<string, unknown>>;

const TIER = /_above_(\d+)k_tokens$/;

/**
 * The price of a bucket at this length of input: `…_above_200k_tokens` holds for the whole call once its input is
 * longer than that.
 */
function pricesFor(entry: Entry, input: number): (bucket: Bucket) => number | null {
  const tiers = [...new Set(Object.keys(entry).flatMap((name) => TIER.exec(name)?.[1] ?? []))]
    .filter((thousands) => input > Number(thousands) * 1000)
    .sort((a, b) => Number(b) - Number(a));
  const suffixes = [...tiers.map((thousands) => `_above_${thousands}k_tokens`), ''];
  return (bucket) => {
    for (const name of PRICES[bucket]) {
      for (const suffix of suffixes) {
        const price = amount(entry[name + suffix]);
        if (price !== null) return price;
      }
    }
    return null;
  };
}

/**
 * How traces name the providers that LiteLLM names otherwise (OpenTelemetry `gen_ai.provider.name`, AI SDK, LangSmith).
 */
const PROVIDERS: Readonly<Record<string, string>> = {
  'az.ai.openai': 'azure',
  'azure.ai.openai': 'azure',
  azure_openai: 'azure',
  'azure-openai': 'azure',
  'az.ai.inference': 'azure_ai',
  'azure.ai.inference': 'azure_ai',
  'aws.bedrock': 'bedrock',
  aws_bedrock: 'bedrock',
  amazon_bedrock: 'bedrock',
  'amazon-bedrock': 'bedrock',
  'gcp.vertex_ai': 'vertex_ai',
  'google.vertex': 'vertex_ai',
  google_vertexai: 'vertex_ai',
  'google-vertex': 'vertex_ai',
  vertexai: 'vertex_ai',
  'gcp.gemini': 'gemini',
  'gcp.gen_ai': 'gemini',
  google: 'gemini',
  'google.generative-ai': 'gemini',
  google_genai: 'gemini',
  'google-gla': 'gemini',
  x_ai: 'xai',
  mistral_ai: 'mistral',
  mistralai: 'mistral',
};

/** `openai.chat`, `OpenAI` and `anthropic.messages` name the provider in their first part. */
function providerWord(provider: string): string {
  const word = provider.toLowerCase();
  return ownValue(PROVIDERS, word) ?? word.split('.')[0]!;
}

/**
 * The model under its provider, under its own name, and, where the name has a prefix, behind that. An entry that names
 * another provider than the trace is another price list (OpenAI's is not Azure's) and is passed over, unless LiteLLM's
 * providers do not include the word.
 */
function findEntry(model: string, provider: string | null, table: PriceTable): Entry | null {
  const from = provider === null ? null : providerWord(provider);
  const slash = model.indexOf('/');
  const prefix = slash === -1 ? null : model.slice(0, slash).toLowerCase();
  const candidates: (readonly [name: string, provider: string | null])[] = [];
  if (from !== null) candidates.push([`${from}/${model}`, from]);
  candidates.push([model, from ?? prefix]);
  if (prefix !== null && (from === null || prefix === from || prefix === 'models'))
    candidates.push([model.slice(slash + 1), from ?? prefix]);
  for (const [name, asked] of candidates) {
    const entry = ownValue(table, name);
    if (isObject(entry) && sameProvider(asked, entry['litellm_provider'])) return entry;
  }
  return null;
}

/** `vertex_ai-language-models`, `bedrock_converse` and `text-completion-openai` are sections of one provider. */
function sameProvider(asked: string | null, section: unknown): boolean {
  if (asked === null || asked === 'models' || typeof section !== 'string') return true;
  return section.startsWith(asked) || section === `text-completion-${asked}`;
}
