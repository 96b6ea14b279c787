import { amount } from '../model/attributes.ts';
import type { Slot, SlotValues } from './types.ts';

/**
 * The facts that belong together: whether details lie inside or beside their sum is the producer's habit, so they must
 * be of one producer.
 */
export const TOKEN_SLOTS: ReadonlySet<Slot> = new Set<Slot>([
  'inputTokens',
  'outputTokens',
  'totalTokens',
  'cacheRead',
  'cacheWrite',
  'audioInput',
  'reasoning',
  'audioOutput',
]);

const SIDES: readonly (readonly [sum: Slot, details: readonly Slot[]])[] = [
  ['inputTokens', ['cacheRead', 'cacheWrite', 'audioInput']],
  ['outputTokens', ['reasoning', 'audioOutput']],
];

/**
 * Joins what several dialects count of one span into one, the most trusted first: sums and their details from
 * the first that has a sum; details that it lacks from others, where these have the same sum or none.
 */
export function joinTokens(counts: readonly SlotValues[]): SlotValues {
  const [only] = counts;
  if (counts.length === 1) return only!;
  const joined: SlotValues = {};
  const first = counts.find(
    ({ inputTokens, outputTokens, totalTokens }) =>
      inputTokens !== undefined || outputTokens !== undefined || totalTokens !== undefined,
  );
  for (const [sum, details] of SIDES) {
    const holder = first?.[sum] === undefined ? counts.find((values) => values[sum] !== undefined) : first;
    if (holder) joined[sum] = holder[sum];
    for (const values of holder ? [holder, ...counts] : counts) {
      if (holder && values[sum] !== undefined && amount(values[sum]) !== amount(holder[sum])) continue;
      for (const detail of details) joined[detail] ??= values[detail];
    }
  }
  const total = first?.totalTokens ?? counts.find(({ totalTokens }) => totalTokens !== undefined)?.totalTokens;
  if (
    total !== undefined &&
    (first === undefined || first.totalTokens !== undefined || joined.inputTokens === undefined)
  )
    joined.totalTokens = total;
  return joined;
}
