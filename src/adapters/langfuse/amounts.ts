import { jsonObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';

/**
 * Each amount of an observation stands in several fields; these are the flat ones, by what they count. The first that
 * is known is believed.
 */
const TOKENS = {
  input: ['inputUsage', 'promptTokens', 'inputTokens'],
  output: ['outputUsage', 'completionTokens', 'outputTokens'],
  total: ['totalUsage', 'totalTokens'],
} as const;
const COSTS = {
  input: ['inputCost', 'calculatedInputCost'],
  output: ['outputCost', 'calculatedOutputCost'],
  total: ['totalCost', 'calculatedTotalCost'],
} as const;
const SIDES = ['input', 'output', 'total'] as const;

/** All fields that this file reads. */
export const AMOUNT_FIELDS: ReadonlySet<string> = new Set([
  'usageDetails',
  'usage',
  'unit',
  'costDetails',
  'providedCostDetails',
  ...[TOKENS, COSTS].flatMap((table) => SIDES.flatMap((side) => table[side])),
]);

export interface RecordedAmounts {
  /** Tokens by bucket, as `usageDetails` has them; undefined = unknown. */
  readonly usage: unknown;
  /** US dollars by bucket, as `costDetails` has them; undefined = unknown. */
  readonly cost: unknown;
  /** Fields that say something else beside. */
  readonly rest: readonly (readonly [field: string, value: unknown])[];
}

/**
 * What an observation used and cost. Langfuse fills fields that nobody set with `{}` and zeros, so these say nothing;
 * but details of a model call that are zero were counted, and are believed. What is counted in other units than tokens
 * is none of them.
 */
export function recordedAmounts(fields: Fields, isModelCall: boolean): RecordedAmounts {
  const inner = jsonObject(fields['usage']);
  const unit = textOf(fields['unit']) ?? textOf(inner?.['unit']);
  const isTokens = unit === null || /^tokens?$/i.test(unit);
  const isCounted = (value: unknown): boolean => hasAmount(jsonObject(value), isModelCall);
  const [usageField, usage] = ((): readonly [field: string | null, usage: unknown] => {
    if (!isTokens) return [null, undefined];
    if (isCounted(fields['usageDetails'])) return ['usageDetails', fields['usageDetails']];
    const tokens = inner && tokensIn(inner);
    return hasAmount(tokens, false) ? ['usage', tokens] : [null, flat(fields, TOKENS)];
  })();
  const costField = (['costDetails', 'providedCostDetails'] as const).find((field) => isCounted(fields[field]));
  const cost =
    costField === undefined ? (flat(fields, COSTS) ?? (inner ? flat(inner, COSTS) : undefined)) : fields[costField];
  const rest: [string, unknown][] = [];
  for (const field of ['usageDetails', 'usage', 'costDetails', 'providedCostDetails'] as const) {
    if (field !== usageField && field !== costField && hasAmount(jsonObject(fields[field]), false))
      rest.push([field, fields[field]]);
  }
  if (unit !== null && !isTokens) rest.push(['unit', unit]);
  for (const [table, chosen] of [
    [TOKENS, usage],
    [COSTS, cost],
  ] as const) {
    for (const side of SIDES) {
      const known = amount(jsonObject(chosen)?.[side]);
      // A flat field that says what the details say is their copy.
      for (const field of table[side])
        if (amount(fields[field]) && amount(fields[field]) !== known) rest.push([field, fields[field]]);
    }
  }
  return { usage, cost, rest };
}

/** `{ input, output, total, unit, inputCost, … }` without what is no count. */
const tokensIn = (usage: Fields): Fields =>
  Object.fromEntries(Object.entries(usage).filter(([key]) => key !== 'unit' && !key.endsWith('Cost')));

/** Whether there is an amount that was counted; `orZero`, where zero is one too. Details may hold details. */
function hasAmount(details: Fields | null, orZero: boolean): boolean {
  return (
    details !== null &&
    Object.values(details).some((value) => {
      const number = amount(value);
      return number === null
        ? Object.values(jsonObject(value) ?? {}).some((part) => amount(part))
        : orZero || number !== 0;
    })
  );
}

function flat(fields: Fields, table: typeof TOKENS | typeof COSTS): Fields | undefined {
  const found: [string, number][] = [];
  for (const side of SIDES) {
    const number = table[side].map((field) => amount(fields[field])).find((each) => each !== null);
    if (number !== undefined && number !== null) found.push([side, number]);
  }
  return found.some(([, number]) => number !== 0) ? Object.fromEntries(found) : undefined;
}
