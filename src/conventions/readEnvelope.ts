import { amount, attributeValue, eachAttribute, textOf } from '../model/attributes.ts';
import type { Cost, SpanKind, Usage } from '../model/types.ts';
import { readUsage } from './amounts.ts';
import { DIALECTS } from './index.ts';
import { jsonList, jsonObject } from './json.ts';
import type { Slot, SlotReading } from './types.ts';

/** What attributes tell about a span before its content is opened. */
export interface Envelope {
  readonly kind: SpanKind;
  /** The recorded word for the kind, where there was one. */
  readonly rawKind: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  /** Seconds from the start; NaN = unknown. */
  readonly firstTokenSeconds: number;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly tags: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

type Values = Partial<Record<Slot, unknown>>;

/** Kind, model, tokens, cost and so on in one pass over the attributes: each key costs one look-up, and most spans name a kind only. */
export function readEnvelope(attributes: unknown): Envelope {
  let values: Values | undefined;
  let ranks: Partial<Record<Slot, number>> | undefined;
  let kind: SpanKind | null = null;
  let kindRank = Infinity;
  let rawKind: string | null = null;
  eachAttribute(attributes, (key, recorded) => {
    if (!mayMean(key)) return;
    const meaning = MEANINGS.get(key);
    if (meaning === undefined) return;
    const { slot, rank, reading } = meaning;
    if (typeof reading === 'string') {
      // Of equal keys the last wins, as in `attributeMap`.
      if ((ranks?.[slot] ?? Infinity) < rank) return;
      const value = attributeValue(recorded);
      if (value === null || value === '') return;
      values ??= {};
      ranks ??= {};
      values[slot] = value;
      ranks[slot] = rank;
      return;
    }
    if (kindRank < rank) return;
    const word = textOf(attributeValue(recorded));
    if (word === null) return;
    if ('hint' in reading) {
      kind = reading.hint;
    } else {
      rawKind ??= word;
      const named = ownValue(reading.kinds, word.toLowerCase());
      if (named === undefined) return;
      kind = named;
      rawKind = word;
    }
    kindRank = rank;
  });
  return fullEnvelope(values ?? NOTHING, kind, rawKind);
}

const NOTHING: Values = {};

function fullEnvelope(values: Values, kind: SpanKind | null, rawKind: string | null): Envelope {
  if (values === NOTHING) {
    return { kind: kind ?? 'span', rawKind, model: null, provider: null, usage: null, cost: null, firstTokenSeconds: Number.NaN, sessionId: null, userId: null, tags: null, metadata: null };
  }
  const model = textOf(values.responseModel) ?? textOf(values.requestModel);
  const usage = readUsage(values);
  return {
    kind: kind ?? (model !== null && usage !== null ? 'llm' : 'span'),
    rawKind,
    model,
    provider: textOf(values.provider),
    usage,
    cost: readCost(values),
    firstTokenSeconds: amount(values.firstTokenSeconds) ?? Number.NaN,
    sessionId: textOf(values.sessionId),
    userId: textOf(values.userId),
    tags: values.tags === undefined ? null : jsonList(values.tags)?.flatMap((tag) => textOf(tag) ?? []) ?? null,
    metadata: values.metadata === undefined ? null : jsonObject(values.metadata),
  };
}

interface Meaning { readonly slot: Slot; readonly rank: number; readonly reading: SlotReading }

/** Dialect by dialect, key by key, in order of trust; hints of kind come after every outright kind. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(DIALECTS.flatMap(({ slots }, order) => Object.entries(slots).map(([key, reading], place) => {
  const hint = typeof reading === 'object' && 'hint' in reading;
  const slot = typeof reading === 'string' ? reading : reading.slot;
  return [key, { slot, reading, rank: (hint ? 100 : 0) + order + place / 1000 }] as const;
})));

/** First letter and length of all known keys. Most other keys fail this test, which saves hashing their text. */
const SHAPES = new Uint8Array(128 * 64);
const shapeOf = (key: string): number => (key.charCodeAt(0) & 127) * 64 + (key.length & 63);
for (const key of MEANINGS.keys()) SHAPES[shapeOf(key)] = 1;
const mayMean = (key: string): boolean => SHAPES[shapeOf(key)] === 1;

function readCost({ costTotal, costInput, costOutput }: Values): Cost | null {
  const input = amount(costInput);
  const output = amount(costOutput);
  const total = amount(costTotal) ?? (input === null && output === null ? null : (input ?? 0) + (output ?? 0));
  if (total === null) return null;
  return { total, currency: 'USD', origin: 'reported', parts: { ...(input === null ? {} : { input }), ...(output === null ? {} : { output }) } };
}

const ownValue = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
