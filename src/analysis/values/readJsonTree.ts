import type { Steps } from '../steps.ts';
import { JsonTreeBuilder } from './jsonTree.ts';
import type { JsonTree } from './types.ts';

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\n\r]*/y;
const LITERALS = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
] as const;
/** Nodes, or escapes within one string, between two rests. */
const AT_ONCE = 500;

const [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT, COMMA, COLON] = Array.from('"[]{},:', (sign) =>
  sign.charCodeAt(0),
) as [number, number, number, number, number, number, number];

/** An object or a list that is being read. */
interface Open {
  readonly node: number;
  readonly isList: boolean;
  entries: number;
}

/**
 * Reads a JSON text (RFC 8259) into a tree, without recursion and in steps; null where it is none. Unlike `JSON.parse`
 * it can rest in between, keeps numbers as they are written, entries with a key that is there twice, and control
 * characters that should have been escaped. Texts without escapes are windows of the text and cost no copy; one string
 * is decoded in one go, however long it is.
 */
export function* readJsonTree(text: string): Steps<JsonTree | null> {
  const build = new JsonTreeBuilder();
  const strings = new Strings(text);
  const open: Open[] = [];
  let at = skipSpace(text, 0);
  for (let done = false, count = 0; !done; count += 1) {
    if (count % AT_ONCE === AT_ONCE - 1) yield;
    let inside = open.at(-1);
    // What begins here is an entry of what is open: its key first, where that is an object.
    let key: string | number | null = null;
    if (inside?.isList === true) key = inside.entries;
    if (inside?.isList === false) {
      if (text.charCodeAt(at) !== QUOTE) return null;
      yield* strings.end(at);
      key = strings.decode(at);
      at = skipSpace(text, strings.after);
      if (key === null || text.charCodeAt(at) !== COLON) return null;
      at = skipSpace(text, at + 1);
    }
    if (inside) inside.entries += 1;
    const parent = inside?.node ?? -1;
    if (build.isFull) return cutOff(build, open, key, text.slice(at));
    const sign = text.charCodeAt(at);
    if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      const isList = sign === OPEN_LIST;
      inside = { node: build.add(parent, isList ? 'list' : 'object', key, ''), isList, entries: 0 };
      open.push(inside);
      at = skipSpace(text, at + 1);
      if (text.charCodeAt(at) !== (isList ? CLOSE_LIST : CLOSE_OBJECT)) continue;
    } else if (sign === QUOTE) {
      yield* strings.end(at);
      const value = strings.decode(at);
      if (value === null) return null;
      build.add(parent, 'string', key, value);
      at = skipSpace(text, strings.after);
    } else {
      const after = readScalar(text, at, (type, word) => build.add(parent, type, key, word));
      if (after === -1) return null;
      at = skipSpace(text, after);
    }
    // What ends here, and whether there is more.
    for (;;) {
      const last = open.at(-1);
      const next = text.charCodeAt(at);
      if (!last) {
        if (at !== text.length) return null;
        done = true;
        break;
      }
      if (next === COMMA) {
        at = skipSpace(text, at + 1);
        break;
      }
      if (next !== (last.isList ? CLOSE_LIST : CLOSE_OBJECT)) return null;
      build.close(last.node, last.entries);
      open.pop();
      at = skipSpace(text, at + 1);
    }
  }
  return build.finish();
}

function skipSpace(text: string, from: number): number {
  // Most JSON has none.
  if (text.charCodeAt(from) > 32) return from;
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** A number or a word; where it ends, or -1. */
function readScalar(
  text: string,
  at: number,
  add: (type: 'number' | 'boolean' | 'null', word: string) => void,
): number {
  for (const [word, type] of LITERALS) {
    if (!text.startsWith(word, at)) continue;
    add(type, word);
    return at + word.length;
  }
  NUMBER.lastIndex = at;
  const [number] = NUMBER.exec(text) ?? [];
  if (number === undefined) return -1;
  add('number', number);
  return at + number.length;
}

/** Nothing more fits: what is left is one node, as it is written. */
function cutOff(build: JsonTreeBuilder, open: readonly Open[], key: string | number | null, rest: string): JsonTree {
  build.add(open.at(-1)!.node, 'cut', key, rest);
  for (let at = open.length - 1; at >= 0; at -= 1) build.close(open[at]!.node, open[at]!.entries);
  return build.finish();
}

/** The strings of a text, read from left to right: each quote and each backslash is looked up once. */
class Strings {
  readonly #text: string;
  #quote = -1;
  #backslash = -1;
  #isPlain = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** Behind the closing quote. */
  get after(): number {
    return this.#quote + 1;
  }

  /** Finds the end of the string that begins at a quote. */
  *end(start: number): Steps<void> {
    let from = start + 1;
    let escapes = 0;
    for (;;) {
      if (this.#quote < from) this.#quote = this.#next('"', from);
      if (this.#backslash < from) this.#backslash = this.#next('\\', from);
      if (this.#quote <= this.#backslash) break;
      from = this.#backslash + 2;
      escapes += 1;
      if (escapes % (AT_ONCE * 20) === 0) yield;
    }
    this.#isPlain = escapes === 0;
  }

  /** The string that ends where `end` found it; null where it does not end or is none. */
  decode(start: number): string | null {
    const text = this.#text;
    if (this.#quote >= text.length) return null;
    if (this.#isPlain) return text.slice(start + 1, this.#quote);
    const written = text.slice(start, this.#quote + 1);
    return (
      parsedString(written) ??
      parsedString(written.replaceAll(CONTROLS, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`))
    );
  }

  #next(sign: string, from: number): number {
    const found = this.#text.indexOf(sign, from);
    return found === -1 ? this.#text.length : found;
  }
}

// They are what this is about.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001F]/g;

function parsedString(written: string): string | null {
  try {
    return JSON.parse(written) as string;
  } catch {
    return null;
  }
}
