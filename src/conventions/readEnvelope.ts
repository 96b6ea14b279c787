import { amount, eachAttribute, textOf, valueReader } from '../model/attributes.ts';
import type { AttributeValue, Cost, SpanKind, Usage } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { readCost, readUsage } from './amounts.ts';
import { DIALECTS, KIND_ORDER } from './index.ts';
import { joinTokens, TOKEN_SLOTS } from './joinTokens.ts';
import { jsonList, jsonObject } from './json.ts';
import type { Slot, SlotReading, SlotValues } from './types.ts';

/** What attributes reveal about a span before its content is opened. */
export interface Envelope {
  readonly kind: SpanKind;
  /** The recorded word for the kind, where there was one. */
  readonly rawKind: string | null;
  /** A better name for display than the recorded one. */
  readonly name: string | null;
  /** A name that is better where the recorded one is this and a suffix. */
  readonly entityName: string | null;
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
  /** Tags of the trace if the span is a root of it, else its own. */
  readonly tagsOfRoot: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  /**
   * True where this is no span but a sign that its parent has begun; `markedParent` is the id of that parent's own
   * parent.
   */
  readonly startMarker: boolean;
  readonly markedParent: string | null;
  /** The span's place among its siblings, in words that sort; null = by its times. */
  readonly dottedOrder: string | null;
  /** True where some attribute is a part of a score, which `readScores` reads. */
  readonly scored: boolean;
}

/**
 * Kind, model, tokens, cost and so on in one pass over the attributes: each key costs one look-up, and most spans name
 * a kind only.
 */
export function readEnvelope(attributes: unknown): Envelope {
  let values: SlotValues | undefined;
  let ranks: Partial<Record<Slot, number>> | undefined;
  let kind: SpanKind | null = null;
  let kindRank = Infinity;
  let rawKind: string | null = null;
  let metadata: [string, AttributeValue][] | undefined;
  let scored = false;
  const valueOf = valueReader(attributes);
  /** Tokens by dialect, with the rank of each fact within it; nearly always there is one dialect. */
  let tokens: DialectTokens[] | undefined;
  const putTokens = (slot: Slot, value: unknown, rank: number): void => {
    const dialect = Math.floor(rank);
    tokens ??= [];
    let counts = tokens[0]?.dialect === dialect ? tokens[0] : tokens.find((each) => each.dialect === dialect);
    if (!counts) tokens.push((counts = { dialect, values: {}, ranks: {} }));
    if ((counts.ranks[slot] ?? Infinity) < rank) return;
    counts.values[slot] = value;
    counts.ranks[slot] = rank;
  };
  const put = (slot: Slot, value: unknown, rank: number): void => {
    if (value === null || value === undefined || value === '') return;
    if (TOKEN_SLOTS.has(slot)) return putTokens(slot, value, rank);
    const before = ranks?.[slot];
    const adds = before !== undefined && GATHERED.has(slot) && Math.floor(before) === Math.floor(rank);
    // Of equal keys the last wins, as in `attributeMap`.
    if (before !== undefined && before < rank && !adds) return;
    values ??= {};
    ranks ??= {};
    const [lower, higher] = adds && before < rank ? [value, values[slot]] : [values[slot], value];
    values[slot] = adds ? { ...(lower as object), ...(higher as object) } : value;
    ranks[slot] = adds ? Math.min(before, rank) : rank;
  };
  eachAttribute(attributes, (key, recorded) => {
    const meaning = mayMean(key) ? MEANINGS.get(key) : undefined;
    if (meaning === undefined) {
      const prefix = mayBegin(key) ? PREFIXES.find((each) => key.startsWith(each)) : undefined;
      if (prefix === undefined) return;
      if (SCORE_PREFIXES.has(prefix)) scored = true;
      else (metadata ??= []).push([key.slice(prefix.length), valueOf(recorded)]);
      return;
    }
    const { rank, reading } = meaning;
    if (typeof reading === 'string') {
      put(reading, valueOf(recorded), rank);
    } else if ('read' in reading) {
      const facts = reading.read(valueOf(recorded));
      for (const slot of Object.keys(facts) as Slot[]) put(slot, facts[slot], rank);
    } else if (rank <= kindRank) {
      const value = valueOf(recorded);
      const word = textOf('word' in reading && reading.word ? reading.word(value) : value);
      if (word === null) return;
      const named =
        'hint' in reading
          ? (ownValue(reading.words, word.toLowerCase()) ?? reading.hint)
          : ownValue(reading.kinds, word.toLowerCase());
      if (!('hint' in reading) && (rawKind === null || named !== undefined)) rawKind = word;
      if (named === undefined) return;
      kind = named;
      kindRank = rank;
    }
  });
  if (metadata)
    put(
      'metadata',
      { ...jsonObject((values as SlotValues | undefined)?.metadata), ...Object.fromEntries(metadata) },
      -1,
    );
  if (tokens) values = Object.assign((values as SlotValues | undefined) ?? {}, joinTokens(inOrder(tokens)));
  return fullEnvelope(values ?? NOTHING, kind, kindRank, rawKind, scored);
}

interface DialectTokens {
  readonly dialect: number;
  readonly values: SlotValues;
  readonly ranks: Partial<Record<Slot, number>>;
}

const inOrder = (tokens: readonly DialectTokens[]): readonly SlotValues[] =>
  tokens.length === 1
    ? [tokens[0]!.values]
    : tokens.toSorted((a, b) => a.dialect - b.dialect).map(({ values }) => values);

