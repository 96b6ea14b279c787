import { decodeFully, decodeOnce, decodeQuoted, hasEscapes, type Decoded } from '../keys/decodeEscapes.ts';
import { isJson, jsonTokens } from '../keys/jsonTokens.ts';
import type { KeyContext } from '../keys/keyContext.ts';
import { bareKeys } from '../keys/bareKeys.ts';
import { cutsOf } from './cutSecrets.ts';
import { marksIn, type MarkPlace } from '../mark.ts';
import { quotedKeys, type KeyedValue } from '../keys/quotedKeys.ts';
import { isPlainWord } from './recurrence.ts';
import { rangeSet } from './rangeSet.ts';
import type { SecretTable } from './secretTable.ts';
import type { Range, Rule, Secret } from '../types.ts';
import { xmlKeys } from '../keys/xmlKeys.ts';

/** A place in a text that is to be masked. `quote` is put around the mark where it takes the place of a number. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly secret: Secret;
  readonly quote: string;
}

/** Finds what is to be masked in texts, and adds it to the table. */
export interface SecretFinder {
  /**
   * In a text, in no order; they may overlap. `cut` says to look for what is left of known secrets where a text was
   * cut, too.
   */
  inText(text: string, context: KeyContext, cut?: boolean): readonly Hit[];
  /** In a number, as it is written; it is masked as a whole or not at all. */
  inNumber(text: string, context: KeyContext): Secret | null;
}

/**
 * A hit whose text is not known to be a secret yet. `reading` counts the levels of escapes that were taken away on
 * trial before it was found. What is `here` only is not looked for elsewhere.
 */
interface Find {
  readonly start: number;
  readonly end: number;
  readonly secret: Secret | null;
  readonly text: string;
  readonly rule: Rule;
  readonly quote: string;
  readonly reading: number;
  readonly here?: boolean;
}

