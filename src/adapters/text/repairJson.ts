import { parseJson } from './jsonBody.ts';
import type { BadToken } from './scanJson.ts';

/** Objects and lists that hold what is no JSON, directly or further down, and under which of their keys. */
export type Damage = ReadonlyMap<unknown, ReadonlySet<string>>;

/** A document in which null stands for each value that is no JSON. */
export interface RepairedDocument {
  readonly document: unknown;
  readonly damaged: Damage;
}

const NO_DAMAGE: Damage = new Map();

/**
 * The value between two places of a text, without what is bad in it; `closing` is put behind. Null where the rest is no
 * JSON either, or too deep for the engine.
 */
export function parseWithout(
  bad: readonly BadToken[],
  text: string,
  from: number,
  to: number,
  closing = '',
): RepairedDocument | null {
  if (bad.length === 0) {
    const parsed = parseJson(text.slice(from, to) + closing);
    return parsed && { ...parsed, damaged: NO_DAMAGE };
  }
  const mark = markFor(text);
  const pieces: string[] = [];
  let at = from;
  for (const { start, end, comma } of bad) {
    pieces.push(text.slice(at, start), comma ? '' : `"${mark}"`);
    at = end;
  }
  const parsed = parseJson(pieces.join('') + text.slice(at, to) + closing);
  return parsed && takeMarks(parsed.document, mark);
}

/**
 * A text that does not stand in another one. Nobody sees it; made by chance, so that no file can be written to hold
 * many of them.
 */
function markFor(text: string): string {
  let mark = '';
  do mark = `passed over ${Math.random()}`;
  while (text.includes(mark));
  return mark;
}

interface Holder {
  readonly value: object;
  readonly key: string;
  readonly above: Holder | null;
}

/** Puts null in the place of each mark, and notes the way to it. Each step of a way is noted once, so all is linear. */
function takeMarks(document: unknown, mark: string): RepairedDocument {
  const damaged = new Map<unknown, Set<string>>();
  const open: (Holder & { readonly below: object })[] = [];
  const look = (value: object, above: Holder | null): void => {
    for (const key of Object.keys(value)) {
      const field = (value as Readonly<Record<string, unknown>>)[key];
      if (field === mark) {
        Object.defineProperty(value, key, { value: null, writable: true, enumerable: true, configurable: true });
        noteWay({ value, key, above }, damaged);
      } else if (field !== null && typeof field === 'object') {
        open.push({ value, key, above, below: field });
      }
    }
  };
  if (document !== null && typeof document === 'object') look(document, null);
  for (let next = open.pop(); next; next = open.pop()) look(next.below, next);
  return { document, damaged };
}

function noteWay(from: Holder, damaged: Map<unknown, Set<string>>): void {
  for (let at: Holder | null = from; at; at = at.above) {
    const keys = damaged.get(at.value);
    if (keys?.has(at.key)) return;
    if (keys) keys.add(at.key);
    else damaged.set(at.value, new Set([at.key]));
  }
}
