import { TraceInputError } from '../../model/diagnostics.ts';
import { isObject } from '../../conventions/json.ts';
import { formatsInWords } from '../text/formatWords.ts';
import { hasRules } from '../../redact/checkRules.ts';
import { surestFormat } from '../collect/pickAdapter.ts';
import { laterFormats } from './laterFormats.ts';
import { lookAlike, REFUSED } from './lookAlikes.ts';
import type { UnreadDocument } from '../collect/readDocuments.ts';
import type { ReadOptions } from '../types.ts';

/**
 * The error for a document that no adapter knows: what it looks like, and what would be read. Where the
 * host hides content, the message gives none of it away.
 */
export function unknownFormat(
  { document, adapters }: UnreadDocument,
  { redact }: Pick<ReadOptions, 'redact'>,
): TraceInputError {
  const later = surestFormat(document, laterFormats)?.format;
  const found =
    later !== undefined && !adapters.some(({ name }) => name === later)
      ? `of the format ${later}, which was not asked for; parseTraces reads it, and readTraces with \`allFormats\` of spanwise/formats`
      : looks(document, hasRules(redact));
  return new TraceInputError(
    'unknown-format',
    `This is JSON, but not a trace: it is ${found}. Accepted formats: ${formatsInWords(adapters)}.`,
  );
}

/** What a server says that gave no trace. */
function serverWords(document: unknown): string {
  if (!isObject(document)) return '';
  const { error, errors, detail, message } = document;
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  const words = [error, first, detail, message]
    .flatMap((each) => (isObject(each) ? [each['message'], each['msg'], each['detail']] : [each]))
    .find((each) => typeof each === 'string' && each !== '') as string | undefined;
  return words === undefined ? '' : `, which says “${words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}”`;
}
const LONGEST = 200;

function looks(document: unknown, hidden: boolean): string {
  try {
    const known = lookAlike(document);
    if (known !== null) return known === REFUSED && !hidden ? known + serverWords(document) : known;
    if (Array.isArray(document))
      return document.length === 0
        ? 'an empty list'
        : `a list of which the first entry is ${Array.isArray(document[0]) ? 'a list' : looks(document[0], hidden)}`;
    if (document === null || typeof document !== 'object') return document === null ? 'null' : `a ${typeof document}`;
    const keys = Object.keys(document).slice(0, 5);
    if (keys.length === 0)
      return 'an empty object; GitHub Copilot Chat wrote such in place of its spans before its exporter was mended';
    return hidden ? 'an object' : `an object with ${keys.map((key) => JSON.stringify(key.slice(0, 40))).join(', ')}`;
  } catch {
    return 'an object that cannot be looked at';
  }
}
