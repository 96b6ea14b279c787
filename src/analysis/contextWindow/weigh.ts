import { promptSize, type Draft } from './draft.ts';
import type { ContextSection, ContextSize } from './types.ts';

/** Grown by fewer than these, two calls say nothing about how many tokens a character is. */
const GROWN_CHARACTERS = 400;
const GROWN_TOKENS = 100;
/** Tokens of a character: of anything that is written. */
const LEAST = 0.1;
const MOST = 0.7;
const USUAL = 0.25;
/** Less of a prompt than this is not told to be unrecorded: it is how texts differ. */
const UNRECORDED = 0.25;
/** Characters that are left for each token when the rest is taken for unrecorded. */
const LEFT = 8;

const INPUT = ['unrecorded', 'tools', 'system', 'history', 'toolResults', 'input'] as const;

/**
 * How many tokens of each prompt of a conversation stand for text that nobody recorded: instructions and tools are
 * part of what is counted, and of many agents not of what is written down. They are what is left at the beginning when
 * the tokens of all that came later are taken from its characters. 0 where both are recorded.
 */
export function unrecordedTokens(conversation: readonly Draft[]): number {
  const known = conversation.filter(({ span, sizes }) => span.usage?.input != null && promptSize(sizes) > 0);
  if (known.length === 0 || known.every(({ sizes }) => sizes.tools > 0 && sizes.system > 0)) return 0;
  const rate = tokensOfCharacter(known);
  const rests = known.map(({ span, sizes }) => span.usage!.input! - promptSize(sizes) * (rate ?? USUAL));
  const [least] = known.map(({ span }, at) => rests[at]! / span.usage!.input!).sort((a, b) => b - a);
  // Without growth to judge by, only what no text can be.
  const isClear = rate !== null || known.some(({ span, sizes }) => promptSize(sizes) < span.usage!.input!);
  return isClear && least! > UNRECORDED ? Math.max(0, median(rests)) : 0;
}

/** By what calls grow from one to the next. */
function tokensOfCharacter(conversation: readonly Draft[]): number | null {
  const rates = conversation.flatMap(({ span, sizes, previous }) => {
    const before = previous?.span.usage?.input;
    if (!previous || before == null) return [];
    const [tokens, characters] = [span.usage!.input! - before, promptSize(sizes) - promptSize(previous.sizes)];
    return tokens >= GROWN_TOKENS && characters >= GROWN_CHARACTERS ? [tokens / characters] : [];
  });
  return rates.length === 0 ? null : Math.min(Math.max(median(rates), LEAST), MOST);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

export interface Weighed {
  readonly sections: Readonly<Record<ContextSection, ContextSize>>;
  /** ≈ tokens of a number of characters in this prompt; null = no tokens are recorded. */
  tokensOf(characters: number): number | null;
}

/** The sections of a prompt in tokens: whole ones, which add up to those recorded. */
export function weigh({ sizes, span: { usage } }: Draft, unrecorded: number): Weighed {
  const input = usage?.input ?? null;
  const characters = promptSize(sizes);
  const apart = input === null ? 0 : apartOf(input, characters, unrecorded);
  const rate = input === null || characters === 0 ? null : (input - apart) / characters;
  const sections: Partial<Record<ContextSection, ContextSize>> = {};
  let sum = 0;
  let rounded = 0;
  for (const section of INPUT) {
    const own = section === 'unrecorded' ? 0 : sizes[section];
    sum += section === 'unrecorded' ? apart : own * (rate ?? 0);
    // Sums are rounded, not parts: so that they add up.
    const tokens = input === null ? null : Math.round(sum) - rounded;
    rounded += tokens ?? 0;
    sections[section] = { characters: own, tokens };
  }
  sections.output = { characters: sizes.output, tokens: usage?.output ?? null };
  return {
    sections: sections as Weighed['sections'],
    tokensOf: (count) => (rate === null ? null : count * rate),
  };
}

/** All of it where no text is recorded. */
function apartOf(input: number, characters: number, unrecorded: number): number {
  if (characters === 0) return input;
  return Math.max(0, Math.min(unrecorded, input - characters / LEFT));
}
