import { compileRules } from './compileRules.ts';
import { createSecretFinder } from './secrets/findSecrets.ts';
import { keyContext, type KeyContext } from './keys/keyContext.ts';
import { mapLeaves, type LeafVisitor } from './plain/mapLeaves.ts';
import { secretId } from './mark.ts';
import { maskText } from './maskText.ts';
import { plainOf } from './plain/plainOf.ts';
import { isPlainWord } from './secrets/recurrence.ts';
import { createSecretTable } from './secrets/secretTable.ts';
import type { RedactRule, Secret } from './types.ts';

/**
 * The texts and numbers that were masked because of the key they stood under, each with its mark: the shortest are
 * looked for nowhere else.
 */
export type FoundUnderKeys = Map<string, string>;

/** Masks what rules find, wherever it recurs. First everything is scanned, then everything is masked. */
export interface Redaction {
  /** Remembers the secrets in any plain data: objects, lists, `Map`, texts, numbers, bytes, and JSON within texts. */
  scan(value: unknown): void;
  /**
   * The same data with a mark in the place of each secret: under its key, and wherever else its text stands, also in
   * keys and in escaped spellings. What holds none is the same reference. Secrets of data that was not scanned are
   * found too, but not in what was masked before. `found` is filled with what was masked because of its key.
   */
  mask<Value>(value: Value, found?: FoundUnderKeys): Value;
  /** The same for a text that is shown, such as a message. */
  text(text: string): string;
  /** For each rule: how many different secrets it found, and how many marks `mask` put in place of them. */
  counts(): readonly { readonly rule: string; readonly values: number; readonly places: number }[];
  /** How many different secrets are known. */
  size(): number;
  /** The names of the rules whose functions threw, or gave what is no ranges. */
  failures(): readonly string[];
  /** What the marks stand for, for the host only. */
  secrets(): readonly { readonly id: string; readonly rule: string; readonly text: string }[];
}

/**
 * A plain word that stood under a key that is to be masked is no secret where it is itself a key: there it is what a
 * format calls a field.
 */
const isFieldName = ({ rule, text }: Secret): boolean => rule.find === null && isPlainWord(text);

/** How many masked keys are remembered at a time. */
const REMEMBERED = 20_000;

/**
 * Creates a redaction by these rules. Of several that find the same, the first one gives the name. Throws
 * `TraceInputError` (`bad-rule`) where a rule is wrong. Marks that are in the data already, of another time or made up,
 * are secrets themselves and get marks of their own, with numbers behind theirs.
 *
 * Not covered:
 * - what stood under a key, elsewhere in another letter case or with other spaces; as HTML entities, in base64 (but for
 *   bytes), encrypted, in parts that are put together, in arrays of character codes; of a text that was cut, fewer than
 *   6 characters of it, or its end;
 * - true, false and null under a key; and, elsewhere than under their key: texts of fewer than 4 characters, numbers of
 *   fewer than 6 digits, words of formats (`user`, `error`, `string` …), and single words that no quotes stand around;
 * - keys in prose (`the password: …`, `password is …`), arguments of a command line behind a space (`--password …`),
 *   lines of YAML below their key; keys that stand above a whole record (`observations`, `scores`, `spans`);
 * - addresses, keys and tokens that have lost their form where a text was cut, and stand nowhere whole;
 * - what properties of the host's own objects would answer if they were asked again.
 */
