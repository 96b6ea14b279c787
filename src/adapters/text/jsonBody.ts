import { parseExact } from '../../conventions/json.ts';
import { TraceInputError } from '../../model/diagnostics.ts';

/** The part of a text in which JSON may stand, and where in the text it begins. */
export interface JsonBody {
  readonly body: string;
  readonly start: number;
}

/** Byte order mark, white space, and the guard that some servers put before JSON. */
const START = /^[\uFEFF\s]*(?:\)\]\}'?,?\s*)?/;

/** Throws `TraceInputError` (`empty-input`) where there is nothing in the text. */
export function jsonBody(text: string): JsonBody {
  const start = START.exec(text)![0].length;
  const body = text.slice(start).trimEnd();
  if (body === '') throw new TraceInputError('empty-input', 'The input is empty.');
  return { body, start };
}

/**
 * The value of a text, boxed as it may be null; null where the text is no JSON. Whole numbers that a double would round
 * (times in nanoseconds, ids that are numbers) stay as their digits, in text.
 */
export function parseJson(text: string): { readonly document: unknown } | null {
  const exact = LONG_NUMBER.test(text) ? (parsed(text.replace(LONG_NUMBERS, '$1"$2"')) ?? exactly(text)) : null;
  return exact ?? parsed(text);
}

const LONG_NUMBER = /[:,[\s]-?\d{17}/;
/** Within a text they would end it, and then the whole is no JSON and is read with more care. */
const LONG_NUMBERS = /([:,[\s])(-?\d{17,})(?=[\s,\]}])/g;

function parsed(text: string): { readonly document: unknown } | null {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

function exactly(text: string): { readonly document: unknown } | null {
  try {
    return { document: parseExact(text) };
  } catch {
    return null;
  }
}
