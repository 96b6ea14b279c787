import type { TranscriptLine } from '../../analysis/transcript/types.ts';
import { toJson } from '../../conventions/toJson.ts';
import type { Finder, PanelMatch } from '../../analysis/values/types.ts';

/** Where a line stands, by which find knows what is in it. */
export const idOfLine = (place: number): string => `lines[${place}]`;

/** Lines that one span may have and that are looked through. */
const LOOKED_AT_MOST = 200;

/** The first line of a span in which something is found, and the place in its text. */
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
    for (const { text, field } of textsOf(line)) {
      const ranges = finder.find(text, {}, 1);
      // Texts so long that they are looked through in steps are not looked through for a jump.
      const range = Array.isArray(ranges) ? (ranges as readonly PanelMatch['range'][])[0] : undefined;
      if (range) return { at, match: { source: `${idOfLine(at)}.${field}`, node: null, part: 'text', range } };
    }
  }
  return null;
}

/** What a line says: `text` is shown as it is, what is `inside` stands behind a fold. */
function textsOf(line: TranscriptLine): readonly { readonly text: string; readonly field: 'text' | 'inside' }[] {
  switch (line.type) {
    case 'said':
      return 'text' in line.part ? [{ text: line.part.text, field: 'text' }] : [];
    case 'system':
      return [{ text: line.text, field: 'text' }];
    case 'tool': {
      const { name, arguments: given, result } = line;
      return [
        { text: name, field: 'inside' },
        ...(typeof result === 'string' ? [{ text: result, field: 'text' as const }] : inside(result)),
        ...inside(given),
      ];
    }
    case 'step':
      return [
        { text: line.name, field: 'inside' },
        ...(line.output === null ? [] : [{ text: line.output, field: 'text' as const }]),
        ...inside(line.input),
      ];
    case 'agent':
      return [{ text: line.name, field: 'inside' }];
    default:
      return [];
  }
}

const inside = (value: unknown): readonly { readonly text: string; readonly field: 'inside' }[] =>
  value === undefined || value === null
    ? []
    : [{ text: typeof value === 'string' ? value : toJson(value), field: 'inside' }];
