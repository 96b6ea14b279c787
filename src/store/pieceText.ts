import { ownValue } from '../model/ownValue.ts';
import type { Expansion } from '../layout/rows/expansion.ts';
import type { TimeWindow } from '../layout/time/timeScale.ts';

/**
 * What does not fit is left out, so that an address stays one: browsers and servers differ in what they take. Lengths
 * are in UTF-16 units.
 */
export const VIEW_STATE_LIMITS = {
  text: 40_000,
  key: 256,
  query: 1024,
  columns: 32,
  name: 64,
  exceptions: 500,
} as const;
/** Characters that one list of exceptions may take in the written text. */
const LIST_AT_MOST = 8192;
const DEEPEST = 1_000_000;

/** Writes and reads a kind of value. Both answer null for what cannot be written or read. */
export interface PieceText<Value> {
  encode(value: Value, keys: KeyText): string | null;
  decode(text: string, keys: KeyText): Value | null;
}

/** Keys of one text: the trace of the first is written once, `_k` stands for it after that. */
export interface KeyText {
  encode(key: string): string;
  /** To be called for each key that is written, as the reader remembers the first trace it comes by. */
  remember(key: string): void;
  decode(text: string): string | null;
}

export function createKeyText(): KeyText {
  let trace: string | null = null;
  const remember = (key: string): void => {
    const cut = key.indexOf('/') + 1;
    if (cut > 0) trace ??= key.slice(0, cut);
  };
  return {
    remember,
    encode(key) {
      const cut = key.indexOf('/') + 1;
      return cut > 0 && key.slice(0, cut) === trace ? `_k${escapeText(key.slice(cut))}` : escapeText(key);
    },
    decode(text) {
      if (text.startsWith('_k')) {
        const rest = unescapeText(text.slice(2));
        return trace === null || rest === null ? null : within(trace + rest, VIEW_STATE_LIMITS.key);
      }
      const key = unescapeText(text);
      if (key !== null) remember(key);
      return within(key, VIEW_STATE_LIMITS.key);
    },
  };
}

/** A text of at most so many characters. */
export const textUpTo = (most: number): PieceText<string> => ({
  encode: (text) => (text.length <= most ? escapeText(text) : null),
  decode: (text) => within(unescapeText(text), most),
});

/** One word for one value, whatever else the piece may be. */
export const wordFor = <Value>(value: Value, word: string): PieceText<Value> => ({
  encode: (given) => (given === value ? word : null),
  decode: (text) => (text === word ? value : null),
});

/** Words for several values; others are not written. */
export const wordsFor = <Value extends string>(words: Readonly<Partial<Record<Value, string>>>): PieceText<Value> => ({
  encode: (given) => ownValue(words as Readonly<Record<string, string>>, given) ?? null,
  decode: (text) => (Object.entries(words).find(([, word]) => word === text)?.[0] as Value | undefined) ?? null,
});

/** Words of a list that comes later: one that is not on it means nothing to who reads it. */
export const laterWord = <Word extends string>(): PieceText<Word> =>
  textUpTo(VIEW_STATE_LIMITS.name) as unknown as PieceText<Word>;

/** Yes and no. */
export const yesOrNo: PieceText<boolean> = {
  encode: (yes) => (yes ? 'y' : 'n'),
  decode: (text) => (text === 'y' || text === 'n' ? text === 'y' : null),
};

/** Several choices of one view, each at its place; what is not chosen is empty there. */
export const choicesText = <Choices extends object>(fields: {
  readonly [Name in keyof Choices]-?: PieceText<NonNullable<Choices[Name]>>;
}): PieceText<Choices> => {
  const places = Object.entries(fields) as [string, PieceText<unknown>][];
  return {
    encode(choices, keys) {
      const written = places.map(([name, field]) => {
        const choice = ownValue(choices as Readonly<Record<string, unknown>>, name);
        return choice === undefined ? '' : (field.encode(choice, keys) ?? '');
      });
      return written.join('*').replace(/\*+$/, '') || null;
    },
    decode(text, keys) {
      const written = text.split('*');
      if (written.length > places.length) return null;
      const read = written.map((each, at) => (each === '' ? undefined : places[at]![1].decode(each, keys)));
      if (read.includes(null)) return null;
      return Object.fromEntries(
        read.flatMap((value, at) => (value === undefined ? [] : [[places[at]![0], value]])),
      ) as Choices;
    },
  };
};

export const spanKeyText: PieceText<string> = {
  encode(key, keys) {
    if (key.length > VIEW_STATE_LIMITS.key) return null;
    const text = keys.encode(key);
    keys.remember(key);
    return text;
  },
  decode: (text, keys) => keys.decode(text),
};

const name = textUpTo(VIEW_STATE_LIMITS.name);

/** Ids of columns; null for an empty list, which is as by default. */
export const namesText: PieceText<readonly string[]> = {
  encode(names, keys) {
    const written = names.slice(0, VIEW_STATE_LIMITS.columns).map((each) => name.encode(each, keys));
    const short = written.filter((each) => each !== null);
    return short.length > 0 ? short.join('*') : null;
  },
  decode: (text, keys) => readList(text.split('*'), VIEW_STATE_LIMITS.columns, (each) => name.decode(each, keys)),
};

