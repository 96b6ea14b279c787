/** Characters that stand for a line: long lines are cut off, too. */
const LINE = 120;
/** So little more is no reason to ask. */
const LITTLE = 3 * LINE;
/** A mark of masking is no longer than this. */
const MARK = 80;

/**
 * Where the part of a text ends that is shown before somebody asks for all of it: so many lines, or as many characters
 * as they would have. Looks at no more of the text than that.
 */
export function firstLines(text: string, lines: number): number {
  const most = lines * LINE;
  const head = text.length > most + LITTLE ? text.slice(0, most) : text;
  let end = 0;
  for (let line = 0; line < lines; line += 1) {
    const next = head.indexOf('\n', end);
    if (next === -1) return head === text ? text.length : whole(text, most);
    end = next + 1;
  }
  const rest = text.slice(end, end + LITTLE + 1);
  return rest.length <= LITTLE && rest.split('\n').length <= 3 ? text.length : end - 1;
}

/** No mark and no character is cut in two. */
function whole(text: string, end: number): number {
  const mark = text.lastIndexOf('⟦', end - 1);
  if (mark > end - MARK && text.indexOf('⟧', mark) >= end) return mark;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code < 0xdc00 ? end - 1 : end;
}