const NOTHING: SlotValues = {};

/** Records of amounts, which several keys make up together. */
const GATHERED: ReadonlySet<Slot> = new Set<Slot>(['otherTokens', 'costParts']);

function fullEnvelope(
  values: SlotValues,
  kind: SpanKind | null,
  kindRank: number,
  rawKind: string | null,
  scored: boolean,
): Envelope {
  if (values === NOTHING) return { ...EMPTY, kind: kind ?? 'span', rawKind, scored };
  const named = textOf(values.responseModel) ?? textOf(values.requestModel);
  const usage = readUsage(values);
  const ownKind =
    kind !== null && kindRank < GENERAL
      ? kind
      : (inferredKind(values, rawKind, (named ?? textOf(values.contextModel)) !== null && usage !== null) ??
        kind ??
        'span');
  const callsNone = CALL_NO_MODEL.has(ownKind);
  return {
    kind: ownKind,
    rawKind,
    name: textOf(values.name),
    entityName: textOf(values.entityName),
    status: textOf(values.status),
    statusMessage: textOf(values.statusMessage),
    model: named ?? (callsNone ? null : textOf(values.contextModel)),
    provider: textOf(values.provider) ?? (callsNone ? null : textOf(values.contextProvider)),
    usage,
    cost: readCost(values),
    firstTokenSeconds: amount(values.firstTokenSeconds) ?? (amount(values.firstTokenMillis) ?? Number.NaN) / 1000,
    firstTokenAt: values.firstTokenAt ?? null,
    traceName: textOf(values.traceName),
    sessionId: textOf(values.sessionId),
    userId: textOf(values.userId),
    tags: textsOf(values.tags),
    tagsOfRoot: textsOf(values.tagsOfRoot),
    metadata: values.metadata === undefined ? null : jsonObject(values.metadata),
    startMarker: values.startMarker === true,
    markedParent: textOf(values.markedParent),
    dottedOrder: textOf(values.dottedOrder),
    scored,
  };
}

const textsOf = (list: unknown): readonly string[] | null =>
  list === undefined ? null : (jsonList(list)?.flatMap((each) => textOf(each) ?? []) ?? null);

/** Steps that call no model, whatever model the run around them has. */
const CALL_NO_MODEL: ReadonlySet<SpanKind> = new Set<SpanKind>(['tool', 'retriever', 'prompt', 'parser']);

/**
 * From here on rank the hints of the last dialect, the general conventions: an agent or a model call may well do HTTP.
 */
const GENERAL = 100 + DIALECTS.length - 1;

/** What follows from several facts together. */
function inferredKind(
  { kind, agentName, workflowName }: SlotValues,
  rawKind: string | null,
  isModelCall: boolean,
): SpanKind | null {
  if (kind !== undefined) return textOf(kind);
  if (agentName !== undefined && workflowName === undefined && rawKind === null) return 'agent';
  return isModelCall ? 'llm' : null;
}

const EMPTY: Envelope = {
  kind: 'span',
  rawKind: null,
  name: null,
  entityName: null,
  status: null,
  statusMessage: null,
  model: null,
  provider: null,
  usage: null,
  cost: null,
  firstTokenSeconds: Number.NaN,
  firstTokenAt: null,
  traceName: null,
  sessionId: null,
  userId: null,
  tags: null,
  tagsOfRoot: null,
  metadata: null,
  startMarker: false,
  markedParent: null,
  dottedOrder: null,
  scored: false,
};

interface Meaning {
  readonly rank: number;
  readonly reading: SlotReading;
}

/**
 * Key by key, in order of trust; where two dialects share a key, the first reads it. Hints of kind come after every
 * outright kind.
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  DIALECTS.flatMap((dialect, order) => {
    const kindOrder = KIND_ORDER.includes(dialect) ? KIND_ORDER.indexOf(dialect) : KIND_ORDER.length + order;
    return Object.entries(dialect.slots).map(([key, reading], place) => {
      const rank = ((): number => {
        if (typeof reading === 'string' || 'read' in reading) return order;
        return 'hint' in reading ? 100 + order : kindOrder;
      })();
      return [key, { reading, rank: rank + place / 1000 }] as const;
    });
  }).reverse(),
);

/** First letter and length of all known keys. Most other keys fail this test, which saves hashing their text. */
const SHAPES = new Uint8Array(128 * 64);
const shapeOf = (key: string): number => (key.charCodeAt(0) & 127) * 64 + (key.length & 63);
for (const key of MEANINGS.keys()) SHAPES[shapeOf(key)] = 1;
const mayMean = (key: string): boolean => SHAPES[shapeOf(key)] === 1;

/** The same for keys that begin in a known way, by their first letter and their eighth, which few other keys share. */
const SCORE_PREFIXES: ReadonlySet<string> = new Set(DIALECTS.flatMap(({ scores }) => scores?.prefixes ?? []));
const PREFIXES: readonly string[] = [
  ...DIALECTS.flatMap(({ metadataPrefixes }) => metadataPrefixes ?? []),
  ...SCORE_PREFIXES,
];
const BEGINNINGS = new Uint8Array(128 * 128);
const beginningOf = (key: string): number => (key.charCodeAt(0) & 127) * 128 + (key.charCodeAt(7) & 127);
for (const prefix of PREFIXES) BEGINNINGS[beginningOf(prefix)] = 1;
const mayBegin = (key: string): boolean => BEGINNINGS[beginningOf(key)] === 1;
