/**
 * What is to be masked. `key` alone: the whole value under a key that it matches. `value` alone: what it finds,
 * anywhere. Both: what `value` finds, under such keys only.
 *
 * `key` sees a whole key (`user.password`, not its parts) and holds for everything below it. `value` as RegExp masks
 * the whole match, also where it has groups; flags `g` and `y` change nothing. `value` as function gives ranges in
 * UTF-16 units; they end where the text ends, and empty ones mask nothing. A function that throws, or gives anything
 * else (a promise, objects), masks the whole text it was given and is reported (`redact-rule-failed`): what could not
 * be checked is not shown. A rule without `key` and `value`, or with one that is of another type, is refused before
 * anything is read (`TraceInputError` with code `bad-rule`).
 */
export interface RedactRule {
  readonly name: string;
  readonly key?: RegExp;
  readonly value?: RegExp | ((text: string) => readonly [start: number, end: number][]);
}

/** Start and end in a text, in UTF-16 units; the end stands behind the last one. */
export type Range = [start: number, end: number];

/**
 * A text that is masked wherever it stands. `ordinal` counts those of one rule name, and is 0 as long as no mark shows
 * it.
 */
export interface Secret {
  readonly text: string;
  rule: Rule;
  ordinal: number;
}

/** A rule, checked and made ready: its expressions are copies without state, `index` is its rank. */
export interface Rule {
  readonly index: number;
  /** As it stands in a mark. */
  readonly name: string;
  readonly key: RegExp | null;
  readonly find: ((text: string) => readonly Range[]) | null;
  /** Whether it speaks of the edges of a text (`^`, `$`), so that each text in quotes is to be shown to it alone. */
  readonly anchored: boolean;
  /**
   * Whether it is a ready one: what that finds by what stands around it, such as a password in an address, may be a
   * word elsewhere.
   */
  readonly ready: boolean;
  /** Whether its function threw, or gave what is no ranges. */
  failed: boolean;
}
