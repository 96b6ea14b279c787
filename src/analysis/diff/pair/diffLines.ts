import type { MessageComparison, TextPart } from './types.ts';

/** A line of two texts in one: what both have, and what only one has. The newline that ends it stands at its end. */
export interface UnifiedLine {
  readonly parts: readonly TextPart[];
  readonly isSame: boolean;
}

/** A line of either text, side by side; null where the other has one more. */
export interface SideLine {
  readonly a: readonly TextPart[] | null;
  readonly b: readonly TextPart[] | null;
  readonly isSame: boolean;
}

/** A line that is shown, or lines from one up to another that are the same in both and folded away. */
export type FoldedLine =
  | { readonly kind: 'line'; readonly at: number }
  | { readonly kind: 'fold'; readonly from: number; readonly to: number };

/** What is folded away inside of a line: words that both texts have. */
export interface FoldedWords {
  readonly head: string;
  readonly hidden: string;
  readonly tail: string;
  readonly words: number;
}

/** Letters of a line: what is longer is cut, so that no piece of a page is larger than a reader needs. */
const LONGEST = 20_000;
/** Equal lines beside a change that stay. */
const AROUND = 2;
/** So few equal lines more are no reason to fold them. */
const FEW_LINES = 3;
/** Equal words beside a change that stay, and so many that are not folded. */
const WORDS_AROUND = 10;
const FEW_WORDS = 45;

/** Both texts as one, line by line. */
export function unifiedLines(parts: readonly TextPart[]): readonly UnifiedLine[] {
  const lines: UnifiedLine[] = [];
  let line: TextPart[] = [];
  let length = 0;
  const close = (): void => {
    if (line.length > 0) lines.push({ parts: line, isSame: line.every(isSame) });
    line = [];
    length = 0;
  };
  for (const { op, text } of parts)
    for (const piece of pieces(text)) {
      line.push({ op, text: piece });
      length += piece.length;
      if (piece.endsWith('\n') || length > LONGEST) close();
    }
  close();
  return lines;
}

/**
 * Each text with its own lines, the same one beside the same one. Between those, the lines of either stand in their
 * order.
 */
export function sideLines(parts: readonly TextPart[]): readonly SideLine[] {
  const lines: SideLine[] = [];
  const [a, b] = [createColumn(), createColumn()];
  const level = (): void => {
    const count = Math.max(a.lines.length, b.lines.length);
    for (let at = 0; at < count; at += 1) {
      const [left, right] = [a.lines[at] ?? null, b.lines[at] ?? null];
      lines.push({
        a: left,
        b: right,
        isSame: count === 1 && left !== null && right !== null && left.every(isSame) && right.every(isSame),
      });
    }
    a.lines = [];
    b.lines = [];
  };
  for (const { op, text } of parts)
    for (const piece of pieces(text)) {
      if (op === 'same' && a.isAtStart() && b.isAtStart()) level();
      if (op !== 'added') a.add({ op, text: piece });
      if (op !== 'removed') b.add({ op, text: piece });
      if (op === 'same' && a.isAtStart() && b.isAtStart()) level();
    }
  a.close();
  b.close();
  level();
  return lines;
}

interface Column {
  lines: TextPart[][];
  add(part: TextPart): void;
  close(): void;
  isAtStart(): boolean;
}

function createColumn(): Column {
  let line: TextPart[] = [];
  let length = 0;
  const column: Column = {
    lines: [],
    add(part) {
      line.push(part);
      length += part.text.length;
      if (part.text.endsWith('\n') || length > LONGEST) column.close();
    },
    close() {
      if (line.length > 0) column.lines.push(line);
      line = [];
      length = 0;
    },
    isAtStart: () => line.length === 0,
  };
  return column;
}

/** Long stretches of equal lines folded, all but a few beside what changed. `count` lines, by their places. */
export function foldLines(count: number, isSameAt: (at: number) => boolean): readonly FoldedLine[] {
  const shown: FoldedLine[] = [];
  for (let at = 0; at < count;) {
    let end = at;
    while (end < count && isSameAt(end)) end += 1;
    const [from, to] = [at === 0 ? 0 : at + AROUND, end === count ? count : end - AROUND];
    const folded = to - from > FEW_LINES;
    for (; at < (folded ? from : end); at += 1) shown.push({ kind: 'line', at });
    if (folded) {
      shown.push({ kind: 'fold', from, to });
      for (at = to; at < end; at += 1) shown.push({ kind: 'line', at });
    }
    if (at < count) shown.push({ kind: 'line', at });
    at += 1;
  }
  return shown;
}

/**
 * What of equal words within a line is folded; null where they are few. Words stay beside a change: `before` and
 * `after` say whether there is one.
 */
export function foldWords(text: string, before: boolean, after: boolean): FoldedWords | null {
  const places = Array.from(text.matchAll(/\S+\s*/g), ({ index }) => index);
  const [first, last] = [before ? WORDS_AROUND : 0, places.length - (after ? WORDS_AROUND : 0)];
  if (last - first < FEW_WORDS) return null;
  const [from, to] = [places[first]!, places[last] ?? text.length];
  return { head: text.slice(0, from), hidden: text.slice(from, to), tail: text.slice(to), words: last - first };
}

/** How many places differ: what was removed and what stands there now are one. */
export function editsIn(parts: readonly TextPart[]): number {
  let edits = 0;
  parts.forEach(({ op }, at) => {
    if (op !== 'same' && (at === 0 || isSame(parts[at - 1]!))) edits += 1;
  });
  return edits;
}

/** Edits in the messages of a list; a message that only one side has is one. */
export const editsInMessages = (messages: readonly MessageComparison[]): number =>
  messages.reduce((sum, { op, text }) => sum + (op === 'same' ? 0 : Math.max(1, editsIn(text?.parts ?? []))), 0);

const isSame = ({ op }: TextPart): boolean => op === 'same';

/** A text cut after its newlines, and where a line is long. No mark of masking is cut: there is no space in one. */
function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    const to = end - at > LONGEST ? cutBefore(text, at, at + LONGEST) : end;
    yield text.slice(at, to);
    at = to;
  }
}

/** A place behind a space, else one outside of marks and letters of two codes. */
function cutBefore(text: string, from: number, to: number): number {
  const space = text.lastIndexOf(' ', to - 1);
  if (space > from + LONGEST / 2) return space + 1;
  const mark = text.lastIndexOf('⟦', to - 1);
  if (mark > from && to - mark < MARK_AT_MOST && text.indexOf('⟧', mark) >= to) return mark;
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code < 0xdc00 ? to - 1 : to;
}

const MARK_AT_MOST = 50;
