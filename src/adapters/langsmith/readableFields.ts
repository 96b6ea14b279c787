import { isObject } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * What can be read of a host's object, by key, each value once; `whole` is false where some of it throws when looked
 * at.
 */
export interface ReadableFields {
  readonly fields: ReadonlyMap<string, unknown>;
  readonly whole: boolean;
}

/**
 * Reads the fields of an object of the host: a proxy or getter that throws costs its own field and no other. Never
 * throws.
 */
export function readableFields(object: object): ReadableFields {
  const fields = new Map<string, unknown>();
  const keys = keysOf(object);
  let whole = keys !== null;
  for (const key of keys ?? []) {
    try {
      const value = (object as Readonly<Record<string, unknown>>)[key];
      // A revoked proxy throws as soon as anybody asks what it is.
      Array.isArray(value);
      fields.set(key, value);
    } catch {
      whole = false;
    }
  }
  return { fields, whole };
}

function keysOf(object: object): readonly string[] | null {
  try {
    return Object.keys(object);
  } catch {
    return null;
  }
}

/** A field of what may be an object; undefined where it is none or throws when looked at. */
export function readableField(value: unknown, key: string): unknown {
  try {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    const field = value[key];
    Array.isArray(field);
    return field;
  } catch {
    return undefined;
  }
}

/** The same entries, one by one: of a list whose entries are made when they are asked for no more than one is held. */
export function* eachEntry(value: unknown): Generator<unknown, void> {
  let list: readonly unknown[] = [];
  try {
    if (Array.isArray(value)) list = withoutHoles(value);
    for (let at = 0; at < list.length; at += 1) yield entryAt(list, at);
  } catch {
    // As below.
  }
}

/**
 * The entries of what may be a list, or its first few, each read once; one that throws when looked at is `UNREADABLE`.
 */
export function listEntries(value: unknown, limit = Infinity): readonly unknown[] {
  const entries: unknown[] = [];
  try {
    if (!Array.isArray(value)) return entries;
    const list = withoutHoles(value);
    for (let at = 0; at < Math.min(list.length, limit); at += 1) entries.push(entryAt(list, at));
  } catch {
    // A list that throws as a whole holds what was seen of it.
  }
  return entries;
}

/** Stands for an entry that cannot be looked at: like any text among the runs, it is counted and left out. */
export const UNREADABLE = 'unreadable';

function entryAt(list: readonly unknown[], at: number): unknown {
  try {
    return list[at];
  } catch {
    return UNREADABLE;
  }
}
