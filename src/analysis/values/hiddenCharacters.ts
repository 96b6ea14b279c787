import type { Steps } from '../steps.ts';
import type { HiddenCharacter, HiddenCounts, HiddenKind } from './types.ts';

/**
 * One alternative per kind. Joiners and variation selectors of emoji are part of what is seen, so they are left out
 * there. A lone carriage return and the separators of lines and paragraphs of Unicode do not break lines here: they
 * count as controls.
 */
const HIDDEN = new RegExp(
  [
    String.raw`(?<control>[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u2028\u2029]|\r(?!\n))`,
    String.raw`(?<bidi>[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069])`,
    String.raw`(?<invisible>[\u00AD\u034F\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B\u200C\u2060-\u2065\u206A-\u206F\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|(?<![\p{Emoji}])[\uFE0E\uFE0F])`,
    String.raw`(?<space>[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000])`,
    String.raw`(?<trailing>(?<! ) +(?=\r?\n|$))`,
  ].join('|'),
  'gu',
);
const KINDS = ['control', 'bidi', 'invisible', 'space', 'trailing'] as const satisfies readonly HiddenKind[];

/**
 * The characters in a window of a text that do not show or make others show differently. `from` and `to` of each are
 * places in the text.
 */
export function hiddenCharacters(text: string, from = 0, to = text.length): readonly HiddenCharacter[] {
  const part = text.slice(from, to);
  const found: HiddenCharacter[] = [];
  for (const match of part.matchAll(HIDDEN)) {
    const kind = kindOf(match);
    const at = from + match.index;
    // Where the window ends within a line, nothing is known of what follows.
    if (kind === 'trailing' && at + match[0].length === to && !endsLine(text, to)) continue;
    found.push({
      from: at,
      to: at + match[0].length,
      kind,
      code: `U+${match[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
    });
  }
  return found;
}

const kindOf = ({ groups }: RegExpMatchArray): HiddenKind => KINDS.find((kind) => groups![kind] !== undefined)!;

const endsLine = (text: string, at: number): boolean =>
  at === text.length || text[at] === '\n' || text.startsWith('\r\n', at);

const PIECE = 32_768;
/** The space, the carriage return, the joiner and the variation selectors of emoji. */
const JOINED: ReadonlySet<number> = new Set([0x20, 0x0d, 0x200d, 0xfe0e, 0xfe0f]);
/** A piece grows by no more than this to end well. */
const ROOM = 256;

/** How many there are in all of a text, by kind; of spaces at the ends of lines, how many lines end so. */
export function* countHidden(text: string): Steps<HiddenCounts> {
  const counts = { control: 0, bidi: 0, invisible: 0, space: 0, trailing: 0 };
  for (let from = 0, to = 0; from < text.length; from = to) {
    to = Math.min(from + PIECE, text.length);
    // Neither spaces nor a character, nor what stands before a joiner, are parted.
    for (
      let room = ROOM;
      room > 0 && to < text.length && (JOINED.has(text.charCodeAt(to)) || (text.charCodeAt(to) & 0xfc00) === 0xdc00);
      room -= 1
    )
      to += 1;
    for (const { kind } of hiddenCharacters(text, from, to)) counts[kind] += 1;
    yield;
  }
  return counts;
}
