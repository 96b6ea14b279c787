import { amount } from '../model/attributes.ts';
import type { Cost, Usage } from '../model/types.ts';
import type { SlotValues } from './types.ts';

/**
 * Tokens in disjoint buckets. OpenInference and OpenTelemetry count cached, written and audio tokens inside the input, and reasoning
 * inside the output; where the details exceed the sum they belong to, the producer left them out of it, and they are added instead
 * of being clamped. Null where the span reports no tokens.
 */
export function readUsage(values: SlotValues): Usage | null {
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
    outputText: output.rest, reasoning, audioOutput, other: amounts(values.otherTokens),
  };
}

/** What a span says it cost, in US dollars; parts where it tells them. Null where it says nothing. */
export function readCost({ costTotal, costInput, costOutput, costParts }: SlotValues): Cost | null {
  const input = amount(costInput);
  const output = amount(costOutput);
  const parts = { ...amounts(costParts), ...(input === null ? {} : { input }), ...(output === null ? {} : { output }) };
  const total = amount(costTotal) ?? (input === null && output === null ? null : (input ?? 0) + (output ?? 0));
  return total === null ? null : { total, currency: 'USD', origin: 'reported', parts };
}

/** The amounts of a record that are numbers. */
function amounts(record: unknown): Readonly<Record<string, number>> {
  if (record === null || typeof record !== 'object') return {};
  return Object.fromEntries(Object.entries(record).flatMap(([name, value]) => {
    const number = amount(value);
    return number === null ? [] : [[name, number] as const];
  }));
}

/** A sum and what of it is in none of the details. */
function split(sum: number | null, details: readonly (number | null)[]): { readonly sum: number | null; readonly rest: number | null } {
  if (sum === null) return { sum: null, rest: null };
  const detailed = details.reduce<number>((total, detail) => total + (detail ?? 0), 0);
  return detailed > sum ? { sum: sum + detailed, rest: sum } : { sum, rest: sum - detailed };
}
