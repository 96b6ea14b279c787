import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import type { Finder, PanelMatch } from '../../analysis/values/types.ts';

/** Where a line stands, by which find knows what is in it. */
export const idOfLine = (place: number): string => `lines[${place}]`;

/** Lines that one span may have and that are looked through. */
const LOOKED_AT_MOST = 200;

/** The first line of a span, after what it hears its own, in which something is found, and the place in its text. */
export function foundIn(
  lines: readonly TranscriptLine[],
  index: number,
  finder: Finder,
): { readonly at: number; readonly match: PanelMatch } | null {
  if (finder.isEmpty) return null;
  let left = LOOKED_AT_MOST;
  for (let at = 0; at < lines.length && left > 0; at += 1) {
    const line = lines[at]!;
    if (line.index !== index) continue;
    left -= 1;
    const text = textOf(line);
    const ranges = text === null ? [] : finder.find(text, {}, 1);
    // Texts so long that they are looked through in steps are not looked through for a jump.
    const range = Array.isArray(ranges) ? (ranges as readonly PanelMatch['range'][])[0] : undefined;
    if (range) return { at, match: { source: `${idOfLine(at)}.text`, node: null, part: 'text', range } };
  }
  return null;
}

function textOf(line: TranscriptLine): string | null {
  switch (line.type) {
    case 'said':
      return 'text' in line.part ? line.part.text : null;
    case 'system':
      return line.text;
    case 'tool':
      return typeof line.result === 'string' ? line.result : null;
    default:
      return null;
  }
}
