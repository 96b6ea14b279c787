import { parseWithout, type RepairedDocument } from './repairJson.ts';
import type { JsonScan } from './scanJson.ts';

/**
 * A document that was cut off, closed behind its last whole value, and the objects and lists that the cut went through.
 */
export interface ClosedDocument extends RepairedDocument {
  readonly incomplete: ReadonlySet<unknown>;
}

/** Closes the value that begins at `from` where `scan` found it cut off; null where not even a bracket was opened. */
export function closeJson(text: string, from: number, { open, keys, closable, bad }: JsonScan): ClosedDocument | null {
  if (open.length === 0) return null;
  const closing = open
    .map((at) => (text[at] === '{' ? '}' : ']'))
    .reverse()
    .join('');
  const repaired = parseWithout(bad, text, from, closable, closing);
  if (!repaired) return null;
  try {
    const incomplete = new Set<unknown>([repaired.document]);
    let inside = repaired.document;
    for (let depth = 0; depth < open.length - 1; depth += 1) {
      inside = Array.isArray(inside) ? inside.at(-1) : (inside as Record<string, unknown>)[keyAt(text, keys[depth]!)];
      incomplete.add(inside);
    }
    return { ...repaired, incomplete };
  } catch {
    // What was passed over held a bracket that it did not close.
    return null;
  }
}

/** The key whose first quote stands at `at`. */
function keyAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return JSON.parse(text.slice(at, end + 1)) as string;
}
