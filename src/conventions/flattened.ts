import type { AttributeValue } from '../model/types.ts';
import type { Attributes } from './types.ts';

/**
 * OpenInference writes lists of objects as `prefix.<i>.suffix`. Gives one map of suffixes per item, in numerical order. Numbers from
 * the data only sort, they never index: `prefix.999999999.x` is one item, not a billion.
 */
export function flattenedList(attributes: Attributes, prefix: string): readonly Attributes[] {
  const items = new Map<number, Map<string, AttributeValue>>();
  for (const [key, value] of attributes) {
    if (!key.startsWith(prefix) || key[prefix.length] !== '.') continue;
    const dot = key.indexOf('.', prefix.length + 1);
    const digits = key.slice(prefix.length + 1, dot === -1 ? undefined : dot);
    if (!/^\d{1,15}$/.test(digits)) continue;
    const number = Number(digits);
    let item = items.get(number);
    if (!item) items.set(number, (item = new Map()));
    item.set(dot === -1 ? '' : key.slice(dot + 1), value);
  }
  return Array.from(items).sort(([a], [b]) => a - b).map(([, item]) => item);
}
