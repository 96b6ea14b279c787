import { amount, attributeMap, eachAttribute, textOf, valueReader } from '../model/attributes.ts';
import type { AttributeValue, Cost, SpanKind, Usage } from '../model/types.ts';
import { ownValue } from '../model/ownValue.ts';
import { readCost, readUsage } from './amounts.ts';
import { FAILED_RESULT, FAILURE_SIGNS, isFailedResult, RESULT_KEYS } from './failure.ts';
import { DIALECTS, KIND_ORDER } from './index.ts';
import { joinTokens, TOKEN_SLOTS } from './joinTokens.ts';
import { jsonList, jsonObject } from './json.ts';
import type { Attributes, KindReading, OwnValues, ProducedSpan, Slot, SlotReading, SlotValues } from './types.ts';

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
  /** The attribute that tells a failure, or `FAILED_RESULT`; counts where no status is recorded. */
  readonly failure: string | null;
  /** How the status is known, where a file tells that. */
  readonly statusOrigin: string | null;
  /** The words of a failure for which no message is recorded. */
  readonly failureMessage: string | null;
  /** Of `kind` for a span that holds a model call; null = the same. */
  readonly kindOfWrapper: SpanKind | null;
  /** The name of the span above, whose tokens and cost stand here; null = they are its own. */
  readonly amountsOf: string | null;
  /** The recorded kind of the span below, whose messages stand here. */
  readonly amountsIn: string | null;
  readonly contentOf: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usage: Usage | null;
  readonly cost: Cost | null;
  /** Seconds from the start; NaN = unknown. */
  readonly firstTokenSeconds: number;
  /** Seconds, or milliseconds where so many seconds are longer than the span; null = unknown. */
  readonly firstTokenEither: number | null;
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
  /** LangGraph's number of the step in which a node ran (`langgraph_step`); null = none is recorded. */
  readonly graphStep: number | null;
  /**
   * The node of a graph in which it ran (OpenInference's `graph.node.id`, `langgraph_node`), how it is called and the
   * node before it (`graph.node.name`, `graph.node.parent_id`); null = none is recorded.
   */
  readonly graphNode: string | null;
  readonly graphName: string | null;
  readonly graphParent: string | null;
  /** True where some attribute is a part of a score, which `readScores` reads. */
  readonly scored: boolean;
}

/**
 * Kind, model, tokens, cost and so on in one pass over the attributes: each key costs one look-up, and most spans name
 * a kind only.
 */
export function readEnvelope(
  attributes: unknown,
  around: Around = NOTHING_AROUND,
  readEvents: EventReader = noEvents,
): Envelope {
  // One at a time is enough, but where a look at an object of the host reads another one.
  const reading = idle ?? new AttributeReading();
  idle = null;
  reading.begin(attributes, isOwnScope(around.scope) || isOwnName(around.name));
  eachAttribute(attributes, reading.visit);
  const envelope = reading.envelope(attributes, around, readEvents);
  reading.clear();
  idle = reading;
  return envelope;
}

/** What the attributes of one span tell, key by key. It is used again for the next: there are very many. */
class AttributeReading {
  #facts = new Facts();
  #kind: SpanKind | null = null;
  #kindRank = Infinity;
  #rawKind: string | null = null;
  #metadata: [string, AttributeValue][] | undefined;
  #scored = false;
  #failure: string | null = null;
  #result: unknown;
  #mayBeOwn = false;
  #valueOf: (recorded: unknown) => AttributeValue = valueReader(undefined);

  begin(attributes: unknown, mayBeOwn: boolean): void {
    this.#mayBeOwn = mayBeOwn;
    this.#valueOf = valueReader(attributes);
  }

  /** Nothing of a span is held on to. */
  clear(): void {
    this.#facts.clear();
    this.#kind = null;
    this.#kindRank = Infinity;
    this.#rawKind = null;
    this.#metadata = undefined;
    this.#scored = false;
    this.#failure = null;
    this.#result = undefined;
  }

  readonly visit = (key: string, recorded: unknown): void => {
    const meaning = SHAPES[shapeOf(key)] === 1 ? MEANINGS.get(key) : undefined;
    if (meaning !== undefined) this.#read(key, recorded, meaning);
    else if (BEGINNINGS[beginningOf(key)] === 1) this.#readBeginning(key, recorded);
  };

