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
 * One count of tokens from what several dialects tell of one span, the most trusted first: sums and their details from
 * the first that has a sum; details that it lacks from others, where these tell the same sum or none.
 */
export function joinTokens(told: readonly SlotValues[]): SlotValues {
  const [only] = told;
  if (told.length === 1) return only!;
  const joined: SlotValues = {};
  const first = told.find(
    ({ inputTokens, outputTokens, totalTokens }) =>
      inputTokens !== undefined || outputTokens !== undefined || totalTokens !== undefined,
  );
  for (const [sum, details] of SIDES) {
    const holder = first?.[sum] === undefined ? told.find((values) => values[sum] !== undefined) : first;
    if (holder) joined[sum] = holder[sum];
    for (const values of holder ? [holder, ...told] : told) {
      if (holder && values[sum] !== undefined && amount(values[sum]) !== amount(holder[sum])) continue;
      for (const detail of details) joined[detail] ??= values[detail];
    }
  }
  const total = first?.totalTokens ?? told.find(({ totalTokens }) => totalTokens !== undefined)?.totalTokens;
  if (
    total !== undefined &&
    (first === undefined || first.totalTokens !== undefined || joined.inputTokens === undefined)
  )
    joined.totalTokens = total;
  return joined;
}
