/**
 * How the values of a field are read and compared. `label`: a word that is compared as a whole. `text`: longer, so `:`
 * asks whether it holds the value. `score` and `attribute` are either, as the value says.
 */
export type FieldType = 'label' | 'text' | 'count' | 'money' | 'duration' | 'score' | 'attribute' | 'is' | 'has';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Whether the envelope answers it; the rest is looked up in what the span holds. */
  readonly fromContent?: true;
  /** A span has at most one value of it. */
  readonly single?: true;
  readonly aliases?: readonly string[];
}

/**
 * The fields of the query language. Amounts are those that a span reports itself, not sums of its subtree; times are
 * relative to the trace's start.
 */
export const FIELDS: readonly Field[] = [
  { name: 'kind', type: 'label', single: true },
  { name: 'status', type: 'label', single: true },
  { name: 'service', type: 'label', single: true },
  { name: 'model', type: 'label', single: true },
  { name: 'name', type: 'text' },
  { name: 'duration', type: 'duration', aliases: ['latency', 'dur'] },
  { name: 'self', type: 'duration', aliases: ['own'] },
  { name: 'cost', type: 'money' },
  { name: 'tokens', type: 'count' },
  { name: 'input', type: 'count' },
  { name: 'output', type: 'count' },
  { name: 'cached', type: 'count' },
  { name: 'reasoning', type: 'count' },
  { name: 'error', type: 'text' },
  { name: 'score', type: 'score' },
  { name: 'first', type: 'duration', aliases: ['ttft'] },
  { name: 'start', type: 'duration' },
  { name: 'provider', type: 'label', single: true },
  { name: 'agent', type: 'label', single: true },
  { name: 'depth', type: 'count' },
  { name: 'children', type: 'count' },
  { name: 'is', type: 'is' },
  { name: 'has', type: 'has' },
  { name: 'diag', type: 'label' },
  { name: 'id', type: 'label' },
  { name: 'session', type: 'label', single: true },
  { name: 'user', type: 'label', single: true },
  { name: 'in', type: 'text', fromContent: true },
  { name: 'out', type: 'text', fromContent: true },
  { name: 'tool', type: 'label', fromContent: true },
  { name: 'attr', type: 'attribute', fromContent: true },
];

/** What `is:` can ask. */
export const IS_WORDS = ['error', 'root', 'leaf', 'open', 'orphan'] as const;

const byName = new Map(
  FIELDS.flatMap((field) => [field.name, ...(field.aliases ?? [])].map((name) => [name, field] as const)),
);
const DOTTED = /^[a-z_][\w-]*(?:\.[\w-]+)+$/i;

export interface FieldName {
  readonly field: Field;
  readonly key?: string;
  /** A key with dots, and nothing else says that it is an attribute. */
  readonly guessed?: true;
}

/**
 * The field that a typed name means, in any case; null = none. `attr.<key>` and `score.<name>` carry a key, and so does
 * any name with dots.
 */
export function fieldNamed(name: string): FieldName | null {
  const lower = name.toLowerCase();
  const known = byName.get(lower);
  if (known) return { field: known };
  for (const prefix of ['attr', 'score']) {
    if (lower.startsWith(`${prefix}.`) && name.length > prefix.length + 1)
      return { field: byName.get(prefix)!, key: name.slice(prefix.length + 1) };
  }
  return DOTTED.test(name) ? { field: byName.get('attr')!, key: name, guessed: true } : null;
}

/** The field of a parsed term. */
export const fieldByName = (name: string): Field => byName.get(name)!;
