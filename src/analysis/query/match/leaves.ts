/** How many texts of one value are looked at. */
const LEAVES_AT_MOST = 10_000;
/** A longer list of numbers is a vector, which nobody reads. */
const NUMBERS_AT_MOST = 64;

export interface Leaf {
  readonly path: string;
  readonly text: string;
}

/**
 * The texts in a value, each with its path as one writes it in JavaScript: `[0].content`; numbers and booleans as they
 * are written. Without recursion, as values are nested as deep as their producer made them. What throws when looked at,
 * and an object inside itself, is passed over.
 */
export function* leaves(root: unknown, rootPath: string): Generator<Leaf> {
  const open: { readonly value: unknown; readonly path: string }[] = [{ value: root, path: rootPath }];
  const seen = new Set<object>();
  let left = LEAVES_AT_MOST;
  for (let next = open.pop(); next && left > 0; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      left -= 1;
      if (value !== '') yield { path, text: value };
    } else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
      left -= 1;
      yield { path, text: String(value) };
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value) && !seen.has(value)) {
      seen.add(value);
      const entries = childrenOf(value, left);
      for (let at = entries.length - 1; at >= 0; at -= 1)
        open.push({ value: entries[at]![1], path: path + entries[at]![0] });
    }
  }
}

function childrenOf(value: object, most: number): readonly (readonly [step: string, value: unknown])[] {
  try {
    if (Array.isArray(value)) {
      if (value.length > NUMBERS_AT_MOST && typeof value[0] === 'number') return [];
      return Array.from({ length: Math.min(value.length, most) }, (_, place) => [`[${place}]`, value[place]] as const);
    }
    return Object.keys(value)
      .slice(0, most)
      .map((key) => [`.${key}`, (value as Record<string, unknown>)[key]] as const);
  } catch {
    return [];
  }
}