  #readBeginning(key: string, recorded: unknown): void {
    const prefix = KNOWN_BEGINNINGS.find((each) => key.startsWith(each));
    if (prefix === undefined) return;
    if (SCORE_PREFIXES.has(prefix)) this.#scored = true;
    else (this.#metadata ??= []).push([key.slice(prefix.length), this.#valueOf(recorded)]);
  }

  #read(key: string, recorded: unknown, { rank, reading, fails, isResult }: Meaning): void {
    if (fails && this.#failure === null && fails(this.#valueOf(recorded))) this.#failure = key;
    if (isResult) this.#result = recorded;
    if (typeof reading === 'string') {
      if (reading === 'producer') this.#mayBeOwn = true;
      else this.#facts.put(reading, this.#valueOf(recorded), rank);
    } else if ('read' in reading) {
      if (reading === SAYS_NOTHING.reading) return;
      const told = reading.read(this.#valueOf(recorded));
      for (const slot of Object.keys(told) as Slot[]) this.#facts.put(slot, told[slot], rank);
    } else {
      this.#readKind(recorded, rank, reading);
    }
  }

  #readKind(recorded: unknown, rank: number, reading: KindReading): void {
    const also = 'hint' in reading ? reading.also : undefined;
    if (rank > this.#kindRank && !also) return;
    const value = this.#valueOf(recorded);
    if (also) this.#facts.put(also, value, rank);
    if (rank > this.#kindRank) return;
    const word = textOf('word' in reading && reading.word ? reading.word(value) : value);
    if (word === null) return;
    const named =
      'hint' in reading
        ? (ownValue(reading.words, word.toLowerCase()) ?? reading.hint)
        : ownValue(reading.kinds, word.toLowerCase());
    if (!('hint' in reading) && (this.#rawKind === null || named !== undefined)) this.#rawKind = word;
    if (named === undefined) return;
    this.#kind = named;
    this.#kindRank = rank;
  }

  envelope(attributes: unknown, around: Around, readEvents: EventReader): Envelope {
    const facts = this.#facts;
    if (this.#metadata)
      facts.put('metadata', { ...jsonObject(facts.values?.metadata), ...Object.fromEntries(this.#metadata) }, -1);
    const told = this.#mayBeOwn ? ownValues(attributes, around, readEvents) : null;
    if (told) {
      const { step, word, stepOfWrapper: _, amountsOf: __, amountsIn: ___, contentOf: ____, ...own } = told.values;
      for (const slot of Object.keys(own) as Slot[]) facts.put(slot, own[slot], told.rank);
      if (step !== undefined) [this.#kind, this.#kindRank] = [step, -1];
      if (word !== undefined) this.#rawKind = word;
    }
    const values = facts.joined();
    const kind = this.#kind;
    if (values === NOTHING && !told && this.#rawKind === null && !this.#scored && this.#failure === null) {
      // Most spans say no more than that.
      if (kind !== 'tool') return plainEnvelope(kind ?? 'span');
    }
    const envelope = fullEnvelope(values, kind, this.#kindRank, this.#rawKind, this.#scored, around);
    if (told) {
      envelope.kindOfWrapper = told.values.stepOfWrapper ?? envelope.kindOfWrapper;
      envelope.amountsOf = told.values.amountsOf ?? null;
      envelope.amountsIn = told.values.amountsIn ?? null;
      envelope.contentOf = told.values.contentOf ?? null;
    }
    if (this.#failure !== null) envelope.failure = this.#failure;
    else if (this.#result !== undefined && envelope.kind === 'tool' && isFailedResult(this.#valueOf(this.#result)))
      envelope.failure = FAILED_RESULT;
    return envelope;
  }
}

let idle: AttributeReading | null = null;

/** Of a span that names nothing but its kind, the same for all of them. */
function plainEnvelope(kind: SpanKind): Envelope {
  let envelope = PLAIN.get(kind);
  if (!envelope) PLAIN.set(kind, (envelope = { ...EMPTY, kind }));
  return envelope;
}
const PLAIN = new Map<SpanKind, Envelope>();

/** What stands around the attributes of a span, as recorded. */
export interface Around {
  readonly name?: unknown;
  readonly scope?: object | undefined;
  readonly events?: unknown;
  readonly status?: unknown;
  /** All attributes, where those that are given are only such as `KNOWN_KEYS` and `KNOWN_BEGINNINGS` name. */
  readonly whole?: (() => unknown) | undefined;
}
/** Decodes events as recorded; asked for only where a producer writes its amounts there. */
export type EventReader = (events: unknown) => ProducedSpan['events'];
const NOTHING_AROUND: Around = {};
const noEvents: EventReader = () => [];

const OWNERS = DIALECTS.flatMap(({ own }, rank) => (own ? [{ own, rank }] : []));
const OWN_SCOPES = OWNERS.flatMap(({ own }) => own.scopes ?? []);
const OWN_NAMES: ReadonlySet<string> = new Set(OWNERS.flatMap(({ own }) => own.names ?? []));
/** Most names fail this test, which saves hashing their text. */
const OWN_LENGTHS: ReadonlySet<number> = new Set(Array.from(OWN_NAMES, ({ length }) => length));

const scopeName = (scope: object | undefined): string =>
  scope === undefined ? '' : (textOf((scope as { readonly name?: unknown }).name) ?? '');

/** By their first letters, which few scopes share. */
const OWN_LETTERS: ReadonlySet<number> = new Set(OWN_SCOPES.map((begin) => begin.charCodeAt(0)));
function isOwnScope(scope: object | undefined): boolean {
  const name = scopeName(scope);
  return OWN_LETTERS.has(name.charCodeAt(0)) && OWN_SCOPES.some((begin) => name.startsWith(begin));
}
function isOwnName(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  const begin = name.lastIndexOf('.') + 1;
  return OWN_LENGTHS.has(name.length - begin) && OWN_NAMES.has(begin === 0 ? name : name.slice(begin));
}

/** What the first producer that knows the span as its own tells of it. */
function ownValues(
  recorded: unknown,
  { name, scope, events, whole }: Around,
  readEvents: EventReader,
): { readonly values: OwnValues; readonly rank: number } | null {
  let attributes: Attributes | undefined;
  const span: ProducedSpan = {
    name: textOf(name) ?? '',
    scope: scopeName(scope),
    get attributes() {
      return (attributes ??= attributeMap(whole ? whole() : recorded));
    },
    get events() {
      return readEvents(events);
    },
  };
  for (const { own, rank } of OWNERS) {
    const values = own.read(span);
    if (values) return { values, rank };
  }
  return null;
}

/** What the attributes of one span tell, fact by fact. */
class Facts {
  values: SlotValues | undefined;
  #ranks: Partial<Record<Slot, number>> | undefined;
  /** Tokens by dialect, with the rank of each fact within it; nearly always there is one dialect. */
  #tokens: DialectTokens[] | undefined;

  clear(): void {
    this.values = undefined;
    this.#ranks = undefined;
    this.#tokens = undefined;
  }

  put(slot: Slot, value: unknown, rank: number): void {
    if (value === null || value === undefined || value === '') return;
    if (TOKEN_SLOTS.has(slot)) return this.#putTokens(slot, value, rank);
    const values = (this.values ??= {});
    const ranks = (this.#ranks ??= {});
    const before = ranks[slot];
    if (before === undefined) {
      values[slot] = value;
      ranks[slot] = rank;
      return;
    }
    const adds = GATHERED.has(slot) && Math.floor(before) === Math.floor(rank);
    // A cost of zero is what many write who know none.
    const isFree = slot === 'costTotal' && amount(value) === 0;
    const wasFree = slot === 'costTotal' && amount(values.costTotal) === 0;
    // Of equal keys the last wins, as in `attributeMap`.
    if (!adds && !wasFree && (before < rank || isFree)) return;
    const [lower, higher] = adds && before < rank ? [value, values[slot]] : [values[slot], value];
    values[slot] = adds ? { ...(lower as object), ...(higher as object) } : value;
    ranks[slot] = adds ? Math.min(before, rank) : rank;
  }

  #putTokens(slot: Slot, value: unknown, rank: number): void {
    const dialect = Math.floor(rank);
    const tokens = (this.#tokens ??= []);
    let counts = tokens[0]?.dialect === dialect ? tokens[0] : tokens.find((each) => each.dialect === dialect);
    if (!counts) tokens.push((counts = { dialect, values: {}, ranks: {} }));
    if ((counts.ranks[slot] ?? Infinity) < rank) return;
    counts.values[slot] = value;
    counts.ranks[slot] = rank;
  }

  joined(): SlotValues {
    if (!this.#tokens) return this.values ?? NOTHING;
    return Object.assign(this.values ?? {}, joinTokens(inOrder(this.#tokens)));
  }
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

type Writable<Type> = { -readonly [Field in keyof Type]: Type[Field] };

function fullEnvelope(
  values: SlotValues,
  kind: SpanKind | null,
  kindRank: number,
  rawKind: string | null,
  scored: boolean,
  around: Around,
): Writable<Envelope> {
  if (values === NOTHING) return { ...EMPTY, kind: kind ?? 'span', rawKind, scored };
  const named = textOf(values.responseModel) ?? textOf(values.requestModel);
  const usage = readUsage(values);
  const inferred =
    kind !== null && kindRank < GENERAL
      ? null
      : inferredKind(values, rawKind, (named ?? textOf(values.contextModel)) !== null && usage !== null);
  const ownKind = inferred?.kind ?? kind ?? 'span';
  const callsNone = CALL_NO_MODEL.has(ownKind);
  const metadata = values.metadata === undefined ? null : jsonObject(values.metadata);
  return {
    kind: ownKind,
    rawKind,
    name: textOf(values.name) ?? (ownKind === 'tool' ? toolName(values.toolName, around.name) : null),
    entityName: textOf(values.entityName),
    status: textOf(values.status),
    statusMessage: textOf(values.statusMessage),
    failure: null,
    statusOrigin: null,
    failureMessage: textOf(values.failureMessage),
    kindOfWrapper: inferred?.ofWrapper ?? null,
    amountsOf: null,
    amountsIn: null,
    contentOf: null,
    model: named ?? (callsNone ? null : textOf(values.contextModel)),
    provider: providerOf(values.provider, around) ?? (callsNone ? null : textOf(values.contextProvider)),
    usage,
    cost: knownCost(values, usage, around),
    firstTokenSeconds: amount(values.firstTokenSeconds) ?? (amount(values.firstTokenMillis) ?? Number.NaN) / 1000,
    firstTokenEither: amount(values.firstTokenEither),
    firstTokenAt: values.firstTokenAt ?? null,
    traceName: textOf(values.traceName),
    sessionId: textOf(values.sessionId),
    userId: textOf(values.userId),
    tags: textsOf(values.tags),
    tagsOfRoot: textsOf(values.tagsOfRoot),
    metadata,
    startMarker: values.startMarker === true,
    markedParent: textOf(values.markedParent),
    dottedOrder: textOf(values.dottedOrder),
    graphStep: amount(values.graphStep ?? metadata?.['langgraph_step']),
    graphNode: textOf(values.graphNode) ?? textOf(metadata?.['langgraph_node']),
    graphName: textOf(values.graphName),
    graphParent: textOf(values.graphParent),
    scored,
  };
}

/** A call that failed and used nothing cost what nobody knows: zero is what some write then. */
function knownCost(values: SlotValues, usage: Usage | null, { status }: Around): Cost | null {
  const cost = readCost(values);
  const failed = values.status === 'error' || status === 'error';
  return cost?.total === 0 && usage === null && failed ? null : cost;
}

const textsOf = (list: unknown): readonly string[] | null =>
  list === undefined ? null : (jsonList(list)?.flatMap((each) => textOf(each) ?? []) ?? null);

/** Steps that call no model, whatever model the run around them has. */
const CALL_NO_MODEL: ReadonlySet<SpanKind> = new Set<SpanKind>(['tool', 'retriever', 'prompt', 'parser']);

/**
 * From here on rank the hints of the last dialect, the general conventions: an agent or a model call may well do HTTP.
 */
const GENERAL = 100 + DIALECTS.length - 1;

/**
 * What follows from several facts together. A span with a model and tokens of its own is a model call, and only where it
 * holds another one an agent, if it names one.
 */
function inferredKind(
  { kind, agentName, workflowName }: SlotValues,
  rawKind: string | null,
  isModelCall: boolean,
): { readonly kind: SpanKind; readonly ofWrapper?: SpanKind } | null {
  const told = textOf(kind);
  if (told !== null) return { kind: told };
  const namesAgent = agentName !== undefined && workflowName === undefined && rawKind === null;
  if (isModelCall) return namesAgent ? { kind: 'llm', ofWrapper: 'agent' } : { kind: 'llm' };
  return namesAgent ? { kind: 'agent' } : null;
}

/** Frameworks say their own name, or that of the service, where the provider of the model belongs. */
function providerOf(recorded: unknown, { scope }: Around): string | null {
  const provider = textOf(recorded);
  return provider === null || FRAMEWORKS.has(provider) || provider === scopeName(scope) ? null : provider;
}
const FRAMEWORKS: ReadonlySet<string> = new Set(['strands-agents', 'gcp.vertex.agent']);

/** The name of a tool, where its row is called by what was done alone (`tool_call`, `claude_code.tool`). */
function toolName(name: unknown, recorded: unknown): string | null {
  const tool = textOf(name);
  return tool !== null && NO_TOOL.test(textOf(recorded) ?? '') ? tool : null;
}
const NO_TOOL =
  /^(?:[\w-]+[._])?(?:tools?|tool[ ._-]?(?:call|use|execution|invocation)|(?:execute|call|invoke|run|use)[ ._-]?tool|tools\/call|)$/i;

const EMPTY: Envelope = {
  kind: 'span',
  rawKind: null,
  name: null,
  entityName: null,
  status: null,
  statusMessage: null,
  failure: null,
  statusOrigin: null,
  failureMessage: null,
  kindOfWrapper: null,
  amountsOf: null,
  amountsIn: null,
  contentOf: null,
  model: null,
  provider: null,
  usage: null,
  cost: null,
  firstTokenSeconds: Number.NaN,
  firstTokenEither: null,
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
  graphStep: null,
  graphNode: null,
  graphName: null,
  graphParent: null,
  scored: false,
};

interface Meaning {
  readonly rank: number;
  readonly reading: SlotReading;
  /** Where the attribute may tell a failure. */
  readonly fails: ((value: AttributeValue) => boolean) | undefined;
  /** Whether it is what a tool gave back. */
  readonly isResult: boolean;
}
/** Of a key that tells nothing but a failure, or is a result. */
const SAYS_NOTHING: Meaning = { rank: Infinity, reading: { read: () => ({}) }, fails: undefined, isResult: false };

/**
 * Key by key, in order of trust; where two dialects share a key, the first reads it. Hints of kind come after every
 * outright kind.
 */
const MEANINGS = new Map<string, Meaning>(
  DIALECTS.flatMap((dialect, order) => {
    const kindOrder = KIND_ORDER.includes(dialect) ? KIND_ORDER.indexOf(dialect) : KIND_ORDER.length + order;
    return Object.entries(dialect.slots).map(([key, reading], place) => {
      const rank = ((): number => {
        if (typeof reading === 'string' || 'read' in reading) return order;
        return 'hint' in reading ? 100 + order : kindOrder;
      })();
      return [key, { rank: rank + place / 1000, reading, fails: undefined, isResult: false }] as const;
    });
  }).reverse(),
);
for (const [key, fails] of FAILURE_SIGNS) MEANINGS.set(key, { ...(MEANINGS.get(key) ?? SAYS_NOTHING), fails });
for (const key of RESULT_KEYS) MEANINGS.set(key, { ...(MEANINGS.get(key) ?? SAYS_NOTHING), isResult: true });

/** Attributes that are looked at here by name. A producer of its own may look at others, in `around.whole`. */
export const KNOWN_KEYS: readonly string[] = Array.from(MEANINGS.keys());

/** First letter and length of all known keys. Most other keys fail this test, which saves hashing their text. */
const SHAPES = new Uint8Array(128 * 64);
const shapeOf = (key: string): number => (key.charCodeAt(0) & 127) * 64 + (key.length & 63);
for (const key of MEANINGS.keys()) SHAPES[shapeOf(key)] = 1;

/** The same for keys that begin in a known way, by their first letter and their eighth, which few other keys share. */
const SCORE_PREFIXES: ReadonlySet<string> = new Set(DIALECTS.flatMap(({ scores }) => scores?.prefixes ?? []));
/** Those that are looked at by how their name begins. */
export const KNOWN_BEGINNINGS: readonly string[] = [
  ...DIALECTS.flatMap(({ metadataPrefixes }) => metadataPrefixes ?? []),
  ...SCORE_PREFIXES,
];
const BEGINNINGS = new Uint8Array(128 * 128);
const beginningOf = (key: string): number => (key.charCodeAt(0) & 127) * 128 + (key.charCodeAt(7) & 127);
for (const prefix of KNOWN_BEGINNINGS) BEGINNINGS[beginningOf(prefix)] = 1;
