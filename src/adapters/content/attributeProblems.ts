import { DIALECTS } from '../../conventions/index.ts';
import { jsonObject } from '../../conventions/json.ts';
import { TOKEN_SLOTS } from '../../conventions/joinTokens.ts';
import type { Slot } from '../../conventions/types.ts';
import { amount } from '../../model/attributes.ts';
import { MASK } from '../../redact/mark.ts';
import type { AttributeValue, Message } from '../../model/types.ts';

type Report = (code: 'bad-number' | 'index-out-of-range' | 'list-conflict' | 'image-blocked', path: string) => void;

const AMOUNTS: ReadonlySet<unknown> = new Set<Slot>([...TOKEN_SLOTS, 'costTotal', 'costInput', 'costOutput']);
const AMOUNT_KEYS: ReadonlySet<string> = new Set(
  DIALECTS.flatMap(({ slots }) =>
    Object.entries(slots).flatMap(([key, reading]) => (AMOUNTS.has(reading) ? [key] : [])),
  ),
);

/** Keys of several amounts at once, by their names. */
const USAGE_KEYS: ReadonlySet<string> = new Set(
  DIALECTS.flatMap(({ slots }) =>
    Object.entries(slots).flatMap(([key, reading]) =>
      typeof reading === 'object' && 'read' in reading && /usage|cost_details|token_details/i.test(key) ? [key] : [],
    ),
  ),
);

/** Keys that may hold a list, spread over `prefix.<number>.suffix` (OpenInference, Traceloop). */
const MAY_BE_LIST = /^(?:llm|gen_ai|retrieval|reranker|embedding|traceloop)\..*\.\d/;
const PLACE = /\.(\d+)(?=\.|$)/g;
/** Far more than any list that was spread over keys has, and far less than a number that costs memory. */
const LAST_PLACE = 100_000;

/**
 * What of a span's decoded attributes cannot mean what its key says. Nothing is left out for it: `attributes` has every
 * value.
 */
export function attributeProblems(attributes: ReadonlyMap<string, AttributeValue>, report: Report): void {
  for (const [key, value] of attributes) {
    if (AMOUNT_KEYS.has(key) && value !== null && value !== '' && amount(value) === null && !isMasked(value))
      report('bad-number', key);
    if (USAGE_KEYS.has(key)) wrongCounts(value, (name) => report('bad-number', `${key}.${name}`));
    if (!MAY_BE_LIST.test(key)) continue;
    for (const {
      0: { length },
      1: place,
      index,
    } of key.matchAll(PLACE)) {
      if (Number(place) > LAST_PLACE) report('index-out-of-range', key);
      const item = key.slice(0, index + length);
      if (holds(attributes, key.slice(0, index)) || (item !== key && holds(attributes, item)))
        report('list-conflict', key);
    }
  }
}

/** Texts among the amounts of a record, which count as unknown. Free keys may hold anything else. */
function wrongCounts(record: AttributeValue, report: (name: string) => void): void {
  for (const [name, value] of Object.entries(jsonObject(record) ?? {}))
    if (typeof value === 'string' && value !== '' && amount(value) === null && !isMasked(value)) report(name);
}

/** What masking took away was no mistake of the producer. */
const isMasked = (value: AttributeValue): boolean => typeof value === 'string' && MASK.test(value);

const holds = (attributes: ReadonlyMap<string, AttributeValue>, key: string): boolean =>
  (attributes.get(key) ?? null) !== null;

/** Pictures that stand elsewhere: they are named and never fetched. */
export function remoteImages(
  messages: { readonly input: readonly Message[]; readonly output: readonly Message[] } | null,
  report: Report,
): void {
  for (const side of ['input', 'output'] as const) {
    for (const [at, { parts }] of (messages?.[side] ?? []).entries()) {
      for (const part of parts)
        if (part.type === 'image' && part.uri !== undefined && !part.uri.startsWith('data:'))
          report('image-blocked', `messages.${side}[${at}]`);
    }
  }
}
