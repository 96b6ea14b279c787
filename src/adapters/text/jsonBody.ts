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

/** The value of a text, boxed as it may be null; null where the text is no JSON. */
export function parseJson(text: string): { readonly document: unknown } | null {
  try {
    const document = JSON.parse(text) as unknown;
    return { document: mayRound(text) ? parseExactJson(text) : document };
  } catch {
    return null;
  }
}

/** The value of a text that is JSON; its integers keep all their digits. Throws where it is none. */
export const parseExactJson = (text: string): unknown => JSON.parse(withExactIntegers(text)) as unknown;

/** A field that is an integer of so many digits that a number may not hold it: ids, and times in nanoseconds. */
const LONG_INTEGER = /([^\\]"\s*:\s*)(-?[1-9]\d{15,})(?=\s*[,}])/g;
const LONG_BEGINNING = /[^\\]"\s*:\s*-?[1-9]\d{15}/;
/** The same, also within a text: engines look sooner for what begins with one certain letter. */
const LONG_PERHAPS = /"\s*:\s*-?[1-9]\d{15}/;
/** Who writes ids or times so does it in each record, so the beginning of a text tells it. */
const LOOKED_THROUGH = 1_000_000;

function mayRound(text: string): boolean {
  const beginning = text.length > LOOKED_THROUGH ? text.slice(0, LOOKED_THROUGH) : text;
  return LONG_PERHAPS.test(beginning) && LONG_BEGINNING.test(beginning);
}

/**
 * JSON in which integers that a number cannot hold are texts, so that they keep all their digits. Within a text
 * each quote stands behind a backslash, so what looks like the end of a key is one.
 */
const withExactIntegers = (text: string): string =>
  text.replace(LONG_INTEGER, (field: string, key: string, digits: string) =>
    Number.isSafeInteger(Number(digits)) ? field : `${key}"${digits}"`,
  );
