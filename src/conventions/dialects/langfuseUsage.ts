import { amount } from '../../model/attributes.ts';
import { isObject, type Fields } from '../json.ts';
import type { SlotValues } from '../types.ts';

type Bucket = 'input' | 'output' | 'total' | 'cacheRead' | 'cacheWrite' | 'audioInput' | 'reasoning' | 'audioOutput';

/** The keys that Langfuse's own integrations write (OpenAI, Anthropic, LangChain, AI SDK). All other keys are free. */
const BUCKETS: ReadonlyMap<string, Bucket> = new Map<string, Bucket>([
  ['input', 'input'],
  ['input_tokens', 'input'],
  ['prompt_tokens', 'input'],
  ['inputTokens', 'input'],
  ['promptTokens', 'input'],
  ['output', 'output'],
  ['output_tokens', 'output'],
  ['completion_tokens', 'output'],
  ['outputTokens', 'output'],
  ['completionTokens', 'output'],
  ['total', 'total'],
  ['total_tokens', 'total'],
  ['totalTokens', 'total'],
  ['input_cached_tokens', 'cacheRead'],
  ['input_cached', 'cacheRead'],
  ['input_cache_read', 'cacheRead'],
  ['cache_read_input_tokens', 'cacheRead'],
  ['cache_creation_input_tokens', 'cacheWrite'],
  ['input_cache_creation', 'cacheWrite'],
  ['input_cache_write', 'cacheWrite'],
  ['cache_write_input_tokens', 'cacheWrite'],
  ['input_audio_tokens', 'audioInput'],
  ['input_audio', 'audioInput'],
  ['output_audio_tokens', 'audioOutput'],
  ['output_audio', 'audioOutput'],
  ['output_reasoning_tokens', 'reasoning'],
  ['output_reasoning', 'reasoning'],
  ['reasoning_tokens', 'reasoning'],
  ['reasoning', 'reasoning'],
]);

/** A free key that is about money, and counts no tokens. */
const MONEY = /cost|price|usd|eur|dollar|cents?(?:$|_)/i;

/** OpenAI's `prompt_tokens_details: { cached_tokens }`. */
const NESTED = /^(?:(prompt|input)|completion|output)_tokens?_details$/;

/**
 * Langfuse prices each key of `usage_details` apart and takes the total for the sum of all (docs: token and cost
 * tracking), so `input` and `input_cached_tokens` are disjoint. Producers that copy a provider's numbers have the
 * cached tokens in `input` as well (langfuse issues 10592 and 12306), on either side or on both. A total shows which:
 * the first way of adding up that gives it is believed, and a total that none gives stands as it is. Of several names
 * for one bucket the first in the table counts.
 */
export function usageDetails(details: Fields): SlotValues {
  const { known, free, nested } = bucketsOf(details);
  const { input, output, total, ...parts } = known;
  const inputParts = sumOf([parts.cacheRead, parts.cacheWrite, parts.audioInput]);
  const outputParts = sumOf([parts.reasoning, parts.audioOutput]);
  const beside = { input: sumOf([input, inputParts]), output: sumOf([output, outputParts]) };
  const inside = { input: input ?? inputParts, output: output ?? outputParts };
  const mixed = [
    { input: inside.input, output: beside.output },
    { input: beside.input, output: inside.output },
  ];
  // OpenAI's nested details are parts of the sum they stand under.
  const ways = nested ? [inside, beside, ...mixed] : [beside, inside, ...mixed];
  const freeSum = sumOf(Object.values(free)) ?? 0;
  const fits = (way: (typeof ways)[number]): boolean => {
    const both = (way.input ?? 0) + (way.output ?? 0);
    return both === total || both + freeSum === total;
  };
  const way = (total === undefined ? undefined : ways.find(fits)) ?? ways[0]!;
  const added = sumOf([way.input, way.output, freeSum === 0 ? undefined : freeSum]);
  return { ...parts, otherTokens: free, inputTokens: way.input, outputTokens: way.output, totalTokens: total ?? added };
}

/** US dollars by the same keys. Without a total it is their sum, as in Langfuse. */
export function costDetails({ total, ...parts }: Fields): SlotValues {
  return {
    costTotal: amount(total) ?? sumOf(Object.values(parts).map((part) => amount(part) ?? undefined)),
    costParts: parts,
  };
}

interface Buckets {
  readonly known: Partial<Record<Bucket, number>>;
  readonly free: Readonly<Record<string, number>>;
  readonly nested: boolean;
}

/**
 * Counts by bucket, and those under names of the producer's own. A free name that speaks of a total sums others and is
 * no bucket.
 */
function bucketsOf(details: Fields): Buckets {
  const counts = new Map<string, number>();
  let nested = false;
  for (const [key, value] of Object.entries(details)) {
    const found = isObject(value) ? NESTED.exec(key) : null;
    if (found) nested = true;
    const side = found?.[1] === undefined ? 'output' : 'input';
    for (const [name, count] of found ? Object.entries(value as Fields) : [[key, value] as const]) {
      const number = amount(count);
      if (number !== null) counts.set(found ? `${side}_${name}` : name, number);
    }
  }
  const known: Partial<Record<Bucket, number>> = {};
  for (const [key, bucket] of BUCKETS) {
    const count = counts.get(key);
    if (count !== undefined) known[bucket] ??= count;
  }
  const free = Object.fromEntries(
    [...counts].filter(
      ([key, count]) => !BUCKETS.has(key) && !/total/i.test(key) && Number.isInteger(count) && !MONEY.test(key),
    ),
  );
  return { known, free, nested };
}

/** The sum of what is known; undefined where nothing is. */
function sumOf(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce<number | undefined>((sum, count) => (count === undefined ? sum : (sum ?? 0) + count), undefined);
}