export const sortText: PieceText<{ readonly id: string; readonly descending: boolean }> = {
  encode({ id, descending }, keys) {
    const text = name.encode(id, keys);
    return text === null ? null : `${text}*${descending ? 'd' : 'a'}`;
  },
  decode(text, keys) {
    const [written = '', order, ...more] = text.split('*');
    const id = name.decode(written, keys);
    return id === null || more.length > 0 || (order !== 'a' && order !== 'd')
      ? null
      : { id, descending: order === 'd' };
  },
};

export const expansionText: PieceText<Expansion> = {
  encode({ base, except }, keys) {
    let text = encodeBase(base);
    for (const key of except.slice(0, VIEW_STATE_LIMITS.exceptions)) {
      if (key.length > VIEW_STATE_LIMITS.key) continue;
      const next = `*${keys.encode(key)}`;
      if (text.length + next.length > LIST_AT_MOST) break;
      text += next;
      keys.remember(key);
    }
    return text === encodeBase('all') ? null : text;
  },
  decode(text, keys) {
    const [first = '', ...written] = text.split('*');
    const base = decodeBase(first);
    const except = readList(written, VIEW_STATE_LIMITS.exceptions, keys.decode);
    return base === null || except === null ? null : { base, except };
  },
};

function encodeBase(base: Expansion['base']): string {
  if (typeof base === 'number') return String(Math.min(Math.max(Math.trunc(base) || 0, 0), DEEPEST));
  return base === 'all' ? 'a' : 'n';
}

function decodeBase(text: string): Expansion['base'] | null {
  if (text === 'a') return 'all';
  if (text === 'n') return 'none';
  return /^\d{1,7}$/.test(text) && Number(text) <= DEEPEST ? Number(text) : null;
}

export const windowText: PieceText<TimeWindow> = {
  encode: (window) => (isWindow(window) ? window.map((time) => escapeText(String(time))).join('*') : null),
  decode(text) {
    const times = text.split('*').map((time) => {
      const number = unescapeText(time);
      return number !== null && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(number) ? Number(number) : Number.NaN;
    });
    const window = [times[0]!, times[1]!] as const;
    return times.length === 2 && isWindow(window) ? window : null;
  },
};

const isWindow = ([from, to]: TimeWindow): boolean => Number.isFinite(from) && Number.isFinite(to) && from <= to;

const within = (text: string | null, most: number): string | null =>
  text !== null && text.length <= most ? text : null;

function readList(
  items: readonly string[],
  most: number,
  read: (item: string) => string | null,
): readonly string[] | null {
  if (items.length > most) return null;
  const list = items.map(read);
  return list.includes(null) ? null : (list as string[]);
}

const escapeText = (text: string): string =>
  text.replace(/[^A-Za-z0-9-]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 256 ? `_${code.toString(16).padStart(2, '0')}` : `_u${code.toString(16).padStart(4, '0')}`;
  });

/** Undone `escapeText`; null for what it does not write. */
function unescapeText(text: string): string | null {
  const plain = text.replace(
    /_(?:u([0-9a-f]{4})|([0-9a-f]{2}))/g,
    (_, four: string | undefined, two: string | undefined) => String.fromCharCode(Number.parseInt((four ?? two)!, 16)),
  );
  return /^(?:[A-Za-z0-9-]|_u[0-9a-f]{4}|_[0-9a-f]{2})*$/.test(text) ? plain : null;
}

type KeyPair = readonly [string, string];
const NOT = '_n';

/** Pairs, `_n` before such that are none: `key*key*_nkey*key`. No key begins so. */
export const pairsText: PieceText<{ readonly pair: readonly KeyPair[]; readonly forbid: readonly KeyPair[] }> = {
  encode({ pair, forbid }, keys) {
    let text = '';
    for (const [list, sign] of [
      [pair, ''],
      [forbid, NOT],
    ] as const)
      for (const both of list.slice(0, VIEW_STATE_LIMITS.exceptions)) {
        if (both.some(({ length }) => length > VIEW_STATE_LIMITS.key)) continue;
        let next = '';
        for (const [place, key] of both.entries()) {
          next += `*${place === 0 ? sign : ''}${keys.encode(key)}`;
          keys.remember(key);
        }
        if (text.length + next.length > LIST_AT_MOST) break;
        text += next;
      }
    return text === '' ? null : text.slice(1);
  },
  decode(text, keys) {
    const written = text.split('*');
    if (written.length % 2 === 1 || written.length > VIEW_STATE_LIMITS.exceptions * 4) return null;
    const pair: KeyPair[] = [];
    const forbid: KeyPair[] = [];
    for (let at = 0; at < written.length; at += 2) {
      const isForbidden = written[at]!.startsWith(NOT);
      const a = keys.decode(isForbidden ? written[at]!.slice(NOT.length) : written[at]!);
      const b = keys.decode(written[at + 1]!);
      if (a === null || b === null) return null;
      (isForbidden ? forbid : pair).push([a, b]);
    }
    return { pair, forbid };
  },
};
