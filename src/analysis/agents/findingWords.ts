import { englishFormat, type Format } from '../../format.ts';
import type { SpanKey } from '../../model/types.ts';
import { ownValue } from '../../model/ownValue.ts';

/** Something to know about a trace before all else. */
export interface Finding {
  /**
   * `error`, `retries`, `paused`, `stuck-loop`, `truncated`, `filtered`, `refused`, `verdict`, `score`, `serialised`, `slow`,
   * `orphans`, `costliest`, `rule`.
   */
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  /** A sentence in plain English; recorded names stand in it as they are. */
  readonly message: string;
  /** Where to go: the first is what it is about. Of an error its causes (`facts.times`), then the failed spans above. */
  readonly keys: readonly SpanKey[];
  /** The numbers and words of the message, for labels of your own (`findingSentence`). Times in Nanos. */
  readonly facts: Readonly<Record<string, string | number>>;
}

type Facts = Finding['facts'];
type Words = Pick<Format, 'duration' | 'tokens' | 'money'>;

/**
 * The sentence of a finding in plain English, from its code and facts alone; recorded names stand in it as they are.
 * Null for codes that have none: a host's rule says its own.
 */
export function findingSentence(code: string, facts: Facts, format: Words): string | null {
  const say = ownValue(SENTENCES, code);
  return say ? say(facts, format) : null;
}

const text = (fact: string | number | undefined): string => String(fact ?? '');
const number = (fact: string | number | undefined): number => Number(fact ?? 0);
const percent = (part: string | number | undefined): string => `${Math.round(number(part) * 100)} %`;

/** What failed, and what became of it: why it matters to whoever looks for a cause. */
const AFTER: Readonly<Record<string, string>> = {
  again: '; a later try worked',
  without: '; what had called it went on without it',
};
const because = (why: string | number | undefined): string => (text(why) === '' ? '' : `: ${text(why)}`);
const often = (count: string | number | undefined): string => (number(count) > 1 ? ` ${text(count)} times` : '');

const SENTENCES: Readonly<Record<string, (facts: Facts, format: Words) => string>> = {
  error: ({ name, times, why, top, after }) =>
    `${text(name)} failed${often(times)}${because(why)}${
      top === undefined ? (ownValue(AFTER, text(after)) ?? '') : `, and ${text(top)} failed with it`
    }`,
  retries: ({ name, times, why, worked }) =>
    `${text(name)} was tried ${text(times)} times in a row${
      worked === 1 ? ' before it worked' : ' and never worked'
    }${because(why)}`,
  paused: ({ name, times }) => `${text(name)} paused to wait for an answer${often(times)}`,
  'stuck-loop': ({ tool, times, why, wastedTime, tokens }, format) =>
    `A loop got nowhere: ${text(tool)} was called ${text(times)} times ${
      why === 'same-arguments' ? 'with the same arguments' : 'with other arguments and the same result'
    } (${[
      format.duration(number(wastedTime)),
      ...(tokens === undefined ? [] : [`${format.tokens(number(tokens))} tokens`]),
    ].join(', ')} for nothing)`,
  truncated: ({ name, times }) => `The answer of ${text(name)} was cut off at its longest${often(times)}`,
  filtered: ({ name, times }) => `The answer of ${text(name)} was held back by a filter${often(times)}`,
  refused: ({ name, times, why }) => `${text(name)} was refused${often(times)}${because(why)}`,
  verdict: ({ name, times, why }) => `${text(name)} did not let it pass${often(times)}${because(why)}`,
  score: ({ name, score, value, times }) => `${text(name)}: ${text(score)} was judged ${text(value)}${often(times)}`,
  serialised: ({ members, name, peak, lost }, format) =>
    `${text(members)} steps of ${text(name)} ran ${
      peak === 1 ? 'one after the other' : `at most ${text(peak)} at once`
    }: side by side they would be done ${format.duration(number(lost))} sooner`,
  slow: ({ name, duration, usual, part }, format) =>
    `${text(name)} took ${format.duration(number(duration))}, ${percent(part)} of the whole, and the end waited for it${
      usual === undefined ? '' : `; its other calls take ${format.duration(number(usual))}`
    }`,
  orphans: ({ spans }) =>
    spans === 1 ? 'The parent of a span is missing' : `The parents of ${text(spans)} spans are missing`,
  costliest: ({ name, cost, currency, part }, format) =>
    `${text(name)} alone cost ${format.money(number(cost), text(currency))}, ${percent(part)} of the whole`,
};

/** A finding with its sentence. */
export const found = (
  code: string,
  severity: Finding['severity'],
  keys: readonly SpanKey[],
  facts: Finding['facts'],
): Finding => ({ code, severity, message: findingSentence(code, facts, englishFormat()) ?? code, keys, facts });
