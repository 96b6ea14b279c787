import type { JsonScan } from './scanJson.ts';

/**
 * A document that was cut off, closed behind its last whole value, and the objects and lists that the cut went through.
 */
export interface ClosedDocument {
  readonly document: unknown;
  readonly incomplete: ReadonlySet<unknown>;
}

/** Closes the value that begins at `from` where `scan` found it cut off; null where not even a bracket was opened. */
export function closeJson(text: string, from: number, { open, keys, closable }: JsonScan): ClosedDocument | null {
  if (open.length === 0) return null;
  const closing = open
    .map((at) => (text[at] === '{' ? '}' : ']'))
    .reverse()
    .join('');
  try {
    const document = JSON.parse(text.slice(from, closable) + closing) as unknown;
    const incomplete = new Set<unknown>([document]);
    let inside = document;
    for (let depth = 0; depth < open.length - 1; depth += 1) {
      inside = Array.isArray(inside) ? inside.at(-1) : (inside as Record<string, unknown>)[keyAt(text, keys[depth]!)];
      incomplete.add(inside);
    }
    return { document, incomplete };
  } catch {
    // Nested more deeply than the engine can parse.
    return null;
  }
}

/** The key whose first quote stands at `at`. */
function keyAt(text: string, at: number): string {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return JSON.parse(text.slice(at, end + 1)) as string;
}
