import { ownValue } from '../../model/ownValue.ts';
import type { Cost, LedgerEntry, Usage } from '../../model/types.ts';

/** A part of a cost in the order of the token bar. `tokens` = what it was paid for, null = unknown. */
export interface CostPart {
  /**
   * `input` is what was not cached (or all input, where nobody counts them apart); `other` are the producer's own
   * parts, by their `name`.
   */
  readonly id:
    | 'cacheRead'
    | 'cacheWrite'
    | 'input'
    | 'audioInput'
    | 'output'
    | 'reasoning'
    | 'audioOutput'
    | 'rest'
    | 'other';
  readonly name: string | null;
  readonly amount: number;
  readonly tokens: number | null;
}

type Bucket = Exclude<CostPart['id'], 'rest' | 'other'>;

const SHOWN = [
  'cacheRead',
  'cacheWrite',
  'input',
  'audioInput',
  'output',
  'reasoning',
  'audioOutput',
] as const satisfies readonly Bucket[];
/** Which side a bucket is part of, and the bucket that stands for what of that side is in no other. */
const INPUT: readonly Bucket[] = ['cacheRead', 'cacheWrite', 'audioInput'];
const OUTPUT: readonly Bucket[] = ['reasoning', 'audioOutput'];
/** Names under which producers report parts, besides those of `Usage`: by letters alone. */
const NAMES: Readonly<Record<string, Bucket>> = {
  inputuncached: 'input',
  input: 'input',
  prompt: 'input',
  inputcached: 'cacheRead',
  cacheread: 'cacheRead',
  cached: 'cacheRead',
  cachereadinput: 'cacheRead',
  inputcacheread: 'cacheRead',
  inputcachedtokens: 'cacheRead',
  cachewrite: 'cacheWrite',
  cachecreation: 'cacheWrite',
  cachecreationinput: 'cacheWrite',
  inputcachecreation: 'cacheWrite',
  inputcachewrite: 'cacheWrite',
  audioinput: 'audioInput',
  inputaudio: 'audioInput',
  outputtext: 'output',
  output: 'output',
  completion: 'output',
  reasoning: 'reasoning',
  outputreasoning: 'reasoning',
  outputreasoningtokens: 'reasoning',
  audiooutput: 'audioOutput',
  outputaudio: 'audioOutput',
};

/**
 * What a cost is made of: disjoint parts that add up to its total. Producers report a sum for all input beside the
 * cached part of it: then `input` is what is left. `rest` is what the parts do not explain; where they explain more
 * than there is, they are taken as they are. Empty where no part is known.
 */
export function costParts({
  cost,
  usage,
}: { readonly cost: Cost; readonly usage: Usage | null } | LedgerEntry): readonly CostPart[] {
  const amounts = new Map<Bucket, number>();
  const other: CostPart[] = [];
  /** Sums of a side, which hold the other buckets of it. */
  const sides = new Set<Bucket>();
  for (const [name, amount] of Object.entries(cost.parts)) {
    if (amount === undefined) continue;
    const plain = name
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '')
      .replace(/(?:tokens?|cost)$/, '');
    const bucket = ownValue(NAMES, plain);
    if (!bucket) other.push({ id: 'other', name, amount, tokens: null });
    else amounts.set(bucket, (amounts.get(bucket) ?? 0) + amount);
    if (plain === 'input' || plain === 'output' || plain === 'prompt' || plain === 'completion') sides.add(bucket!);
  }
  const reported = new Set(Object.keys(cost.parts));
  if (!reported.has('inputUncached')) takeOff(amounts, 'input', INPUT, sides, cost.total);
  if (!reported.has('outputText')) takeOff(amounts, 'output', OUTPUT, sides, cost.total);
  const parts = [
    ...SHOWN.flatMap((id): CostPart[] => {
      const amount = amounts.get(id);
      return amount === undefined || amount === 0
        ? []
        : [{ id, name: null, amount, tokens: usage && tokensOf(usage, id) }];
    }),
    ...other.filter(({ amount }) => amount !== 0),
  ];
  const rest = cost.total === null ? 0 : cost.total - parts.reduce((sum, { amount }) => sum + amount, 0);
  // Sums of fractions of a cent are off in their last digits.
  return parts.length > 0 && rest > (cost.total ?? 0) * 1e-6
    ? [...parts, { id: 'rest', name: null, amount: rest, tokens: null }]
    : parts;
}

/** Takes the parts of a side off its sum, where all parts together are more than the total: a sum beside its parts. */
function takeOff(
  amounts: Map<Bucket, number>,
  side: Bucket,
  within: readonly Bucket[],
  sides: ReadonlySet<Bucket>,
  total: number | null,
): void {
  const inside = within.reduce((sum, bucket) => sum + (amounts.get(bucket) ?? 0), 0);
  const whole = amounts.get(side);
  if (whole === undefined || !sides.has(side) || inside === 0 || inside > whole) return;
  let all = 0;
  for (const amount of amounts.values()) all += amount;
  if (total !== null && all > total * (1 + 1e-6)) amounts.set(side, whole - inside);
}

function tokensOf(usage: Usage, bucket: Bucket): number | null {
  switch (bucket) {
    case 'input':
      return usage.inputUncached ?? usage.input;
    case 'output':
      return usage.outputText ?? usage.output;
    default:
      return usage[bucket];
  }
}
