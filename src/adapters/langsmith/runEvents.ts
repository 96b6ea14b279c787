import { isObject, jsonList } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { UNREADABLE, listEntries, readableFields } from './readableFields.ts';
import { runTime } from './runTime.ts';

/** An event in the form that the sink reads; its attributes are put together when somebody opens it. */
interface RunEvent {
  readonly name: string;
  readonly time: unknown;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/**
 * `[{ name, time, kwargs }]` (langsmith-sdk, schemas): `kwargs` and whatever else an event holds are its attributes.
 * What is neither goes on as it is: opening the content reports it.
 */
export function runEvents(recorded: unknown): unknown {
  const list = jsonList(recorded);
  if (!list) return recorded === '' ? undefined : (recorded ?? undefined);
  return listEntries(list).map((entry): unknown => {
    // Some write nothing but the name.
    if (typeof entry === 'string' && entry !== UNREADABLE)
      return { name: entry, time: undefined, attributes: new Map() };
    return isObjectAtAll(entry) ? runEvent(entry) : entry;
  });
}

function runEvent(entry: object): RunEvent {
  const { fields: held } = readableFields(entry);
  return {
    name: textOf(held.get('name')) ?? '',
    time: runTime(held.get('time')),
    get attributes() {
      return eventAttributes(entry);
    },
  };
}

function eventAttributes(entry: object): ReadonlyMap<string, unknown> {
  const { kwargs, ...rest } = Object.fromEntries(readableFields(entry).fields);
  const attributes = new Map<string, unknown>();
  for (const [key, value] of Object.entries(rest))
    if (key !== 'name' && key !== 'time' && value !== null && value !== undefined) attributes.set(key, value);
  if (isObjectAtAll(kwargs)) for (const [key, value] of readableFields(kwargs).fields) attributes.set(key, value);
  else if (kwargs !== null && kwargs !== undefined) attributes.set('kwargs', kwargs);
  return attributes;
}

function isObjectAtAll(value: unknown): value is object {
  try {
    return isObject(value);
  } catch {
    return false;
  }
}
