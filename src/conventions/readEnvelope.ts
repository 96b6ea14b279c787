import { amount, attributeValue, eachAttribute, textOf } from '../model/attributes.ts';
import type { Cost, SpanKind, Usage } from '../model/types.ts';
import { readCost, readUsage } from './amounts.ts';
import { DIALECTS, KIND_ORDER } from './index.ts';
import { jsonList, jsonObject } from './json.ts';
import type { Slot, SlotReading, SlotValues } from './types.ts';

/** What attributes tell about a span before its content is opened. */
export interface Envelope {
  readonly kind: SpanKind;
  /** The recorded word for the kind, where there was one. */
  readonly rawKind: string | null;
  /** A better name for display than the recorded one. */
  readonly name: string | null;
  /** A `SpanStatus` that the dialect sets beside OpenTelemetry's own. */
  readonly status: string | null;
  readonly statusMessage: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  /** Seconds from the start; NaN = unknown. */
  readonly firstTokenSeconds: number;
  /** The instant of the first token as recorded, in any form that `readInstant` takes; null = unknown. */
  readonly firstTokenAt: unknown;
  readonly traceName: string | null;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly tags: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Kind, model, tokens, cost and so on in one pass over the attributes: each key costs one look-up, and most spans name a kind only. */
export function readEnvelope(attributes: unknown): Envelope {
  let values: SlotValues | undefined;
  let ranks: Partial<Record<Slot, number>> | undefined;
  let kind: SpanKind | null = null;
  let kindRank = Infinity;
  let rawKind: string | null = null;
  const put = (slot: Slot, value: unknown, rank: number): void => {
    // Of equal keys the last wins, as in `attributeMap`.
    if (value === null || value === undefined || value === '' || (ranks?.[slot] ?? Infinity) < rank) return;
    values ??= {};
    ranks ??= {};
    values[slot] = value;
    ranks[slot] = rank;
  };
  eachAttribute(attributes, (key, recorded) => {
    if (!mayMean(key)) return;
    const meaning = MEANINGS.get(key);
    if (meaning === undefined) return;
    const { rank, reading } = meaning;
    if (typeof reading === 'string') {
      put(reading, attributeValue(recorded), rank);
    } else if ('read' in reading) {
      const told = reading.read(attributeValue(recorded));
      for (const slot of Object.keys(told) as Slot[]) put(slot, told[slot], rank);
    } else if (rank <= kindRank) {
      const word = textOf(attributeValue(recorded));
      if (word === null) return;
      const named = 'hint' in reading ? reading.hint : ownValue(reading.kinds, word.toLowerCase());
      if (!('hint' in reading) && (rawKind === null || named !== undefined)) rawKind = word;
      if (named === undefined) return;
      kind = named;
      kindRank = rank;
    }
  });
  return fullEnvelope(values ?? NOTHING, kind, rawKind);
}

const NOTHING: SlotValues = {};

function fullEnvelope(values: SlotValues, kind: SpanKind | null, rawKind: string | null): Envelope {
  if (values === NOTHING) return { ...EMPTY, kind: kind ?? 'span', rawKind };
  const model = textOf(values.responseModel) ?? textOf(values.requestModel);
  const usage = readUsage(values);
  return {
    kind: kind ?? (model !== null && usage !== null ? 'llm' : 'span'),
    rawKind,
    name: textOf(values.name),
    status: textOf(values.status),
    statusMessage: textOf(values.statusMessage),
    model,
    provider: textOf(values.provider),
    usage,
    cost: readCost(values),
    firstTokenSeconds: amount(values.firstTokenSeconds) ?? (amount(values.firstTokenMillis) ?? Number.NaN) / 1000,
    firstTokenAt: values.firstTokenAt ?? null,
    traceName: textOf(values.traceName),
    sessionId: textOf(values.sessionId),
    userId: textOf(values.userId),
    tags: values.tags === undefined ? null : jsonList(values.tags)?.flatMap((tag) => textOf(tag) ?? []) ?? null,
    metadata: values.metadata === undefined ? null : jsonObject(values.metadata),
  };
}

const EMPTY: Envelope = {
  kind: 'span', rawKind: null, name: null, status: null, statusMessage: null, model: null, provider: null, usage: null, cost: null,
  firstTokenSeconds: Number.NaN, firstTokenAt: null, traceName: null, sessionId: null, userId: null, tags: null, metadata: null,
};

interface Meaning { readonly rank: number; readonly reading: SlotReading }

/** Key by key, in order of trust; where two dialects share a key, the first reads it. Hints of kind come after every outright kind. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(DIALECTS.flatMap((dialect, order) => {
  const kindOrder = KIND_ORDER.includes(dialect) ? KIND_ORDER.indexOf(dialect) : KIND_ORDER.length + order;
  return Object.entries(dialect.slots).map(([key, reading], place) => {
    const rank = typeof reading === 'string' || 'read' in reading ? order : 'hint' in reading ? 100 + order : kindOrder;
    return [key, { reading, rank: rank + place / 1000 }] as const;
  });
}).reverse());

/** First letter and length of all known keys. Most other keys fail this test, which saves hashing their text. */
const SHAPES = new Uint8Array(128 * 64);
const shapeOf = (key: string): number => (key.charCodeAt(0) & 127) * 64 + (key.length & 63);
for (const key of MEANINGS.keys()) SHAPES[shapeOf(key)] = 1;
const mayMean = (key: string): boolean => SHAPES[shapeOf(key)] === 1;

const ownValue = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