/** Escapes within escapes are read level by level as far as this, and all that are left at once behind it. */
const DEEPEST = 8;
const NONE: readonly Find[] = [];
const JSON_SIGN = /["\\]/;
const NAME_ALONE = /^[\p{L}_.$]+$/u;
/** The password of `amqp://guest:guest@host` is a word elsewhere; a longer one is a password there too. */
const isShortWord = (text: string): boolean => text.length < 12 && isPlainWord(text);

/**
 * A text that is JSON is read as such: each text in it is a text of its own, under its keys. Any other is searched as
 * it stands, then without one level of its escapes, and so on: `\"a\\u0040b.c\"` in a log hides nothing. Places are
 * those of the original, so that nothing but what is masked is written anew, and numbers, escapes and spaces stay as
 * they are.
 */
export function createSecretFinder(table: SecretTable, rules: readonly Rule[], keyless: KeyContext): SecretFinder {
  const names = new Set(rules.map(({ name }) => name));
  const ruleOf = new Map(rules.toReversed().map((rule) => [rule.name, rule]));
  const hasKeys = rules.some(({ key }) => key);
  /** Whether the text that is looked at now may end in the middle of a secret. */
  let mayBeCut = false;

  function findIn(text: string, context: KeyContext, depth: number, reading: number): readonly Find[] {
    if (text === '') return NONE;
    const marks = marksIn(text, names);
    for (const { rule, ordinal } of marks) if (!table.isGiven(rule, ordinal)) table.reserve(rule, ordinal);
    if (
      marks.length === 1 &&
      marks[0]!.end - marks[0]!.start === text.length &&
      table.isGiven(marks[0]!.rule, marks[0]!.ordinal)
    )
      return NONE;
    const json = depth < DEEPEST && isJson(text) ? inJson(text, context, depth, reading) : null;
    if (context.whole) {
      // A text in quotes is masked with them, and what it says is a secret too.
      const structured = json && /^\s*[[{]/.test(text);
      return structured ? json : [findOf(text, [0, text.length], context.whole, reading), ...(json ?? [])];
    }
    if (json) return json;
    const hits = inProse(text, context, depth, reading);
    if (marks.length === 0) return hits;
    // A mark of another time, or one that somebody made up, is a secret like any other: what it says must not be taken
    // for what is hidden here.
    const old = marks
      .filter(({ rule, ordinal }) => !table.isGiven(rule, ordinal))
      .map(({ start, end, rule }) => findOf(text, [start, end], ruleOf.get(rule)!, reading));
    return [...aroundMarks(hits, marks), ...old];
  }

  function inJson(text: string, context: KeyContext, depth: number, reading: number): readonly Find[] {
    const hits: Find[] = [];
    for (const { type, start, end, escaped, context: own } of jsonTokens(text, context, keyless)) {
      const quoted = text.slice(start, end);
      if (type === 'number') {
        const secret = inNumber(quoted, own);
        if (secret) hits.push(knownSecret(start, end, secret, '"'));
      } else if (escaped) {
        const decoded = decodeQuoted(quoted);
        append(hits, findIn(decoded.text, own, depth + 1, reading), decoded, start, '"');
      } else {
        append(hits, findIn(quoted, own, depth + 1, reading), null, start, '"');
      }
    }
    if (table.index.has('"') || table.index.has('\\')) asWritten(text, hits);
    return hits;
  }

  /**
   * Secrets with signs that mean something in JSON, found as they are: a path in quotes may be JSON by chance, and a
   * part of JSON a secret.
   */
  function asWritten(text: string, hits: Find[]): void {
    table.index.find(text, (start, end, secret) => {
      if (!JSON_SIGN.test(secret.text)) return;
      hits.push(
        knownSecret(start - backslashes(text, start), findOf(text, [start, end], secret.rule, 0).end, secret, ''),
      );
    });
    if (!text.includes('\\')) return;
    const { text: decoded, starts } = decodeOnce(text);
    table.index.find(decoded, (start, end, secret) => {
      if (JSON_SIGN.test(secret.text)) hits.push(knownSecret(starts[start]!, starts[end]!, secret, ''));
    });
  }

  function inProse(text: string, context: KeyContext, depth: number, reading: number): readonly Find[] {
    const hits: Find[] = [];
    const cutting: { readonly range: Range; readonly rule: Rule }[] = [];
    const escapes = depth <= DEEPEST && hasEscapes(text);
    for (const rule of context.searching) {
      for (const range of rule.find!(text)) {
        if (escapes && cutEscape(text, range[0]) > 0) cutting.push({ range, rule });
        else
          hits.push({ ...findOf(text, range, rule, reading), here: rule.ready && isShortWord(text.slice(...range)) });
      }
      if (rule.anchored) inQuotes(text, rule, reading, hits);
    }
    table.index.find(text, (start, end, secret) => hits.push(knownSecret(start, end, secret, '')));
    if (text.includes('+') && table.index.has(' ')) {
      const { text: form, starts } = decodeOnce(text.replaceAll('+', ' '));
      table.index.find(form, (start, end, secret) => hits.push(knownSecret(starts[start]!, starts[end]!, secret, '')));
    }
    if (mayBeCut) {
      for (const end of cutsOf(text)) {
        const cut = table.cut.before(text, end);
        if (cut) hits.push({ ...findOf(text, [cut.start, end], cut.secret.rule, reading), here: true });
      }
    }
    if (hasKeys) underKeys(text, context, depth, reading, hits);
    if (!escapes) return hits;

    const decoded = depth < DEEPEST ? decodeOnce(text) : decodeFully(text);
    const inner: Find[] = [];
    append(inner, findIn(decoded.text, context, depth + 1, reading + 1), decoded, 0, '"');
    append(hits, inner, null, 0, '');
    if (cutting.length === 0) return hits;
    // `\nme@example.com` among quotes is a new line and an address. Where nothing is quoted it may be a path, and no
    // letter is to be left.
    const read = rangeSet(inner.map(({ start, end }) => [start, end]));
    const firstQuote = text.search(/["']/);
    for (const { range, rule } of cutting) {
      const [start, end] = range;
      const quoted = text[start - 1] !== '\\' || (firstQuote >= 0 && firstQuote < start);
      if (!quoted || !read.touching(start, end))
        hits.push({ ...findOf(text, range, rule, reading), start: start - cutEscape(text, start) });
    }
    return hits;
  }

  /** Values that stand behind a key in a text. */
  function underKeys(text: string, context: KeyContext, depth: number, reading: number, hits: Find[]): void {
    const visit = ({ start, end, context: own, kind, quote, escaped }: KeyedValue): void => {
      const value = text.slice(start, end);
      // A word of code or prose that is no quoted text is hidden, and is a word elsewhere.
      const here = (kind === 'word' || kind === 'bare') && NAME_ALONE.test(value);
      if (own.whole && (kind === 'word' || here || depth > DEEPEST))
        hits.push({ ...findOf(text, [start, end], own.whole, reading), quote: kind === 'word' ? quote : '', here });
      else if (kind === 'word') {
        const secret = inNumber(value, own);
        if (secret) hits.push(knownSecret(start, end, secret, quote));
      } else if (depth <= DEEPEST) {
        const unescaped = escaped ? decodeQuoted(value) : null;
        const decoded = kind === 'form' ? decodeOnce(value.replaceAll('+', ' ')) : unescaped;
        append(hits, findIn(decoded?.text ?? value, own, depth + 1, reading), decoded, start, quote);
      }
    };
    quotedKeys(text, context, visit);
    bareKeys(text, context, visit);
    xmlKeys(text, context, visit);
  }

  /** Each text between two quotes alone, for rules that speak of where a text begins and ends. */
  function inQuotes(text: string, rule: Rule, reading: number, hits: Find[]): void {
    let start = -1;
    for (const { index } of text.matchAll(/["']/g)) {
      if (start >= 0)
        for (const [from, to] of rule.find!(text.slice(start, index)))
          hits.push(findOf(text, [start + from, start + to], rule, reading));
      start = index + 1;
    }
  }

  function inNumber(text: string, context: KeyContext): Secret | null {
    if (context.whole) return table.add(text, context.whole);
    for (const rule of context.searching) {
      for (const [start, end] of rule.find!(text)) return table.add(text.slice(start, end), rule);
    }
    const known = text.length < 6 ? undefined : table.get(text);
    return known && text.replaceAll(/\D/g, '').length >= 6 ? known : null;
  }

  /**
   * What was found on trial within what was found before is no secret of its own, but a part of one, and not
   * remembered.
   */
  function inText(text: string, context: KeyContext, cut = false): readonly Hit[] {
    mayBeCut = cut;
    const found = findIn(text, context, 0, 0);
    const first = found.some(({ reading }) => reading > 0)
      ? rangeSet(found.filter(({ reading }) => reading === 0).map(({ start, end }) => [start, end]))
      : null;
    const hits: Hit[] = [];
    for (const { start, end, secret, text: own, rule, quote, reading, here } of found) {
      const around = reading > 0 && !secret ? first!.touching(start, end) : null;
      if (!around || around[0] > start || around[1] < end)
        hits.push({ start, end, secret: secret ?? table.add(own, rule, !here), quote });
    }
    return hits;
  }

  return { inText, inNumber };
}

const knownSecret = (start: number, end: number, secret: Secret, quote: string): Find => ({
  start,
  end,
  secret,
  text: secret.text,
  rule: secret.rule,
  quote,
  reading: 0,
});

/** What ends within an escape ends behind it. */
function findOf(text: string, [start, end]: Range, rule: Rule, reading: number): Find {
  const cut = text[end - 1] === '\\' && end < text.length && backslashes(text, end) % 2 === 1;
  return { start, end: cut ? end + 1 : end, secret: null, text: text.slice(start, end), rule, quote: '', reading };
}

/**
 * Adds hits of a text that was decoded from, or simply stood at, a place in another one. Quotes around a mark are
 * escaped there.
 */
function append(hits: Find[], found: readonly Find[], decoded: Decoded | null, offset: number, quote: string): void {
  for (const find of found) {
    const { start, end, quote: own } = find;
    hits.push({
      ...find,
      start: offset + (decoded ? decoded.starts[start]! : start),
      end: offset + (decoded ? decoded.starts[end]! : end),
      quote:
        own === '' || quote === ''
          ? own
          : own.replaceAll(/[\\"']/g, (char) => (char === '\\' || char === quote ? `\\${char}` : char)),
    });
  }
}

/** Backslashes directly before a place. */
function backslashes(text: string, end: number): number {
  let start = end;
  while (start > 0 && text[start - 1] === '\\') start -= 1;
  return end - start;
}

/** How many units before a place belong to an escape, should it be cut there; 0 = it cuts none. */
function cutEscape(text: string, at: number): number {
  if (text[at - 1] === '\\') return backslashes(text, at);
  return /%[\da-fA-F]?$/.exec(text.slice(Math.max(0, at - 2), at))?.[0].length ?? 0;
}

/** Marks stay: what is found within one is none, and what cuts one takes it in. */
function aroundMarks(hits: readonly Find[], marks: readonly MarkPlace[]): readonly Find[] {
  if (hits.length === 0) return hits;
  const set = rangeSet(marks.map(({ start, end }) => [start, end]));
  const around: Find[] = [];
  for (const hit of hits) {
    const first = set.touching(hit.start, hit.start + 1);
    const last = set.touching(hit.end - 1, hit.end);
    if (!first || first !== last) around.push({ ...hit, start: first?.[0] ?? hit.start, end: last?.[1] ?? hit.end });
  }
  return around;
}
