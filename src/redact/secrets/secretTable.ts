import { markOf, secretId } from '../mark.ts';
import { createCutSecrets, type CutSecrets } from './cutSecrets.ts';
import { recurrence } from './recurrence.ts';
import { createSecretIndex, type SecretIndex } from './secretIndex.ts';
import type { Rule, Secret } from '../types.ts';

/** All secrets, each once. */
export interface SecretTable {
  /**
   * The secret that this text is, a new one if it was not known. Space around it does not count. `carried` is false
   * where it is masked in its place only.
   */
  add(text: string, rule: Rule, carried?: boolean): Secret;
  get(text: string): Secret | undefined;
  /** The mark that stands for it. Numbers are given as marks are asked for. */
  mark(secret: Secret): string;
  /** Whether a mark was given here: one of another time stands for something else. */
  isGiven(rule: string, ordinal: number): boolean;
  /** Marks that were there before: numbers are given behind theirs, so that none stands for two things. */
  reserve(rule: string, ordinal: number): void;
  all(): Iterable<Secret>;
  size(): number;
  readonly index: SecretIndex;
  readonly cut: CutSecrets;
}

/** Creates an empty table. */
export function createSecretTable(): SecretTable {
  const secrets = new Map<string, Secret>();
  const given = new Map<string, number>();
  const ids = new Set<string>();
  /** Secrets that are masked in their places only. */
  const uncarried = new Set<Secret>();
  const index = createSecretIndex();

  return {
    index,
    cut: createCutSecrets(index.all, index.size, index.mayBegin),
    get: (text) => secrets.get(text),
    all: () => secrets.values(),
    size: () => secrets.size,
    add(value, rule, carried = true) {
      const text = value.trim() || value;
      let secret = secrets.get(text);
      if (secret) {
        if (secret.ordinal === 0 && rule.index < secret.rule.index) secret.rule = rule;
        if (!carried || !uncarried.delete(secret)) return secret;
      } else {
        secrets.set(text, (secret = { text, rule, ordinal: 0 }));
        if (!carried) {
          uncarried.add(secret);
          return secret;
        }
      }
      const recurs = recurrence(text);
      if (recurs) index.add(secret, recurs);
      const credential = rule.find === null ? CREDENTIAL.exec(text)?.[1] : undefined;
      if (credential !== undefined) this.add(credential, rule);
      return secret;
    },
    mark(secret) {
      const { name } = secret.rule;
      if (secret.ordinal === 0) {
        given.set(name, (secret.ordinal = (given.get(name) ?? 0) + 1));
        ids.add(secretId(name, secret.ordinal));
      }
      return markOf(secretId(name, secret.ordinal));
    },
    isGiven: (rule, ordinal) => ids.has(secretId(rule, ordinal)),
    reserve(rule, ordinal) {
      // A number that nobody counted to is there to leave none.
      if (ordinal < LAST_RESERVED) given.set(rule, Math.max(given.get(rule) ?? 0, ordinal));
    },
  };
}

const LAST_RESERVED = 5_000_000;

/** What a header says it is, and the credential itself, which is used without that word too. */
const CREDENTIAL = /^(?:bearer|basic|token|digest|apikey|api-key)\s{1,8}(\S{6,})$/i;
