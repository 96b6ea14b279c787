import type { Payload } from '../../model/types.ts';

/** Longer texts are not parsed for the one text in them. */
const PARSED_UP_TO = 100_000;

/**
 * What a payload says: the one text in an object that holds a single one (`{"question": "…"}`), else the text as
 * recorded; '' where nothing is.
 */
export function spokenText(payload: Payload | null): string {
  if (!payload) return '';
  if (payload.text.length > PARSED_UP_TO || !/^\s*[[{"]/.test(payload.text)) return payload.text;
  let value: unknown = payload.json();
  for (let depth = 0; depth < 4 && value !== null && typeof value === 'object'; depth += 1) {
    const values: readonly unknown[] = Object.values(value);
    if (values.length !== 1) return payload.text;
    [value] = values;
  }
  return typeof value === 'string' ? value : payload.text;
}
