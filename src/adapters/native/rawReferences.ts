import { isObject, type Fields } from '../../conventions/json.ts';
import { toJson } from '../../conventions/toJson.ts';
import type { AttributeValue } from '../../model/types.ts';
import { anyValue } from '../otlp/anyValue.ts';
import { decodeValue } from './nativeValue.ts';

/**
 * A record says much of what the fields of its span say already, so `raw` refers to them (JSON Pointer, RFC 6901, from
 * the span):
 *
 * { "$same": "/attributes/gen_ai.prompt" }                                  the value that stands there
 * { "$keyValues": { "of": "/attributes", "but": { "3": { … } } } }          OTLP's list of the entries there, `but`
 * those whose value is written in another way
 *
 * Each place is referred to at most once: what a file says grows with the file, whoever wrote it.
 */
const KEY_VALUES = '$keyValues';

/** Texts shorter than this are repeated: a reference would be as long. */
const SHORTEST = 32;
/** Nothing further inside is referred to, so that pointers stay short however deep values are. */
const DEEPEST = 8;

interface Step {
  readonly from: unknown;
  readonly path: string | null;
  readonly level: number;
  readonly literal: boolean;
  readonly put: (value: unknown) => void;
}

/**
 * Copies JSON without recursion; `change` may give another value for a node. What stands directly in `$object` is data,
 * and never changed as a whole.
 */
function rewrite(
  root: unknown,
  change: (node: unknown, path: string | null, level: number) => { readonly value: unknown } | undefined,
): unknown {
  let result: unknown;
  const steps: Step[] = [
    {
      from: root,
      path: '',
      level: 0,
      literal: false,
      put: (value) => {
        result = value;
      },
    },
  ];
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { from, path, level, literal, put } = step;
    const changed = literal ? undefined : change(from, path, level);
    if (changed || from === null || typeof from !== 'object') put(changed ? changed.value : from);
    else copyInto(step, from, steps);
  }
  return result;
}

function copyInto({ path, level, put }: Step, from: object, steps: Step[]): void {
  const keys = Object.keys(from);
  const copy: object = Array.isArray(from) ? [] : Object.fromEntries(keys.map((key) => [key, null]));
  put(copy);
  const wraps = keys.length === 1 && keys[0] === '$object';
  for (let at = keys.length - 1; at >= 0; at -= 1) {
    const key = keys[at]!;
    steps.push({
      from: (from as Fields)[key],
      path: path === null || level >= DEEPEST ? null : `${path}/${escaped(key)}`,
      level: level + 1,
      literal: wraps,
      put: (value) => {
        Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
      },
    });
  }
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

/** `raw` in fewer words; `raw` and `span` as `encodeValue` gives them. */
export function shortenRaw(raw: unknown, span: object): unknown {
  const places = longValues(span);
  return rewrite(raw, (node, path, level) => {
    const list = path === null || !Array.isArray(node) ? undefined : asKeyValues(node, path, span);
    if (list) return { value: list };
    if (
      typeof node === 'string'
        ? node.length < SHORTEST
        : node === null || typeof node !== 'object' || level < 2 || level > 3
    )
      return undefined;
    const place = places.get(comparableText(node))?.pop();
    return place === undefined ? undefined : { value: { $same: place } };
  });
}

/** Lists and maps by their JSON, texts as they are, behind a letter that tells them apart. */
const comparableText = (node: unknown): string => (typeof node === 'string' ? `t${node}` : `j${toJson(node)}`);

/** Where in the span which text, list or map of some length stands. */
function longValues(span: object): ReadonlyMap<string, string[]> {
  const places = new Map<string, string[]>();
  const open: (readonly [value: unknown, path: string, level: number])[] = [[span, '', 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, path, level] = next;
    const isText = typeof value === 'string';
    if (!isText && (value === null || typeof value !== 'object')) continue;
    const text = isText || level === 1 || level === 2 ? comparableText(value) : '';
    if (text.length > SHORTEST && path.length < text.length / 2) {
      const known = places.get(text);
      if (known) known.push(path);
      else places.set(text, [path]);
    }
    if (!isText && level < DEEPEST)
      for (const key of Object.keys(value)) open.push([(value as Fields)[key], `${path}/${escaped(key)}`, level + 1]);
  }
  return places;
}

/**
 * The attributes of an OTLP record, or of its events and links, by those of the span, where keys and order are the
 * same.
 */
function asKeyValues(list: readonly unknown[], path: string, span: object): object | undefined {
  const of = /^\/0((?:\/(?:events|links)\/\d+)?\/attributes)$/.exec(path)?.[1];
  const attributes = of === undefined || list.length === 0 ? undefined : valueAt(span, of);
  if (!isObject(attributes)) return undefined;
  const keys = Object.keys(attributes);
  if (keys.length !== list.length) return undefined;
  const but: [string, unknown][] = [];
  for (let at = 0; at < keys.length; at += 1) {
    const entry = list[at];
    if (!isObject(entry) || entry['key'] !== keys[at] || Object.keys(entry).join() !== 'key,value') return undefined;
    if (toJson(entry['value']) !== toJson(asAnyValue(attributes[keys[at]!]))) but.push([String(at), entry['value']]);
  }
  return { [KEY_VALUES]: { of, ...(but.length > 0 ? { but: Object.fromEntries(but) } : {}) } };
}

const asAnyValue = (encoded: unknown): object => anyValue(decodeValue(encoded) as AttributeValue);

function valueAt(span: object, pointer: string): unknown {
  let value: unknown = span;
  for (const key of pointer.split('/').slice(1).map(unescaped)) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Fields)[key];
  }
  return value;
}

/**
 * `raw` as it was before it was shortened. A reference that leads nowhere, or where another led before, stands as it
 * is.
 */
export function restoreRaw(raw: unknown, span: object): unknown {
  const used = new Set<string>();
  const follow = (pointer: unknown): unknown => {
    if (
      typeof pointer !== 'string' ||
      !pointer.startsWith('/') ||
      used.has(pointer) ||
      /^\/raw(?:\/|$)/.test(pointer) ||
      pointer.split('/', DEEPEST + 2).length > DEEPEST + 1
    )
      return undefined;
    used.add(pointer);
    return valueAt(span, pointer);
  };
  return rewrite(raw, (node) => {
    if (!isObject(node) || Object.keys(node).length !== 1) return undefined;
    if (Object.hasOwn(node, '$same')) {
      const value = follow(node['$same']);
      return value === undefined ? undefined : { value };
    }
    const list = Object.hasOwn(node, KEY_VALUES) ? node[KEY_VALUES] : undefined;
    const attributes = isObject(list) ? follow(list['of']) : undefined;
    if (!isObject(attributes)) return undefined;
    const but = isObject(list) && isObject(list['but']) ? list['but'] : {};
    return {
      value: Object.keys(attributes).map((key, at) => ({
        key,
        value: Object.hasOwn(but, String(at)) ? but[String(at)] : asAnyValue(attributes[key]),
      })),
    };
  });
}
