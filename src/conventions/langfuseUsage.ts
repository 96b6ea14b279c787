import { amount } from '../model/attributes.ts';
import { isObject } from './json.ts';
import type { SlotValues } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;
type Bucket = 'input' | 'output' | 'total' | 'cacheRead' | 'cacheWrite' | 'audioInput' | 'reasoning' | 'audioOutput';

/** The keys that Langfuse's own integrations write (OpenAI, Anthropic, LangChain, AI SDK). All other keys are free. */
const BUCKETS: ReadonlyMap<string, Bucket> = new Map<string, Bucket>([
  ['input', 'input'], ['prompt_tokens', 'input'], ['input_tokens', 'input'],
  ['output', 'output'], ['completion_tokens', 'output'], ['output_tokens', 'output'],
  ['total', 'total'], ['total_tokens', 'total'],
  ['input_cached_tokens', 'cacheRead'], ['input_cached', 'cacheRead'], ['input_cache_read', 'cacheRead'], ['cache_read_input_tokens', 'cacheRead'],
  ['cache_creation_input_tokens', 'cacheWrite'], ['input_cache_creation', 'cacheWrite'], ['input_cache_write', 'cacheWrite'], ['cache_write_input_tokens', 'cacheWrite'],
  ['input_audio_tokens', 'audioInput'], ['input_audio', 'audioInput'],
  ['output_audio_tokens', 'audioOutput'], ['output_audio', 'audioOutput'],
  ['output_reasoning_tokens', 'reasoning'], ['output_reasoning', 'reasoning'], ['reasoning_tokens', 'reasoning'], ['reasoning', 'reasoning'],
]);

/** OpenAI's `prompt_tokens_details: { cached_tokens }`. */
const NESTED = /^(?:(prompt|input)|completion|output)_tokens?_details$/;

/**
 * Langfuse prices each key of `usage_details` apart and takes the total for the sum of all (docs: token and cost tracking), so `input`
 * and `input_cached_tokens` are disjoint. Producers that copy a provider's numbers have the cached tokens in `input` as well (langfuse
 * issues 10592 and 12306); they give themselves away by a total that is input + output alone, or by OpenAI's nested shape.
 */
export function usageDetails(details: Fields): SlotValues {
  const sums: Partial<Record<Bucket, number>> = {};
  const free: [string, number][] = [];
  let nested = false;
  for (const [key, count] of countsIn(details, () => { nested = true; })) {
    const bucket = BUCKETS.get(key);
    if (bucket === undefined) free.push([key, count]);
    else sums[bucket] = (sums[bucket] ?? 0) + count;
  }
  const { input, output, total, ...parts } = sums;
  const facts = { ...parts, otherTokens: Object.fromEntries(free) };
  if (nested || (total !== undefined && total === (input ?? 0) + (output ?? 0))) return { ...facts, inputTokens: input, outputTokens: output, totalTokens: total };
  const inputTokens = sumOf([input, parts.cacheRead, parts.cacheWrite, parts.audioInput]);
  const outputTokens = sumOf([output, parts.reasoning, parts.audioOutput]);
  const all = sumOf([inputTokens, outputTokens, sumOf(free.map(([, count]) => count))]);
  return { ...facts, inputTokens, outputTokens, totalTokens: total === undefined || all === undefined ? total ?? all : Math.max(total, all) };
}

/** US dollars by the same keys. Without a total it is their sum, as in Langfuse. */
export function costDetails({ total, ...parts }: Fields): SlotValues {
  return { costTotal: amount(total) ?? sumOf(Object.values(parts).map((part) => amount(part) ?? undefined)), costParts: parts };
}

/** Keys and counts, those of nested details with the side that they belong to. */
function countsIn(details: Fields, onNested: () => void): readonly (readonly [string, number])[] {
  return Object.entries(details).flatMap(([key, value]) => {
    const found = isObject(value) ? NESTED.exec(key) : null;
    if (!found) return counted(key, value);
    onNested();
    return Object.entries(value as Fields).flatMap(([name, count]) => counted(`${found[1] === undefined ? 'output' : 'input'}_${name}`, count));
  });
}

function counted(key: string, value: unknown): readonly (readonly [string, number])[] {
  const count = amount(value);
  return count === null ? [] : [[key, count]];
}

/** The sum of what is known; undefined where nothing is. */
function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce<number | undefined>((sum, count) => (count === undefined ? sum : (sum ?? 0) + count), undefined);
}
