import { amount, attributeValue, eachAttribute, textOf } from '../model/attributes.ts';
import type { Cost, SpanKind, Usage } from '../model/types.ts';
import { readUsage } from './amounts.ts';
import { DIALECTS } from './index.ts';
import { jsonObject } from './json.ts';
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

/** Kind, model, tokens, cost and so on in one pass over the attributes: each key costs one look-up. */
export function readEnvelope(attributes: unknown): Envelope {
  const values: Partial<Record<Slot, unknown>> = {};
  const ranks: Partial<Record<Slot, number>> = {};
  let rawKind: string | null = null;
  eachAttribute(attributes, (key, recorded) => {
    const meaning = MEANINGS.get(key);
    if (meaning === undefined) return;
    const { slot, rank, reading } = meaning;
    if ((ranks[slot] ?? Infinity) <= rank) return;
    let value: unknown = attributeValue(recorded);
    if (value === null || value === '') return;
    if (typeof reading !== 'string') {
      if ('hint' in reading) {
        value = reading.hint;
      } else {
        const word = String(value);
        rawKind ??= word;
        value = ownValue(reading.kinds, word.toLowerCase());
        if (value === undefined) return;
        rawKind = word;
      }
    }
    values[slot] = value;
    ranks[slot] = rank;
  });
  const model = textOf(values.responseModel) ?? textOf(values.requestModel);
  const usage = readUsage(values);
  const kind = (values.kind as SpanKind | undefined) ?? (model !== null && usage !== null ? 'llm' : 'span');
  return {
    kind, rawKind, model, usage,
    provider: textOf(values.provider),
    cost: readCost(values),
    firstTokenSeconds: amount(values.firstTokenSeconds) ?? Number.NaN,
    sessionId: textOf(values.sessionId),
    userId: textOf(values.userId),
    tags: Array.isArray(values.tags) ? values.tags.map(String) : null,
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

function readCost({ costTotal, costInput, costOutput }: Partial<Record<Slot, unknown>>): Cost | null {
  const input = amount(costInput);
  const output = amount(costOutput);
  const total = amount(costTotal) ?? (input === null && output === null ? null : (input ?? 0) + (output ?? 0));
  if (total === null) return null;
  return { total, currency: 'USD', origin: 'reported', parts: { ...(input === null ? {} : { input }), ...(output === null ? {} : { output }) } };
}

const ownValue = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
