import type { Random } from './random.ts';

/** A place in a document: what stands there is `holder[key]`. */
interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

const HOSTILE_TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '-0',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '9'.repeat(30),
  '\0',
  '\ud800',
  '\u202e',
  '💥',
  '$',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '[object Object]',
  'null',
  'true',
  '[]',
  '{}',
  '{"a":',
  '[[[[',
  '"',
  '\\',
  '\n',
  '%',
  '%zz',
  '\\u12',
  '⟦email·1⟧',
  '<script>',
  'a'.repeat(10_000),
  '1970-01-01',
  '2026-02-30T25:61:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '-271821-04-20T00:00:00Z',
  '1795359116',
  '1795359116728',
  '1795359116728000',
  '1795359116728000001',
  '-1795359116728000001',
  '18446744073709551615',
  '00000000000000000000000000000000',
  '0000000000000000',
  'llm',
  'LLM',
  'agent',
  'error',
  'ERROR',
  'OK',
  'chat',
  'user',
  'USD',
];
const HOSTILE: readonly unknown[] = [
  ...HOSTILE_TEXTS,
  null,
  true,
  false,
  0,
  -0,
  -1,
  1,
  0.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  2 ** 63,
  -(2 ** 31),
  1_795_359_116,
  1_795_359_116_728,
  1_795_359_116_728_000_000,
  [],
  {},
  [null],
  [[]],
  [[[[[[]]]]]],
  { '': '' },
  ['__proto__', {}],
  [1_795_359_116, 0],
  [0, 0],
  { low: 1, high: 2 },
];
const HOSTILE_KEYS = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  'toJSON',
  '0',
  '-1',
  '4294967295',
  'id',
  'name',
  'value',
  'key',
  'spans',
  'attributes',
  'traceId',
  'parentSpanId',
  'error',
  'type',
];

const isHolder = (value: unknown): value is Record<string, unknown> | unknown[] =>
  value !== null && typeof value === 'object';
const copy = <Value>(value: Value): Value =>
  value === undefined ? value : (JSON.parse(JSON.stringify(value)) as Value);

/** Keys may be any, `__proto__` too. */
function put({ holder, key }: Place, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}
const at = ({ holder, key }: Place): unknown =>
  Object.hasOwn(holder, key) ? (holder as Record<string | number, unknown>)[key] : undefined;

