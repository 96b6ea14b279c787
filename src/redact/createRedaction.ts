import { compileRules } from './compileRules.ts';
import { createSecretFinder } from './findSecrets.ts';
import { keyContext, type KeyContext } from './keyContext.ts';
import { mapLeaves, type LeafVisitor } from './mapLeaves.ts';
import { secretId } from './mark.ts';
import { maskText } from './maskText.ts';
import { createSecretTable, isPlainWord } from './secretTable.ts';
import type { RedactRule, Secret } from './types.ts';

/** Masks what rules find, wherever it recurs. First everything is scanned, then everything is masked. */
export interface Redaction {
  /** Remembers the secrets in any plain data: objects, lists, `Map`, texts, numbers, bytes, and JSON within texts. */
  scan(value: unknown): void;
  /**
   * The same data with a mark in the place of each secret: under its key, and wherever else its text stands, also in keys and in escaped
   * spellings. What holds none is the same reference. Secrets of data that was not scanned are found too, but not in what was masked before.
   */
  mask<Value>(value: Value): Value;
  /** The same for a text that is shown, such as a message. */
  text(text: string): string;
  /** For each rule: how many different secrets it found, and how many marks `mask` put in place of them. */
  counts(): readonly { readonly rule: string; readonly values: number; readonly places: number }[];
  /** What the marks stand for, for the host only. */
  secrets(): readonly { readonly id: string; readonly rule: string; readonly text: string }[];
}

/** A plain word that stood under a key that is to be masked is no secret where it is itself a key: there it is what a format calls a field. */
const isFieldName = ({ rule, text }: Secret): boolean => rule.find === null && isPlainWord(text);

/** How many masked keys are remembered at a time. */
const REMEMBERED = 20_000;

/** Creates a redaction by these rules. Of several that find the same, the first one gives the name. */
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
  const masked = (text: string, context: KeyContext, marking = mark, keep: (secret: Secret) => boolean = () => false): string => {
    const hits = finder.inText(text, context).filter(({ secret }) => !keep(secret));
    return hits.length === 0 ? text : maskText(text, hits, marking);
  };
  const maskedKey = (key: string): string => {
    if (keysBefore !== table.size() || keys.size >= REMEMBERED) {
      keys.clear();
      keysBefore = table.size();
    }
    let known = keys.get(key);
    if (known === undefined) keys.set(key, known = masked(key, root, table.mark, isFieldName));
    if (known !== key) masked(key, root, mark, isFieldName);
    return known;
  };

  const leafOf = (onText: (text: string, context: KeyContext) => string, onSecret: (secret: Secret) => unknown): LeafVisitor['leaf'] => (value, context, key) => {
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
    return value;
  };
  /** Bytes are masked as a whole, by the longest of the secrets in them. */
  const secretIn = (text: string, context: KeyContext): Secret | null => {
    const hits = finder.inText(text, context);
    return hits.length === 0 ? null : hits.reduce((longest, hit) => (hit.end - hit.start > longest.end - longest.start ? hit : longest)).secret;
  };

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
  };
  function leafOfScan(): LeafVisitor['leaf'] {
    const find = leafOf((text, context) => { finder.inText(text, context); return text; }, () => null);
    return (value, context, key) => { find(value, context, key); return value; };
  }
  const masker: LeafVisitor = { leaf: leafOf(masked, mark), key: maskedKey };

  return {
    scan(value) { mapLeaves(value, root, root, scanner); },
    mask<Value>(value: Value) { return mapLeaves(value, root, root, masker) as Value; },
    text: (text) => masked(text, root, table.mark),
    counts() {
      const all = Array.from(table.all());
      return compiled.map((rule) => {
        const own = all.filter((secret) => secret.rule === rule);
        return { rule: rule.name, values: own.length, places: own.reduce((sum, secret) => sum + (places.get(secret) ?? 0), 0) };
      });
    },
    secrets: () => Array.from(table.all(), (secret) => {
      table.mark(secret);
      return { id: secretId(secret.rule.name, secret.ordinal), rule: secret.rule.name, text: secret.text };
    }),
  };
}

function textOfBase64(base64: string): string | null {
  try {
    return textOfBytes(Uint8Array.from(atob(base64.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)));
  } catch {
    return null;
  }
}

const textOfBytes = (bytes: ArrayBuffer | ArrayBufferView): string => new TextDecoder().decode(bytes as ArrayBuffer);
