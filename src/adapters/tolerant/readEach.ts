import { isObject, type Fields } from '../../conventions/json.ts';
import { readableCopy } from './readableCopy.ts';
import { reasonOf } from './reasonOf.ts';
import type { SpanSink } from '../types.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * Reads one record; `source` is what the record was read from. It must not throw any more once the sink has got its
 * span.
 */
export type ReadRecord = (record: Fields, source: object) => void;

/** Said of an entry that is no object. */
export const NOT_OBJECT = 'An entry among the spans is not an object and was left out.';

/**
 * Hands the entries of a list of spans to `read` one by one. What is no object is reported as skipped; an object of the
 * host in which something throws when looked at is read again without that, as `copyReadable` gives it, and skipped
 * only where nothing of it can be read.
 */
export function readEach(
  list: readonly unknown[],
  sink: SpanSink,
  read: ReadRecord,
  copyReadable: (entry: object) => Fields = readableCopy,
): void {
  const entries = withoutHoles(list);
  for (let at = 0; at < entries.length; at += 1) {
    let entry: unknown;
    try {
      entry = entries[at];
      if (isObject(entry)) read(entry, entry);
      else sink.diagnostic('span-not-object', NOT_OBJECT);
    } catch (error) {
      readAgain(entry, error, sink, read, copyReadable);
    }
  }
}

function readAgain(
  entry: unknown,
  reason: unknown,
  sink: SpanSink,
  read: ReadRecord,
  copyReadable: (entry: object) => Fields,
): void {
  try {
    const copy = copyReadable(entry as object);
    if (Object.keys(copy).length > 0) {
      read(copy, entry as object);
      sink.diagnostic('bad-attribute', `A part of a span cannot be read and was left out: ${reasonOf(reason)}.`);
      return;
    }
  } catch {
    // Not even that: it is counted below.
  }
  sink.diagnostic('span-not-object', `An entry among the spans cannot be read and was left out: ${reasonOf(reason)}.`);
}

/**
 * The entries of a field in which a format has a list. One entry without a list is a list of it, and so are the values
 * of a map by id; holes are none. What else stands there holds no entries and is reported. `isEntry` tells one entry
 * from a map of such; `what` begins the sentence that says so.
 */
export function listIn(
  value: unknown,
  isEntry: (object: Fields) => boolean,
  sink: SpanSink,
  what: string,
): readonly unknown[] {
  const list = quietly(() => {
    if (Array.isArray(value) || !isObject(value)) return value;
    return isEntry(value) ? [value] : mapValues(value);
  });
  if (Array.isArray(list)) return withoutHoles(list as readonly unknown[]);
  if (value !== undefined && value !== null && value !== '')
    sink.diagnostic('mixed-format', `${what} of the input is no list and was left out.`);
  return [];
}

/**
 * Events or links in the words of the sink. What is no list of objects goes on as it is: opening the content reports
 * it.
 */
export const eachObject = (list: unknown, translate: (entry: Fields) => object): unknown =>
  Array.isArray(list)
    ? withoutHoles(list as readonly unknown[]).map((entry) => (isObject(entry) ? translate(entry) : entry))
    : list;

/** The values of a map of objects. */
function mapValues(map: Fields): readonly unknown[] | null {
  const values = Object.values(map);
  return values.length === 0 || values.some(isObject) ? values : null;
}

/**
 * What a look at an object of the host answers; undefined, and reported, where it throws. `what` begins the sentence
 * that says so.
 */
export function lookedAt<Answer>(sink: SpanSink, look: () => Answer, what = 'A part of the input'): Answer | undefined {
  try {
    return look();
  } catch (error) {
    sink.diagnostic('mixed-format', `${what} cannot be read and was left out: ${reasonOf(error)}.`);
    return undefined;
  }
}

/** The entries of a list, undefined for those that throw when looked at. */
export function readableEntries(list: readonly unknown[]): readonly unknown[] {
  const held = withoutHoles(list);
  const entries: unknown[] = [];
  for (let at = 0; at < held.length; at += 1) entries.push(quietly(() => held[at]));
  return entries;
}

/** So many entries of a list are looked at to find what it is. */
export const LOOKED_AT = 100;

/**
 * What the first of the entries answers that has an answer other than null or false; null where none has. One that
 * throws when looked at has none.
 */
export function firstAnswer<Answer>(
  list: readonly unknown[],
  look: (entry: unknown) => Answer | null,
  most = LOOKED_AT,
): Answer | null {
  const entries = withoutHoles(firstOf(list, most));
  for (let at = 0; at < Math.min(entries.length, most); at += 1) {
    const answer = quietly(() => look(entries[at]));
    if (answer) return answer;
  }
  return null;
}

/** Of a long list only as much is touched as is looked at. */
export const firstOf = (list: readonly unknown[], most: number): readonly unknown[] =>
  list.length > most ? list.slice(0, most) : list;

/** What a look answers; undefined where it throws. */
export function quietly<Answer>(look: () => Answer): Answer | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