export function createRedaction(rules: readonly RedactRule[]): Redaction {
  const compiled = compileRules(rules);
  const root = keyContext(compiled);
  const table = createSecretTable();
  const finder = createSecretFinder(table, compiled, root);
  const places = new Map<Secret, number>();
  const keys = new Map<string, string>();
  let keysBefore = 0;

  const mark = (secret: Secret): string => {
    places.set(secret, (places.get(secret) ?? 0) + 1);
    return table.mark(secret);
  };
  let found: FoundUnderKeys | null = null;
  const remember = (secret: Secret): Secret => {
    if (found && secret.rule.find === null) found.set(secret.text, table.mark(secret));
    return secret;
  };
  const masked = (text: string, context: KeyContext): string => {
    const hits = finder.inText(text, context, true);
    for (const { secret } of hits) remember(secret);
    return hits.length === 0 ? text : maskText(text, hits, mark);
  };
  /** A key that is not itself a word of formats. */
  const maskedName = (key: string, marking: (secret: Secret) => string): string => {
    const hits = finder.inText(key, root).filter(({ secret }) => !isFieldName(secret));
    return hits.length === 0 ? key : maskText(key, hits, marking);
  };
  const maskedKey = (key: string): string => {
    if (keysBefore !== table.size() || keys.size >= REMEMBERED) {
      keys.clear();
      keysBefore = table.size();
    }
    let known = keys.get(key);
    if (known === undefined) keys.set(key, (known = maskedName(key, table.mark)));
    if (known !== key) maskedName(key, mark);
    return known;
  };

  const leafOf =
    (
      onText: (text: string, context: KeyContext) => string,
      onSecret: (secret: Secret) => unknown,
    ): LeafVisitor['leaf'] =>
    (value, context, key) => {
      if (typeof value === 'string') {
        const bytes = key === 'bytesValue' || key === 'bytes_value' ? textOfBase64(value) : null;
        const secret = bytes === null || context.whole ? null : secretIn(bytes, context);
        return secret ? onSecret(secret) : onText(value, context);
      }
      if (typeof value === 'number' || typeof value === 'bigint') {
        const secret = finder.inNumber(String(value), context);
        return secret ? onSecret(secret) : value;
      }
      if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
        const secret = secretIn(textOfBytes(value), context);
        return secret ? onSecret(secret) : value;
      }
      // What a function or a symbol of the host holds cannot be read.
      return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
    };
  /** Bytes are masked as a whole, by the longest of the secrets in them. */
  const secretIn = (text: string, context: KeyContext): Secret | null => {
    const hits = finder.inText(text, context);
    return hits.length === 0
      ? null
      : hits.reduce((longest, hit) => (hit.end - hit.start > longest.end - longest.start ? hit : longest)).secret;
  };

  const plains = new WeakMap<object, { readonly plain: unknown }>();
  const plain = (value: object): unknown => {
    const known = plains.get(value);
    if (known) return known.plain;
    const copy = plainOf(value);
    if (copy !== value) plains.set(value, { plain: copy });
    return copy;
  };
  /** Objects that stand under a key that is to be masked: wherever else they are put, they say the same. */
  const hidden = new WeakMap<object, KeyContext>();
  const underKey = (value: object, context: KeyContext): KeyContext =>
    context.whole ? context : (hidden.get(value) ?? context);

  const scanning = new Set<string>();
  const scanner: LeafVisitor = {
    leaf: leafOfScan(),
    key(key) {
      if (!scanning.has(key)) {
        if (scanning.size >= REMEMBERED) scanning.clear();
        scanning.add(key);
        finder.inText(key, root);
      }
      return key;
    },
    plain,
    context(value, context) {
      if (context.whole) hidden.set(value, context);
      return context;
    },
  };
  function leafOfScan(): LeafVisitor['leaf'] {
    const find = leafOf(
      (text, context) => {
        finder.inText(text, context);
        return text;
      },
      () => null,
    );
    return (value, context, key) => {
      find(value, context, key);
      return value;
    };
  }
  const masker: LeafVisitor = {
    leaf: leafOf(masked, (secret) => mark(remember(secret))),
    key: maskedKey,
    plain,
    context: underKey,
  };

  return {
    scan(value) {
      mapLeaves(value, root, scanner);
    },
    mask<Value>(value: Value, into?: FoundUnderKeys) {
      found = into ?? null;
      return mapLeaves(value, root, masker) as Value;
    },
    text(text) {
      const hits = finder.inText(text, root, true);
      return hits.length === 0 ? text : maskText(text, hits, table.mark);
    },
    counts() {
      const all = Array.from(table.all());
      return compiled.map((rule) => {
        const own = all.filter((secret) => secret.rule === rule);
        return {
          rule: rule.name,
          values: own.length,
          places: own.reduce((sum, secret) => sum + (places.get(secret) ?? 0), 0),
        };
      });
    },
    size: () => table.size(),
    failures: () => compiled.filter(({ failed }) => failed).map(({ name }) => name),
    secrets: () =>
      Array.from(table.all(), (secret) => {
        table.mark(secret);
        return { id: secretId(secret.rule.name, secret.ordinal), rule: secret.rule.name, text: secret.text };
      }),
  };
}

function textOfBase64(base64: string): string | null {
  try {
    return textOfBytes(
      Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}

const textOfBytes = (bytes: ArrayBuffer | ArrayBufferView): string => new TextDecoder().decode(bytes as ArrayBuffer);
