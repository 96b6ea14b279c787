import type { Payload } from '../../model/types.ts';

/** Longer texts are not parsed for the one text in them. */
const PARSED_UP_TO = 100_000;

/**
 * What a payload says: the one text in an object that holds a single one (`{"question": "…"}`), the text of the last
 * message where it holds a list of such (the state of a graph), else the text as recorded; '' where nothing is.
 */
export function spokenText(payload: Payload | null): string {
  if (!payload) return '';
  if (payload.text.length > PARSED_UP_TO || !/^\s*[[{"]/.test(payload.text)) return payload.text;
  let value: unknown = payload.json();
  for (let depth = 0; depth < 4 && value !== null && typeof value === 'object'; depth += 1) {
    const said = Array.isArray(value) ? messageText(value.at(-1)) : null;
    if (said !== null) return said;
    const values: readonly unknown[] = Object.values(value);
    if (values.length !== 1) return payload.text;
    [value] = values;
  }
  return typeof value === 'string' ? value : payload.text;
}

/** The text of a message: `{ role, content }`, or as LangChain serializes it, `{ lc, kwargs: { type, content } }`. */
function messageText(value: unknown): string | null {
  const entry = asFields(value);
  const fields = asFields(entry?.['kwargs']) ?? entry;
  const content = fields?.['content'];
  const isMessage = typeof (fields?.['role'] ?? fields?.['type']) === 'string';
  return isMessage && typeof content === 'string' && content.trim() !== '' ? content : null;
}

const asFields = (value: unknown): Readonly<Record<string, unknown>> | null =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : null;
