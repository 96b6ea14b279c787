import { isObject } from '../../conventions/json.ts';
import { textOf } from '../../model/attributes.ts';
import { withoutHoles } from '../../model/holes.ts';

/**
 * Jaeger's typed values (jaeger, uimodel KeyValue): `{ key, type, value }` by key. A plain object of values is read
 * too. `bad` hears of entries without a key.
 */
export function tagMap(tags: unknown, bad?: () => void): Map<string, unknown> {
  const map = new Map<string, unknown>();
  if (Array.isArray(tags)) {
    const list = withoutHoles(tags as readonly unknown[]);
    for (let at = 0; at < list.length; at += 1) {
      const tag = list[at];
      if (isObject(tag) && typeof tag['key'] === 'string') map.set(tag['key'], tagValue(tag['type'], tag['value']));
      else bad?.();
    }
  } else if (isObject(tags)) {
    for (const key of Object.keys(tags)) map.set(key, tags[key]);
  } else if (tags !== undefined && tags !== null) {
    bad?.();
  }
  return map;
}

/** The plain value; a text that does not keep what its type promises stays a text. */
function tagValue(type: unknown, value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  switch (textOf(type)?.toLowerCase()) {
    case 'bool':
      if (value === 'true') return true;
      return value === 'false' ? false : value;
    case 'int64':
      return integer(value);
    case 'float64':
      return float(value);
    case 'binary':
      return bytes(value);
    default:
      return value;
  }
}

/** Beyond 2^53 Jaeger writes digits as text, so that none is lost. */
function integer(text: string): unknown {
  if (!/^-?\d{1,20}$/.test(text)) return text;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** Go prints infinities as `+Inf` and `-Inf`. */
function float(text: string): unknown {
  const number = Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'));
  return text.trim() !== '' && (!Number.isNaN(number) || text === 'NaN') ? number : text;
}

function bytes(base64: string): unknown {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return base64;
  }
}