function remove({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else delete holder[key];
}

/** All places in a document, the root's own left out. */
export function placesIn(root: unknown): readonly Place[] {
  const places: Place[] = [];
  const open: unknown[] = [root];
  while (open.length > 0) {
    const holder = open.pop();
    if (!isHolder(holder)) continue;
    const keys = Array.isArray(holder) ? holder.keys() : Object.keys(holder);
    for (const key of keys) {
      places.push({ holder, key });
      open.push(at({ holder, key }));
    }
  }
  return places;
}

type Mutation = (place: Place, random: Random, places: readonly Place[]) => void;

/** What may happen to a place in a document. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  replace: (place, random) => put(place, copy(random.pick(HOSTILE))),
  transplant: (place, random, places) => put(place, copy(at(random.pick(places)))),
  remove,
  repeat(place) {
    if (Array.isArray(place.holder)) place.holder.splice(place.key as number, 0, copy(at(place)));
  },
  repeatChanged(place, random) {
    if (!Array.isArray(place.holder)) return;
    const again = copy(at(place));
    const inner = placesIn(again);
    if (inner.length > 0) put(random.pick(inner), copy(random.pick(HOSTILE)));
    place.holder.splice(random.below(place.holder.length + 1), 0, again);
  },
  rename(place, random, places) {
    if (Array.isArray(place.holder)) return;
    const value = at(place);
    const key = random.chance(0.5) ? random.pick(HOSTILE_KEYS) : String(random.pick(places).key);
    remove(place);
    put({ holder: place.holder, key }, value);
  },
  respell(place, random) {
    if (Array.isArray(place.holder)) return;
    const value = at(place);
    const key = String(place.key);
    remove(place);
    put(
      {
        holder: place.holder,
        key: random.chance(0.5)
          ? key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
          : key.replaceAll(/[._](\w)/g, (_, letter: string) => letter.toUpperCase()),
      },
      value,
    );
  },
  wrap(place, random) {
    const value = at(place);
    put(place, random.pick([[value], { value }, { [String(place.key)]: value }, JSON.stringify(value) ?? '']));
  },
  unwrap(place) {
    const value = at(place);
    if (isHolder(value)) put(place, Object.values(value)[0]);
    else if (typeof value === 'string' && /^[[{"]/.test(value)) put(place, parsed(value));
  },
  deepen(place, random) {
    let value = at(place);
    for (let level = random.pick([3, 30, 300]); level > 0; level -= 1)
      value = random.chance(0.5) ? [value] : { [String(place.key)]: value };
    put(place, value);
  },
  swap(place, random, places) {
    const other = random.pick(places);
    const [here, there] = [copy(at(place)), copy(at(other))];
    put(place, there);
    if (Object.hasOwn(other.holder, other.key)) put(other, here);
  },
  list(place, random) {
    const value = at(place);
    if (Array.isArray(value)) put(place, random.chance(0.5) ? random.shuffled(value) : { ...value });
    else if (isHolder(value)) put(place, random.chance(0.5) ? Object.values(value) : Object.entries(value));
  },
  edit(place, random) {
    const value = at(place);
    if (typeof value === 'string') put(place, editedText(value, random));
    else if (typeof value === 'number')
      put(place, random.pick([-value, value + 1, value * 1e6, value / 1e6, String(value), value + 0.5]));
    else if (typeof value === 'boolean') put(place, !value);
  },
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function editedText(text: string, random: Random): string {
  const from = random.below(text.length + 1);
  const to = from + random.below(text.length - from + 1);
  return random.pick([
    text.slice(0, from),
    text.slice(from),
    text.slice(0, from) + text.slice(to),
    text.slice(0, from) + random.pick(HOSTILE_TEXTS) + text.slice(from),
    text + text,
    text.toUpperCase(),
    `${text}${random.pick(HOSTILE_TEXTS)}`,
  ]);
}

/** Changes a document in place, and says what was done. */
export function mutate(documents: unknown[], random: Random): readonly string[] {
  const done: string[] = [];
  for (let left = random.pick([0, 1, 1, 1, 2, 2, 3, 5]); left > 0; left -= 1) {
    const places = placesIn(documents);
    if (places.length === 0) break;
    const name = random.pick(Object.keys(MUTATIONS));
    const place = random.pick(places);
    done.push(`${name} ${String(place.key)}`);
    MUTATIONS[name]!(place, random, places);
  }
  return done;
}

const TOKENS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  'NaN',
  '-Infinity',
  'undefined',
  '\u{feff}',
  '\n',
  '\r\n',
  '\0',
  '}{',
  '][',
  '{},',
  '{}',
  '[]',
  'data: ',
  '// x\n',
  '\u2028',
  '\\u00',
  '\\ud800',
  "'",
  '1e',
  '0',
  '-',
  'null',
  'tru',
];

/** The same for a text. */
export function mutateText(text: string, random: Random): string {
  let changed = text;
  for (let left = random.pick([0, 1, 1, 1, 2, 3]); left > 0; left -= 1) {
    const from = random.below(changed.length + 1);
    const to = Math.min(changed.length, from + 1 + random.below(random.pick([1, 20, 2000])));
    const part = changed.slice(from, to);
    const place = random.below(changed.length + 1);
    changed = random.pick([
      () => changed.slice(0, from),
      () => changed.slice(from),
      () => changed.slice(0, from) + changed.slice(to),
      () => changed.slice(0, from) + random.pick(TOKENS) + changed.slice(from),
      () => changed.slice(0, from) + random.pick(TOKENS) + changed.slice(to),
      () => changed.slice(0, place) + part + changed.slice(place),
      () => `${changed}\n${part}`,
    ])();
  }
  return changed;
}

/** The same for bytes. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let left = random.pick([0, 1, 1, 4]); left > 0 && changed.length > 0; left -= 1)
    changed[random.below(changed.length)] = random.pick([
      0,
      10,
      34,
      92,
      123,
      0x80,
      0xc0,
      0xe2,
      0xf0,
      0xff,
      random.below(256),
    ]);
  return random.chance(0.3)
    ? changed.subarray(random.chance(0.3) ? random.below(changed.length + 1) : 0, random.below(changed.length + 1))
    : changed;
}
