import type { Secret } from '../types.ts';

/** Where a secret may recur: anywhere, as a word of its own, or as a number of its own. */
export type Recurs = 'anywhere' | 'word' | 'number';

/** Secrets, found again in texts. */
export interface SecretIndex {
  add(secret: Secret, recurs: Recurs): void;
  /** Calls `visit` with each place where a secret stands; of several that begin there, with the longest. */
  find(text: string, visit: (start: number, end: number, secret: Secret) => void): void;
  /** Whether any of them has a space, which forms write as +, or a quote or backslash, which have a meaning in JSON. */
  has(char: ' ' | '"' | '\\'): boolean;
  /** Whether any of them may begin here; false is sure. */
  mayBegin(text: string, at: number): boolean;
  all(): Iterable<Secret>;
  size(): number;
}

interface Entry {
  readonly secret: Secret;
  readonly recurs: Recurs;
}

/** Every secret in it has at least this many units: what a place is first looked at for. */
export const SHORTEST = 4;
const BLOCK = 8;
const BITS = 20;
/**
 * Units looked at for each one of the text, before what is left of it is masked unseen. Only texts made for it get
 * there.
 */
const EFFORT = 40;

/**
 * Secrets are a tree by blocks of 8 units, behind a first one of 4 that a bitmap answers for: at nearly all places of a
 * text that is one shift and one look at a bit. Measured on ordinary English text: 3 ns for a character with 10,000
 * secrets or 100,000, 30 where all of them begin with words of the text; a RegExp of 10,000 alternatives takes 160. An
 * Aho-Corasick automaton would hold a node for each letter, and have to be built again whenever a secret is added. A
 * tree alone is not linear (a long secret of equal letters in a text of those), so the work on a text is bounded.
 */
export function createSecretIndex(): SecretIndex {
  const bitmap = new Uint32Array(2 ** (BITS - 5));
  const nodes = new Map<number, number>();
  /** By node: the lengths, as bits, of the ends that hang on it. */
  const lengths: number[] = [0];
  const ends = new Map<number, Entry>();
  const all: Secret[] = [];
  const special = new Set<string>();

  function add(secret: Secret, recurs: Recurs): void {
    const { text } = secret;
    for (const char of [' ', '"', '\\']) if (text.includes(char)) special.add(char);
    let gram = 0;
    for (let at = 0; at < SHORTEST; at += 1) gram = (gram << 8) | (text.charCodeAt(at) & 255);
    all.push(secret);
    const bit = bitOf(gram);
    bitmap[bit >>> 5]! |= 1 << (bit & 31);
    let node = 0;
    let at = 0;
    for (let size = SHORTEST; at + size <= text.length; at += size, size = BLOCK) {
      const key = node * 2 ** 32 + hash(text, at, at + size);
      let next = nodes.get(key);
      if (next === undefined) {
        next = lengths.push(0) - 1;
        nodes.set(key, next);
      }
      node = next;
    }
    lengths[node]! |= 1 << (text.length - at);
    ends.set(node * 2 ** 32 + hash(text, at, text.length), { secret, recurs });
  }

  function find(text: string, visit: (start: number, end: number, secret: Secret) => void): void {
    if (all.length === 0) return;
    let effort = EFFORT * text.length + 10_000;
    let gram = 0;
    for (let last = 0; last < text.length; last += 1) {
      gram = (gram << 8) | (text.charCodeAt(last) & 255);
      const bit = bitOf(gram);
      if (!(bitmap[bit >>> 5]! & (1 << (bit & 31))) || last < SHORTEST - 1) continue;
      const start = last - SHORTEST + 1;
      let longest: Entry | null = null;
      let node: number | undefined = 0;
      let at = start;
      for (let size = SHORTEST; at + size <= text.length; size = BLOCK) {
        node = nodes.get(node * 2 ** 32 + hash(text, at, at + size));
        effort -= size;
        if (node === undefined) break;
        at += size;
        for (let tails = lengths[node]!; tails !== 0; tails &= tails - 1) {
          const end = at + 31 - Math.clz32(tails & -tails);
          if (end > text.length) break;
          const entry = ends.get(node * 2 ** 32 + hash(text, at, end));
          effort -= BLOCK;
          if (entry && stands(text, start, entry)) {
            longest = entry;
            effort -= end - start;
          }
        }
        if (effort < 0) {
          // Nobody's text does that by chance. What begins like a secret is taken for one, to the end.
          const begun = longest ?? ends.values().next().value!;
          visit(start, text.length, begun.secret);
          return;
        }
      }
      if (longest) visit(start, start + longest.secret.text.length, longest.secret);
    }
  }

  function mayBegin(text: string, at: number): boolean {
    let gram = 0;
    for (let unit = at; unit < at + SHORTEST; unit += 1) gram = (gram << 8) | (text.charCodeAt(unit) & 255);
    const bit = bitOf(gram);
    return (bitmap[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  return { add, find, has: (char) => special.has(char), mayBegin, all: () => all, size: () => all.length };
}

const bitOf = (gram: number): number => Math.imul(gram, 0x9e3779b1) >>> (32 - BITS);

function hash(text: string, start: number, end: number): number {
  let result = 0x811c9dc5 ^ (end - start);
  for (let at = start; at < end; at += 1) result = Math.imul(result ^ text.charCodeAt(at), 0x01000193);
  return result >>> 0;
}

function stands(text: string, start: number, { secret, recurs }: Entry): boolean {
  if (!text.startsWith(secret.text, start)) return false;
  if (recurs === 'anywhere') return true;
  const inside = recurs === 'word' ? isWord : isDigit;
  return !inside(text.charCodeAt(start - 1)) && !inside(text.charCodeAt(start + secret.text.length));
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
/** Letters of scripts that put no space between words are none here: their words could not be told apart. */
const isWord = (unit: number): boolean =>
  isDigit(unit) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 97 && unit <= 122) ||
  unit === 95 ||
  (unit >= 0xc0 && unit < 0x2000);
