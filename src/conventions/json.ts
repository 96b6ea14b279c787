import { textOf } from '../model/attributes.ts';
import type { AttributeValue, Payload } from '../model/types.ts';
import { toJson } from './toJson.ts';
import type { Attributes } from './types.ts';
import { withoutHoles } from '../model/holes.ts';

export { toJson };

/**
 * The value that a JSON text stands for; what is no JSON text is taken as it is. Structured attributes pass through.
 */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? undefined;
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}

/** A text in quotes, which is passed over, or a whole number token. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON.parse, but whole numbers that a double would round stay as their digits, in text. Throws SyntaxError as it does.
 */
function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (found) =>
      /^-?\d+$/.test(found) && !Number.isSafeInteger(Number(found)) ? `"${found}"` : found,
    ),
  );
}

/** A JSON object, given as text or as a structured attribute; null for anything else. */
export function jsonObject(value: unknown): Readonly<Record<string, unknown>> | null {
  const object = mayBe(/^\s*\{/, value) ? parsed(value) : null;
  return isObject(object) ? object : null;
}

/** A JSON list, given as text or as a structured attribute; null for anything else. */
export function jsonList(value: unknown): readonly unknown[] | null {
  const list = mayBe(/^\s*\[/, value) ? parsed(value) : null;
  return Array.isArray(list) ? withoutHoles(list as readonly unknown[]) : null;
}

/** Most text is no JSON, and to find that out by its first letter is far cheaper than by the parser's complaint. */
const mayBe = (opening: RegExp, value: unknown): boolean => typeof value !== 'string' || opening.test(value);

/** An object of which nothing is known but that it has fields. */
export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A value as it was recorded: text stays text, structure becomes JSON text. */
export function payload(value: AttributeValue | undefined, mimeType?: string | null): Payload | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'object' ? toJson(value) : String(value);
  return {
    text,
    mimeType: mimeType ?? (typeof value === 'object' ? 'application/json' : 'text/plain'),
    json() {
      try {
        return parseExact(text);
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * `{ name: text }` where the attribute has text, else nothing: for optional fields that are left out rather than empty.
 */
export function optional<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: string } {
  const text = textOf(value);
  return (text === null ? {} : { [name]: text }) as { [key in Name]?: string };
}

/** The first of several keys that the span has. */
export function firstOf(attributes: Attributes, ...keys: readonly string[]): AttributeValue | undefined {
  for (const key of keys) {
    const value = attributes.get(key);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}
