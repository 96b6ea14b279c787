import type { AttributeValue } from '../../../../model/types.ts';

/** Attributes that begin alike. */
export interface AttributeGroup {
  readonly id: string;
  readonly title: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Their place in `SpanContent`; none where find does not know them. */
  readonly path?: string;
  readonly section?: string;
}

/** A group of fewer is no group: these stand together at the end. */
const LEAST = 2;
/** The words in front of a name that say only who named it. */
const WIDE = new Set(['gen_ai', 'ai', 'langfuse', 'llm', 'langsmith']);

/**
 * Attributes by what their names begin with: the first word, of the namespaces that hold nearly everything the first
 * two. Groups in the order of their names, those that stand alone last, without a title.
 */
export function attributeGroups(attributes: ReadonlyMap<string, AttributeValue>): readonly AttributeGroup[] {
  const found = new Map<string, Map<string, AttributeValue>>();
  for (const [name, value] of attributes) {
    const space = namespaceOf(name);
    let group = found.get(space);
    if (!group) found.set(space, (group = new Map()));
    group.set(name, value);
  }
  const groups: AttributeGroup[] = [];
  const single = new Map<string, AttributeValue>();
  for (const [space, group] of Array.from(found).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (space !== '' && group.size >= LEAST) groups.push({ id: space, title: space, attributes: group, ...RECORDED });
    else for (const [name, value] of group) single.set(name, value);
  }
  if (single.size > 0) groups.push({ id: '', title: '', attributes: single, ...RECORDED });
  return groups;
}

const RECORDED = { path: 'attributes', section: 'attribute' } as const;

function namespaceOf(name: string): string {
  const words = name.split('.', 3);
  if (words.length === 1) return '';
  return words.length > 2 && WIDE.has(words[0]!) ? `${words[0]}.${words[1]}` : words[0]!;
}
