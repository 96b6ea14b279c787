import { amount } from '../model/attributes.ts';
import type { Usage } from '../model/types.ts';
import type { Slot } from './types.ts';

/**
 * Tokens in disjoint buckets. OpenInference and OpenTelemetry count cached, written and audio tokens inside the input, and reasoning
 * inside the output; where the details exceed the sum they belong to, the producer left them out of it, and they are added instead
 * of being clamped. Null where the span reports no tokens.
 */
export function readUsage(values: Partial<Record<Slot, unknown>>): Usage | null {
  const cacheRead = amount(values.cacheRead);
  const cacheWrite = amount(values.cacheWrite);
  const audioInput = amount(values.audioInput);
  const reasoning = amount(values.reasoning);
  const audioOutput = amount(values.audioOutput);
  const input = split(amount(values.inputTokens), [cacheRead, cacheWrite, audioInput]);
  const output = split(amount(values.outputTokens), [reasoning, audioOutput]);
  const reported = amount(values.totalTokens);
  const total = reported ?? (input.sum === null && output.sum === null ? null : (input.sum ?? 0) + (output.sum ?? 0));
  if (total === null) return null;
  return {
    input: input.sum, output: output.sum, total,
    inputUncached: input.rest, cacheRead, cacheWrite, audioInput,
    outputText: output.rest, reasoning, audioOutput, other: {},
  };
}

/** A sum and what of it is in none of the details. */
function split(sum: number | null, details: readonly (number | null)[]): { readonly sum: number | null; readonly rest: number | null } {
  if (sum === null) return { sum: null, rest: null };
  const detailed = details.reduce<number>((total, detail) => total + (detail ?? 0), 0);
  return detailed > sum ? { sum: sum + detailed, rest: sum } : { sum, rest: sum - detailed };
}
