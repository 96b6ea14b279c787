import { lowerBound } from '../../model/lowerBound.ts';
import type { Steps } from '../steps.ts';
import type { TextLines, TextPiece } from './types.ts';

/** UTF-16 units of a piece at most. */
export const LINE_AT_MOST = 2000;
/** A piece ends behind a space, if there is one so near its end. */
const BREAK_WITHIN = 200;
/** A mark for something masked is no longer than this. */
const MARK_AT_MOST = 80;
/** Pieces between two rests. */
const AT_ONCE = 4096;

const NEWLINE = 10;
const RETURN = 13;

/** Finds where lines begin; `\n` and `\r\n` end one. Costs four bytes per line and refers to the text. */
export function* textLines(text: string): Steps<TextLines> {
  let starts = new Uint32Array(1024);
  let size = 0;
  const continuing: number[] = [];
  const add = (from: number): void => {
    if (size === starts.length) {
      const larger = new Uint32Array(size * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[size++] = from;
  };
  let from = 0;
  add(0);
  for (let end = text.indexOf('\n'), count = 0; ;) {
    const lineEnd = end === -1 ? text.length : end;
    while (lineEnd - from > LINE_AT_MOST) {
      if ((count += 1) % AT_ONCE === 0) yield;
      from = breakAfter(text, from);
      continuing.push(size);
      add(from);
    }
    if (end === -1) break;
    if ((count += 1) % AT_ONCE === 0) yield;
    from = end + 1;
    add(from);
    end = text.indexOf('\n', from);
  }
  return new Lines(text, starts.subarray(0, size), Uint32Array.from(continuing));
}

/** Where the next piece of a long line begins: never within a character or a mark, behind a space if one is near. */
function breakAfter(text: string, from: number): number {
  let end = from + LINE_AT_MOST;
  const mark = text.lastIndexOf('⟦', end - 1);
  if (mark > end - MARK_AT_MOST) {
    const closed = text.indexOf('⟧', mark);
    if (closed >= end && closed < mark + MARK_AT_MOST) return mark;
  }
  const space = text.lastIndexOf(' ', end - 1);
  if (space > end - BREAK_WITHIN) return space + 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last < 0xdc00) end -= 1;
  return end;
}

class Lines implements TextLines {
  readonly text: string;
  readonly #starts: Uint32Array;
  /** Pieces that go on a line, in order: few where lines are short. */
  readonly #continuing: Uint32Array;

  constructor(text: string, starts: Uint32Array, continuing: Uint32Array) {
    this.text = text;
    this.#starts = starts;
    this.#continuing = continuing;
  }

  get size(): number {
    return this.#starts.length;
  }
  get lines(): number {
    return this.#starts.length - this.#continuing.length;
  }

  piece(at: number): TextPiece {
    const before = lowerBound(this.#continuing, at);
    const continues = this.#continuing[before] === at;
    const from = this.#starts[at]!;
    return { from, to: this.#endOf(at, from), line: at + 1 - before - (continues ? 1 : 0), continues };
  }

  window(from: number, to: number): readonly TextPiece[] {
    const pieces: TextPiece[] = [];
    for (let at = Math.max(0, from); at < Math.min(to, this.size); at += 1) pieces.push(this.piece(at));
    return pieces;
  }

  pieceAt(offset: number): number {
    return Math.max(0, lowerBound(this.#starts, offset + 1) - 1);
  }

  /** Without the line break. */
  #endOf(at: number, from: number): number {
    let to = at + 1 < this.size ? this.#starts[at + 1]! : this.text.length;
    if (
      at + 1 < this.size &&
      this.text.charCodeAt(to - 1) === NEWLINE &&
      this.#continuing[lowerBound(this.#continuing, at + 1)] !== at + 1
    ) {
      to -= 1;
      if (to > from && this.text.charCodeAt(to - 1) === RETURN) to -= 1;
    }
    return to;
  }
}
