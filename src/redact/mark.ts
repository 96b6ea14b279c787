/**
 * A masked text reads `⟦email·3⟧`: the name of the rule, and which of its secrets it is. Equal secrets have equal
 * marks, so what belongs together can still be seen; nothing about length or letters can.
 */
export const MASK: RegExp = /⟦([\w-]{1,32})·(\d{1,7})⟧/;

const MASKS = new RegExp(MASK, 'g');

/** The mark of a secret. Its id is what stands between the brackets. */
export const markOf = (id: string): string => `⟦${id}⟧`;

/** The id of a secret, as it stands in its mark. */
export const secretId = (rule: string, ordinal: number): string => `${rule}·${ordinal}`;

/** The name of a rule as it can stand in a mark. */
export const markName = (name: unknown): string =>
  String(name ?? '')
    .replaceAll(/[^\w-]/g, '_')
    .slice(0, 32) || 'secret';

/** A text cut into what is shown as it is and the marks in it: for views that draw a mark as a chip. */
export function splitMasked(text: string): readonly (string | { readonly rule: string; readonly id: string })[] {
  const parts: (string | { readonly rule: string; readonly id: string })[] = [];
  let at = 0;
  for (const found of text.matchAll(MASKS)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    parts.push({ rule: found[1]!, id: `${found[1]!}·${found[2]!}` });
    at = found.index + found[0].length;
  }
  if (at < text.length || parts.length === 0) parts.push(text.slice(at));
  return parts;
}

/** A mark in a text: its place, the name of its rule, and which secret of that it is. */
export interface MarkPlace {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly ordinal: number;
}

/**
 * Where marks of these rules stand. Nothing is looked for within them: a secret like "email" must not be masked within
 * its own marks.
 */
export function marksIn(text: string, names: ReadonlySet<string>): readonly MarkPlace[] {
  if (!text.includes('⟦')) return NONE;
  return Array.from(text.matchAll(MASKS))
    .filter((found) => names.has(found[1]!))
    .map((found) => ({
      start: found.index,
      end: found.index + found[0].length,
      rule: found[1]!,
      ordinal: Number(found[2]),
    }));
}

const NONE: readonly MarkPlace[] = [];
