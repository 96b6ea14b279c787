import { amount } from '../model/attributes.ts';
import type { Cost, Usage } from '../model/types.ts';
import type { SlotValues } from './types.ts';

/**
 * Tokens in disjoint buckets. OpenInference and OpenTelemetry count cached, written and audio tokens inside the input,
 * and reasoning inside the output. Not every producer does (raw numbers of Anthropic and Gemini do not): where the
 * details exceed the sum they belong to, or the total shows that they come on top, they are added instead of being
 * clamped, and the total is never less than input + output then. Null where the span reports no tokens.
 */
export function readUsage(values: SlotValues): Usage | null {
  const cacheRead = count(values.cacheRead);
  const cacheWrite = count(values.cacheWrite);
  const audio = count(values.audioInput);
  const reasoning = count(values.reasoning);
  const audioOutput = count(values.audioOutput);
  const reported = count(values.totalTokens);
  const inputTokens = count(values.inputTokens);
  const outputTokens = count(values.outputTokens);
  const cache = (cacheRead ?? 0) + (cacheWrite ?? 0);
  const audioInput = withoutCached(audio, cache, inputTokens);
  const inputDetails = cache + (audioInput ?? 0);
  const outputDetails = (reasoning ?? 0) + (audioOutput ?? 0);
  // Only where both sums are known is what the total holds beyond them a sign; else it is the other sum.
  const beyond =
    reported === null || inputTokens === null || outputTokens === null ? 0 : reported - inputTokens - outputTokens;
  const bothOnTop = beyond > 0 && beyond === inputDetails + outputDetails;
  const input = split(
    inputTokens,
    inputDetails,
    values.cacheBeside === true || bothOnTop || (beyond > 0 && beyond === inputDetails),
  );
  const output = split(
    outputTokens,
    outputDetails,
    bothOnTop || (beyond > 0 && beyond === outputDetails && beyond !== inputDetails),
  );
  const both = input.sum === null && output.sum === null ? null : (input.sum ?? 0) + (output.sum ?? 0);
  const total =
    reported !== null && both !== null && (input.added || output.added) ? Math.max(reported, both) : (reported ?? both);
  // Details alone are no report: steps of the AI SDK carry them beside the calls that they repeat.
  if (total === null) return null;
  const others = amounts(values.otherTokens);
  const unexplained = both === null || input.sum === null || output.sum === null ? 0 : total - both;
  const known = Object.values(others).reduce((sum, each) => sum + each, 0);
  return {
    input: input.sum,
    output: output.sum,
    total,
    inputUncached: input.rest,
    cacheRead,
    cacheWrite,
    audioInput,
    outputText: output.rest,
    reasoning,
    audioOutput,
    // What a total holds beyond its parts is tokens of some sort, whatever they were.
    other: unexplained > known ? { ...others, [UNEXPLAINED]: unexplained - known } : others,
  };
}

/** The name of the tokens by which a total exceeds all of its parts. */
export const UNEXPLAINED = 'unexplained';

/**
 * Audio that was read from a cache is reported twice, as audio and as cached: where both fit the input but not
 * together, it counts as cached.
 */
const withoutCached = (audio: number | null, cache: number, input: number | null): number | null =>
  audio !== null && input !== null && audio <= input && cache <= input ? Math.min(audio, input - cache) : audio;

/**
 * The cost that a span reports, in US dollars: the total, else the sum of both sides, else of the parts. Null where it
 * says nothing.
 */
export function readCost({ costTotal, costInput, costOutput, costParts }: SlotValues): Cost | null {
  if (costTotal === undefined && costInput === undefined && costOutput === undefined && costParts === undefined)
    return null;
  const input = money(costInput);
  const output = money(costOutput);
  const parts = { ...amounts(costParts), ...(input === null ? {} : { input }), ...(output === null ? {} : { output }) };
  const total = money(costTotal) ?? sumOf([input, output]) ?? sumOf(Object.values(parts));
  return total === null ? null : { total, currency: 'USD', origin: 'reported', parts };
}

/** The sum of those that are known; null where none is. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** A number of tokens: not negative (some write -1 for "unknown"), and of a size that can be added up. */
function count(value: unknown): number | null {
  const number = amount(value);
  return number !== null && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : null;
}

/** An amount of money, by the same rule. */
const money = count;

const NO_AMOUNTS: Readonly<Record<string, number>> = {};

/** The amounts of a record that are numbers. */
function amounts(record: unknown): Readonly<Record<string, number>> {
  if (record === null || typeof record !== 'object') return NO_AMOUNTS;
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const number = money(value);
      return number === null ? [] : [[name, number] as const];
    }),
  );
}

/** A sum and what of it is in none of the details; `onTop` where these are known to be no part of it. */
function split(
  sum: number | null,
  details: number,
  onTop: boolean,
): { readonly sum: number | null; readonly rest: number | null; readonly added: boolean } {
  if (sum === null) return { sum: null, rest: null, added: false };
  return onTop || details > sum
    ? { sum: sum + details, rest: sum, added: true }
    : { sum, rest: sum - details, added: false };
}
