import { markOf, secretId } from './mark.ts';
import { createSecretIndex, SHORTEST, type Recurs, type SecretIndex } from './secretIndex.ts';
import type { Rule, Secret } from './types.ts';

/** All secrets, each once. */
export interface SecretTable {
  /** The secret that this text is, a new one if it was not known. Space around it does not count. */
  add(text: string, rule: Rule): Secret;
  get(text: string): Secret | undefined;
  /** The mark that stands for it. Numbers are given as marks are asked for. */
  mark(secret: Secret): string;
  all(): Iterable<Secret>;
  size(): number;
  readonly index: SecretIndex;
}

/** Creates an empty table. */
export function createSecretTable(): SecretTable {
  const secrets = new Map<string, Secret>();
  const given = new Map<string, number>();
  const index = createSecretIndex();

  return {
    index,
    get: (text) => secrets.get(text),
    all: () => secrets.values(),
    size: () => secrets.size,
    add(told, rule) {
      const text = told.trim() || told;
      const known = secrets.get(text);
      if (known) {
        if (known.ordinal === 0 && rule.index < known.rule.index) known.rule = rule;
        return known;
      }
      const secret: Secret = { text, rule, ordinal: 0 };
      secrets.set(text, secret);
      const recurs = recurrence(text);
      if (recurs) index.add(secret, recurs);
      return secret;
    },
    mark(secret) {
      const { name } = secret.rule;
      if (secret.ordinal === 0) given.set(name, secret.ordinal = (given.get(name) ?? 0) + 1);
      return markOf(secretId(name, secret.ordinal));
    },
  };
}

/** Words that stand for no value, and those that JSON Schema has for types: under a key they are masked, elsewhere they are words. */
const NO_VALUE = /^(?:true|false|null|none|undefined|nan|unknown|string|number|integer|boolean|object|array)$/i;

/** One word of letters alone: it is in other words too, and what formats call their fields. */
export const isPlainWord = (text: string): boolean => /^\p{L}+$/u.test(text);

/**
 * Where else a secret is masked than where a rule finds it. Under 4 characters, or
 * without a letter or digit: nowhere, too much would go with it. Of 4 or 5, and numbers
 * of under 6 digits, and letters alone up to 9: as a word of its own. Longer numbers: not within more digits, which are another number. All else: anywhere.
 */
function recurrence(text: string): Recurs | null {
  if (text.length < SHORTEST || NO_VALUE.test(text) || !/[\p{L}\p{N}]/u.test(text)) return null;
  if (/^\d+$/.test(text)) return text.length < 6 ? 'word' : 'number';
  return text.length < 6 || (text.length < 10 && isPlainWord(text)) ? 'word' : 'anywhere';
}
