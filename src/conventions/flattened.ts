import { withoutHoles } from '../model/holes.ts';
import type { AttributeValue } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import type { Attributes } from './types.ts';

/** Names under an item are at most this long (`message_content.image.image.url`); what is nested deeper is a value. */
const LONGEST_NAME = 4;

/**
 * Lists of objects are written as `prefix.<i>.suffix`, and some stores put them together again: as a list of objects
 * with dotted names (`"message.role"`), or nested all the way (`{ message: { role } }`). Gives one map of dotted
 * suffixes per item, in numerical order. Numbers from the data only sort, they never index: `prefix.999999999.x` is one
 * item, not a billion.
 */
export function flattenedList(attributes: Attributes, prefix: string): readonly Attributes[] {
  const items = new Map<number, Map<string, AttributeValue>>();
  for (const [key, value] of attributes) {
    if (key[prefix.length] !== '.' || !key.startsWith(prefix)) continue;
    const dot = key.indexOf('.', prefix.length + 1);
    const digits = key.slice(prefix.length + 1, dot === -1 ? undefined : dot);
    if (!/^\d{1,15}$/.test(digits)) continue;
    const number = Number(digits);
    let item = items.get(number);
    if (!item) items.set(number, (item = new Map()));
    if (dot !== -1) item.set(key.slice(dot + 1), value);
    else if (isRecord(value)) for (const [name, inner] of flattenedItem(value)) item.set(name, inner);
    else item.set('', value);
  }
  if (items.size > 0)
    return Array.from(items)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  const whole = attributes.get(prefix) ?? nestedValue(attributes, prefix);
  return Array.isArray(whole)
    ? withoutHoles(whole as readonly AttributeValue[]).map((item) =>
        isRecord(item) ? flattenedItem(item) : new Map([['', item]]),
      )
    : [];
}

/** What stands at `a.b` where `a` is an object. */
function nestedValue(attributes: Attributes, path: string): AttributeValue | undefined {
  const dot = path.indexOf('.');
  const whole = dot === -1 ? undefined : attributes.get(path.slice(0, dot));
  // Hardly a span has one.
  if (!isRecord(whole)) return undefined;
  return path
    .slice(dot + 1)
    .split('.')
    .reduce<AttributeValue | undefined>((at, name) => (isRecord(at) ? ownValue(at, name) : undefined), whole);
}

/**
 * An object as a map of dotted names; what is an object itself stands there as a whole too, as some values are objects.
 */
function flattenedItem(root: Readonly<Record<string, AttributeValue>>): Attributes {
  const flat = new Map<string, AttributeValue>();
  const open: {
    readonly name: string;
    readonly level: number;
    readonly value: Readonly<Record<string, AttributeValue>>;
  }[] = [{ name: '', level: 0, value: root }];
  for (let at = open.pop(); at; at = open.pop()) {
    for (const [key, inner] of Object.entries(at.value)) {
      const name = at.name === '' ? key : `${at.name}.${key}`;
      flat.set(name, inner);
      if (isRecord(inner) && at.level < LONGEST_NAME) open.push({ name, level: at.level + 1, value: inner });
    }
  }
  return flat;
}

const isRecord = (value: AttributeValue | undefined): value is Readonly<Record<string, AttributeValue>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
