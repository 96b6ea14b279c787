import { PAIR_NAMES, PAIR_VALUES, type KeyContext } from './keyContext.ts';

/**
 * A text in quotes (the range is what stands between them) or a number of a JSON text, with what the keys above say
 * about it.
 */
export interface JsonToken {
  readonly type: 'key' | 'text' | 'number';
  readonly start: number;
  readonly end: number;
  readonly escaped: boolean;
  context: KeyContext;
}

/**
 * `key` and `place` say where it stands in its parent; `count` is that of its commas, and `pairKey` what names the
 * value of a pair.
 */
interface Container {
  readonly parent: Container | null;
  readonly key: string | null;
  readonly place: number;
  readonly list: boolean;
  count: number;
  pairKey: string | null;
  pairRank: number;
  context: KeyContext | null;
}

/**
 * Whether a text is JSON: an object, a list, or a text in quotes. Others are told apart by their first and last letter.
 */
export function isJson(text: string): boolean {
  const opening = /^\s*(["[{])/.exec(text)?.[1];
  if (!opening || !/["}\]]\s*$/.test(text.slice(-20))) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The texts and numbers of a text that is JSON, in their order, however deep they stand. */
export function jsonTokens(text: string, context: KeyContext, keyless: KeyContext): readonly JsonToken[] {
  const tokens: JsonToken[] = [];
  const homes: (Container | null)[] = [];
  const names: (string | null)[] = [];
  const places: number[] = [];
  const containers: Container[] = [];
  let inside = null as Container | null;
  let key: string | null = null;
  const put = (type: JsonToken['type'], start: number, end: number, escaped: boolean): void => {
    tokens.push({ type, start, end, escaped, context: type === 'key' ? keyless : context });
    homes.push(inside);
    names.push(key);
    places.push(inside?.count ?? 0);
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const start = at + 1;
      const { end, escaped } = quoteEnd(text, start);
      at = end;
      if (inside && !inside.list && key === null) {
        put('key', start, end, escaped);
        key = decodedText(text, start, end, escaped);
      } else {
        const isName = inside?.list === true && inside.count === 0 && end - start <= 200;
        const rankInList = isName ? 0 : -1;
        const rank = inside?.list ? rankInList : PAIR_NAMES.indexOf(key!);
        if (inside && rank >= 0 && rank <= inside.pairRank) {
          inside.pairKey = decodedText(text, start, end, escaped);
          inside.pairRank = rank;
        }
        put('text', start, end, escaped);
      }
    } else if (unit === 0x7b || unit === 0x5b) {
      containers.push(
        (inside = {
          parent: inside,
          key,
          place: inside?.count ?? 0,
          list: unit === 0x5b,
          count: 0,
          pairKey: null,
          pairRank: PAIR_NAMES.length,
          context: null,
        }),
      );
      key = null;
    } else if (unit === 0x7d || unit === 0x5d) {
      inside = inside?.parent ?? null;
      key = null;
    } else if (unit === 0x2c) {
      key = null;
      if (inside) inside.count += 1;
    } else if (unit === 0x2d || (unit >= 48 && unit <= 57)) {
      const start = at;
      while (at + 1 < text.length && NUMBER.test(text[at + 1]!)) at += 1;
      put('number', start, at + 1, false);
    }
  }
  // Parents stand before what is in them. The `key` of a pair may stand behind its value, so this is not done on the
  // way.
  for (const container of containers)
    container.context = below(container.parent, container.key, container.place, context);
  tokens.forEach((token, index) => {
    if (token.type !== 'key') token.context = below(homes[index]!, names[index]!, places[index]!, context);
  });
  return tokens;
}

/**
 * The context under a key of a container. In `{ key: 'password', value: … }` the text named `key` is one too, and in
 * lists of lists of two the first text.
 */
function below(container: Container | null, key: string | null, place: number, context: KeyContext): KeyContext {
  if (!container) return context;
  const own = container.context!;
  if (container.list)
    return container.pairKey !== null && place === 1 && container.count === 1 && container.parent?.list
      ? own.under(container.pairKey)
      : own;
  if (key === null) return own;
  const named = own.under(key);
  return container.pairKey !== null && PAIR_VALUES.has(key) ? named.under(container.pairKey) : named;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /[\d.eE+-]/;

/**
 * Where the text that begins at `start` is closed, and whether it has escapes; the end of all where it is not closed.
 */
export function quoteEnd(
  text: string,
  start: number,
  quote: number = QUOTE,
): { readonly end: number; readonly escaped: boolean } {
  let escaped = false;
  let end = start;
  for (; end < text.length; end += 1) {
    const unit = text.charCodeAt(end);
    if (unit === quote) break;
    if (unit === BACKSLASH) {
      escaped = true;
      end += 1;
    }
  }
  return { end: Math.min(end, text.length), escaped };
}

function decodedText(text: string, start: number, end: number, escaped: boolean): string {
  return escaped ? (JSON.parse(text.slice(start - 1, end + 1)) as string) : text.slice(start, end);
}
