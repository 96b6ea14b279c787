import { increasing } from '../match/increasing.ts';
import { textEquality } from '../signs/textEquality.ts';
import { compareValues } from './compareValues.ts';
import type { TextComparison, TextPart } from './types.ts';

/** Edits between two stretches at most: Myers' algorithm costs their square. Beyond, a stretch is shown as replaced. */
const EDITS = 400;
/**
 * Of one comparison in all, in edits squared: a large text of which everything differs ends here, within some tenths of
 * a second.
 */
const WORK = 20e6;
/** Letters of a JSON text that is read as such. */
const JSON_AT_MOST = 2e6;
/** Fewer words than this between two edits are part of one. */
const BETWEEN = 3;

type Diff = typeof import('diff');
interface Budget {
  left: number;
  coarse: boolean;
}

/**
 * Two texts word by word: first the lines and sentences that occur once in either, in order; then what lies between.
 * JSON is compared by path as well. The package `diff` does the words; it is loaded when first asked for.
 */
export async function compareTexts(a: string, b: string): Promise<TextComparison> {
  const equality = textEquality(a, b);
  if (a === b)
    return {
      equality,
      similarity: 1,
      parts: a === '' ? [] : [{ op: 'same', text: a }],
      level: 'word',
      values: null,
      note: maskNote(equality),
    };
  const { diffArrays } = await import('diff');
  const budget: Budget = { left: WORK, coarse: false };
  const parts = joined(betweenAnchors(diffArrays, pieces(a), pieces(b), budget));
  const same = parts.reduce((sum, { op, text }) => sum + (op === 'same' ? text.length : 0), 0);
  const level = budget.coarse ? (same > 0 ? 'line' : 'whole') : 'word';
  const notes = [maskNote(equality), budget.coarse ? 'so much differs that it is shown by the line' : null].filter(
    (note) => note !== null,
  );
  return {
    equality,
    similarity: (2 * same) / (a.length + b.length),
    parts,
    level,
    values: jsonChanges(a, b),
    note: notes.length > 0 ? notes.join('; ') : null,
  };
}

const maskNote = (equality: TextComparison['equality']): string | null =>
  equality === 'unknown' ? 'masked: whether the values are the same is not known' : null;

/** Lines, and the sentences in them; with what ends them. */
const pieces = (text: string): readonly string[] =>
  text.match(/[^\n.!?]*(?:[.!?](?=\s)|[\n.!?])\s*|[^\n.!?]+$/gu) ?? (text === '' ? [] : [text]);

function betweenAnchors(
  diffArrays: Diff['diffArrays'],
  a: readonly string[],
  b: readonly string[],
  budget: Budget,
): TextPart[] {
  const parts: TextPart[] = [];
  let fromA = 0;
  let fromB = 0;
  for (const [atA, atB] of [...anchors(a, b), [a.length, b.length] as const]) {
    let endA = atA;
    let endB = atB;
    // What is equal beside an anchor belongs to it, though it occurs more than once.
    while (endA > fromA && endB > fromB && a[endA - 1] === b[endB - 1]) {
      endA -= 1;
      endB -= 1;
    }
    let start = 0;
    while (fromA + start < endA && fromB + start < endB && a[fromA + start] === b[fromB + start]) start += 1;
    push(parts, 'same', a.slice(fromA, fromA + start).join(''));
    byWords(diffArrays, a.slice(fromA + start, endA).join(''), b.slice(fromB + start, endB).join(''), parts, budget);
    push(parts, 'same', a.slice(endA, atA + 1).join(''));
    fromA = atA + 1;
    fromB = atB + 1;
  }
  return parts;
}

/** Pieces that occur once in either text, as many as are in the same order in both. */
function anchors(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const onceA = once(a);
  const onceB = once(b);
  const pairs = Array.from(onceA).flatMap(([piece, at]) =>
    at >= 0 && (onceB.get(piece) ?? -1) >= 0 ? [[at, onceB.get(piece)!] as const] : [],
  );
  return increasing(pairs.map(([, at]) => at)).map((place) => pairs[place]!);
}

function once(list: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  list.forEach((piece, at) => places.set(piece, places.has(piece) ? -1 : at));
  return places;
}

/** Marks of masking, which are never cut; runs of letters and digits, spaces, single signs; in scripts without spaces each letter. */
const words = (text: string): string[] =>
  text.match(
    /⟦[\w-]{1,32}·\d{1,7}⟧|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])|[\p{L}\p{N}]+|\s+|[^\p{L}\p{N}\s]/gu,
  ) ?? [];

function byWords(diffArrays: Diff['diffArrays'], a: string, b: string, parts: TextPart[], budget: Budget): void {
  if (a === '' || b === '') {
    push(parts, 'removed', a);
    push(parts, 'added', b);
    return;
  }
  const wordsA = words(a);
  const wordsB = words(b);
  const most = Math.min(EDITS, Math.floor(Math.sqrt(budget.left)));
  const found = most < 2 ? undefined : diffArrays(wordsA, wordsB, { maxEditLength: most });
  const edits = found
    ? found.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0)
    : most;
  budget.left = Math.max(0, budget.left - edits * edits - wordsA.length - wordsB.length);
  if (!found) {
    budget.coarse = true;
    push(parts, 'removed', a);
    push(parts, 'added', b);
    return;
  }
  for (const { added, removed, value } of found)
    push(parts, added ? 'added' : removed ? 'removed' : 'same', value.join(''));
}

function push(parts: TextPart[], op: TextPart['op'], text: string): void {
  if (text !== '') parts.push({ op, text });
}

/** Neighbours of one kind together; a word or two between edits go into them, as they are no help to a reader. */
function joined(parts: readonly TextPart[]): readonly TextPart[] {
  const result: TextPart[] = [];
  let removed = '';
  let added = '';
  const flush = (): void => {
    push(result, 'removed', removed);
    push(result, 'added', added);
    removed = added = '';
  };
  const isEdit = (part: TextPart | undefined): boolean => part !== undefined && part.op !== 'same';
  parts.forEach((part, at) => {
    if (part.op === 'removed') removed += part.text;
    else if (part.op === 'added') added += part.text;
    else if (
      removed !== '' &&
      added !== '' &&
      isEdit(parts[at + 1]) &&
      !part.text.includes('\n') &&
      words(part.text).filter((word) => word.trim() !== '').length < BETWEEN
    ) {
      removed += part.text;
      added += part.text;
    } else {
      flush();
      const last = result[result.length - 1];
      if (last?.op === 'same') result[result.length - 1] = { op: 'same', text: last.text + part.text };
      else result.push(part);
    }
  });
  flush();
  return result;
}

function jsonChanges(a: string, b: string): TextComparison['values'] {
  const isJson = (text: string): boolean => text.length <= JSON_AT_MOST && /^\s*[{[]/.test(text);
  if (!isJson(a) || !isJson(b)) return null;
  try {
    return compareValues(JSON.parse(a) as unknown, JSON.parse(b) as unknown);
  } catch {
    return null;
  }
}
