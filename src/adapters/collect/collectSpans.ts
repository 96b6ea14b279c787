import type { PriceTable } from '../../conventions/prices.ts';
import { readEnvelope, type Envelope } from '../../conventions/readEnvelope.ts';
import { attributeMap, eachAttribute, textOf, valueReader } from '../../model/attributes.ts';
import { buildInSteps } from '../../model/build/buildTrace.ts';
import { remains } from '../../model/build/remains.ts';
import { SpanRows } from '../../model/build/spanRows.ts';
import { createDiagnosticLog, type DiagnosticLog } from '../../model/diagnostics.ts';
import type { SpanAmounts, TraceAbout } from '../../model/entry.ts';
import type { Score, Trace, TraceSet } from '../../model/types.ts';
import { lendAmounts, lendContent } from './lendAmounts.ts';
import type { Pieces } from '../content/pieces.ts';
import { hasRules } from '../../redact/checkRules.ts';
import { joinAbout, type TraceFacts } from './joinAbout.ts';
import type { joinLogs, JoinedLogs } from './joinLogs.ts';
import { joinRecords } from './joinRecords.ts';
import { linksByTarget, recordedLinks, type RecordedLink } from '../content/linksIn.ts';
import { placeScores, sortedScores, withoutOthersScores, type ScoredTrace, type ReportedScore } from './placeScores.ts';
import { createPlacedRecords } from '../content/placedRecords.ts';
import { lackingIn, readEntry, recordOf } from './readEntry.ts';
import type { ReadingParts } from './readingParts.ts';
import { detailEvents, namedEvents } from '../content/recordedEvents.ts';
import type { Damage } from '../text/repairJson.ts';
import { Sharing } from '../content/recordedContent.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import { placeMarkers, type StartMarker } from './startMarkers.ts';
import type { LogRecord, ReadOptions, SpanRecord, SpanSink } from '../types.ts';

/** Entries that adapters report under these codes are not shown and count as skipped. */
export const SKIPPING: ReadonlySet<string> = new Set(['span-not-object', 'limit-dropped']);

/** What was received of one trace. */
export interface Gathered {
  traceId: string;
  spans: SpanRows;
  readonly markers: StartMarker[];
  readonly about: TraceFacts[];
  /** Whether amounts or messages of a span stand on another one. */
  lends: boolean;
}

/** What is wrong with the text that a document was parsed from. */
export interface TextFaults {
  /** Records that a cut-off file left unfinished: they are passed over and counted nowhere. */
  readonly incomplete?: ReadonlySet<unknown> | undefined;
  /** Records that hold what is no JSON: they are left out and counted. */
  readonly damaged?: Damage | undefined;
}

/** The sink behind all adapters: reads each record's envelope as it comes, and makes the traces at the end. */
export interface SpanCollector extends SpanSink {
  readonly log: DiagnosticLog;
  /** Span-like entries received so far: shown, merged or skipped. */
  readonly entries: number;
  /** Log records received so far. */
  readonly logs: number;
  /** Of the document that is being read. */
  faults: TextFaults | undefined;
  /** Where it, or its entries, stand among bytes. */
  pieces: Pieces | undefined;
  /** Reads a record at once, whatever it waits for; `take` gives what comes of it. */
  receive(record: SpanRecord): void;
  /** Hands over all that was received, and knows it no longer: for those who keep it themselves. */
  take(): Received;
  /** Traces in order of their start, then id. Rests after each. `join` is needed where there are log records. */
  finish(format: string, asAsked: boolean, join?: typeof joinLogs): Generator<void, TraceSet>;
}

/** What came of records: by trace, and what may be about other traces. */
export interface Received {
  readonly groups: Iterable<Gathered>;
  readonly links: readonly RecordedLink[];
  readonly scores: readonly ReportedScore[];
  /** Records that cannot be read. */
  readonly skipped: number;
}

/**
 * Reads each record as it comes, trace by trace. What engines compile of its methods stays when a reading is over, as that of
 * functions that are made anew for each reading does not.
 */
class SpanReceiver {
  readonly gathered = new Map<string, Gathered>();
  readonly links: RecordedLink[] = [];
  /** Scores that spans carry and that are about others. */
  readonly ownScores: ReportedScore[] = [];
  readonly #log: DiagnosticLog;
  readonly #sharing: Sharing;
  readonly #prices: PriceTable | undefined;
  readonly #price: ReadingParts['price'];
  readonly #resourceServices = new WeakMap<object, string | null>();
  // Spans of one trace mostly come together, so the group is looked up when the id changes.
  #lastId: string | null = null;
  #lastGroup: Gathered | undefined;

  constructor(log: DiagnosticLog, { decode, price }: ReadingParts, prices?: PriceTable) {
    this.#log = log;
    this.#sharing = new Sharing(decode);
    this.#prices = prices;
    this.#price = price;
  }

  group(traceId: string): Gathered {
    if (traceId !== this.#lastId || !this.#lastGroup) this.#lastGroup = this.#findGroup((this.#lastId = traceId));
    return this.#lastGroup;
  }

  #findGroup(traceId: string): Gathered {
    const { gathered } = this;
    const key = groupKey(traceId);
    let found = gathered.get(key);
    if (!found) gathered.set(key, (found = { traceId, spans: new SpanRows(), markers: [], about: [], lends: false }));
    if (found.traceId.length < traceId.length) found.traceId = traceId;
    return found;
  }

  forget(): void {
    this.gathered.clear();
    this.#lastId = null;
    this.#lastGroup = undefined;
  }

  /** `again`: the span was received before, without what was logged during it. */
  receive(record: SpanRecord, again = false): void {
    const prices = this.#prices;
    const meant = tolerantEnvelope(record, this.#log);
    const read = record.reported ? { ...meant, ...record.reported } : meant;
    const envelope = prices ? withPrice(read, prices, this.#price!) : read;
    const gatheredHere = this.group(textOf(record.traceId) ?? '');
    const { traceId, spans, markers, about } = gatheredHere;
    if (((envelope.amountsOf ?? envelope.amountsIn) !== null && envelope.usage) || envelope.contentOf !== null)
      gatheredHere.lends = true;
    const service = serviceOf(record.resource, this.#resourceServices);
    const entry = readEntry(record, envelope, service, this.#sharing.of(record));
    const ownLinks = recordedLinks(record, traceId, entry.spanId);
    if (!again) for (const link of ownLinks) this.links.push(link);
    const kept = entry.scores
      ? withoutOthersScores(entry, traceId, ownLinks, envelope.sessionId, this.ownScores)
      : entry;
    if (envelope.startMarker) markers.push({ entry: kept, parentOfMarked: envelope.markedParent });
    else spans.add(kept);
    const facts = traceAbout(envelope, kept.parentSpanId === null);
    if (facts) about.push({ about: facts, by: kept });
  }
}

const NEVER_OPENED = (): never => {
  throw new Error('no span is opened');
};
remains(new SpanReceiver(createDiagnosticLog(), { decode: NEVER_OPENED }));

export function createSpanCollector(
  options: Pick<ReadOptions, 'limits' | 'prices' | 'redact' | 'redaction' | 'onMasked'>,
  parts: ReadingParts,
): SpanCollector {
  const { mask, price } = parts;
  const { limits, prices, redact } = options;
  const log = createDiagnosticLog();
  const isMasked = hasRules(redact);
  if ((isMasked && !mask) || (prices && !price)) throw new Error('a part of reading is missing');
  // Rules that are wrong are refused before anything is read.
  const masking = isMasked ? mask!(options, log) : null;
  const receiver = new SpanReceiver(log, parts, prices);
  const { gathered, links, ownScores } = receiver;
  let received = 0;
  let skipped = 0;
  /** Records that are whole only together. */
  const held: SpanRecord[] = [];
  const standIns: SpanRecord[] = [];
  const damagedStandIns: SpanRecord[] = [];
  const scores: ReportedScore[] = [];
  const reportedTraces: Parameters<SpanSink['trace']>[] = [];
  const logs: LogRecord[] = [];
  const placed = createPlacedRecords();

  /** Spans that were read before it was known what was logged during them. */
  const receiveAgain = (found: Gathered, logged: JoinedLogs): void => {
    const { traceId, spans } = found;
    found.spans = new SpanRows();
    for (const entry of spans.list()) {
      const record = logged.has(traceId, entry.spanId) ? recordOf(entry, traceId) : null;
      if (record) receiver.receive(logged.withLogs(record), true);
      else found.spans.add(entry);
    }
  };

  const priced = (amounts: SpanAmounts, model: string | null, provider: string | null): SpanAmounts =>
    prices && amounts.usage && !amounts.cost && model !== null
      ? { ...amounts, cost: price!(amounts.usage, model, provider, prices) }
      : amounts;

  /** With what spans tell of each other. */
  const completed = (
    spans: SpanRows,
    markers: readonly StartMarker[],
    lends: boolean,
  ): { readonly rows: SpanRows; readonly absorbed: readonly string[] } => {
    const { entries, absorbed } = placeMarkers(spans.list(), markers);
    const lent = lends
      ? lendContent(lendAmounts(entries, (amounts, { model, provider }) => priced(amounts, model, provider)))
      : entries;
    return { rows: SpanRows.of(lent), absorbed };
  };

  /** A part of a host's object that throws when looked at takes its own record with it, and no other. */
  const receiveOrSkip = (record: SpanRecord): void => {
    try {
      receiver.receive(record);
    } catch (error) {
      skipped += 1;
      log.report('span-not-object', { message: `A span cannot be read and was left out: ${reasonOf(error)}.` });
    }
  };

  const leaveOut = (record: SpanRecord): void => {
    received += 1;
    skipped += 1;
    log.report('span-not-object', { message: damagedMessage(record) });
  };
  const isEmpty = ({ spans, markers }: Gathered): boolean => spans.length + markers.length === 0;

  return {
    log,
    get entries() {
      return received;
    },
    get logs() {
      return logs.length;
    },
    faults: undefined,
    pieces: undefined,
    logRecord(record) {
      if (!this.faults?.incomplete?.has(record.source) && !this.faults?.damaged?.has(record.source)) logs.push(record);
    },
    span(given) {
      const record = this.pieces ? placed.place(given, this.pieces) : given;
      if (this.faults?.incomplete?.has(record.source)) return;
      if (this.faults?.damaged && isDamaged(record, this.faults.damaged)) {
        if (record.standIn) damagedStandIns.push(record);
        else leaveOut(record);
        return;
      }
      if (record.standIn) return void standIns.push(record);
      if (received - skipped >= (limits?.spans ?? Infinity)) {
        this.diagnostic('limit-dropped', `The host shows at most ${limits?.spans} spans; further ones were left out.`);
        return;
      }
      if (isMasked || record.traceId === undefined) held.push(record);
      else if ((record.onDuplicate ?? 'conflict') === 'conflict' || placed.holds(record)) receiver.receive(record);
      else held.push(record);
      received += 1;
    },
    receive: receiveOrSkip,
    take() {
      const taken = { groups: [...gathered.values()], links: links.splice(0), scores: ownScores.splice(0), skipped };
      receiver.forget();
      skipped = 0;
      return taken;
    },
    trace: (...reported) => {
      reportedTraces.push(reported);
    },
    score: (score, version) => {
      scores.push({ score, version });
    },
    diagnostic(code, message, at = {}) {
      if (SKIPPING.has(code)) {
        received += 1;
        skipped += 1;
      }
      const { path, line, count } = at;
      log.report(code, {
        message,
        ...(path === undefined ? {} : { path }),
        ...(line === undefined ? {} : { line }),
        ...(count === undefined ? {} : { count }),
      });
    },
    *finish(format, asAsked, join) {
      const traces: Trace[] = [];
      if (placed.count > 0)
        for (const found of gathered.values()) for (const record of placed.takeRepeats(found, held)) held.push(record);
      const logged = logs.length > 0 && join ? join(logs, gathered.values(), groupKey) : null;
      // Rules must see what was logged before anybody else does.
      const records = logged && masking ? held.map((record) => logged.withLogs(record)) : held;
      const all = { records, standIns, traces: reportedTraces, scores };
      const output = masking ? yield* masking(all) : { ...all, text: (text: string) => text };
      for (const [traceId, about, revision] of output.traces)
        receiver.group(traceId).about.push({ about, by: null, revision });
      const whole = joinRecords(output.records, log, knownSpans(gathered));
      if (logged && !masking) for (const found of gathered.values()) receiveAgain(found, logged);
      for (const record of whole) receiveOrSkip(logged && !masking ? logged.withLogs(record) : record);
      for (const record of joinRecords(output.standIns, log)) {
        if (!isEmpty(receiver.group(textOf(record.traceId) ?? ''))) continue;
        receiveOrSkip(record);
        received += 1;
      }
      for (const record of damagedStandIns) if (isEmpty(receiver.group(textOf(record.traceId) ?? ''))) leaveOut(record);
      const leftOver = logged?.leftOver() ?? 0;
      if (leftOver > 0)
        log.report('mixed-format', {
          count: leftOver,
          message: 'Log records that name no span of the input were left out.',
        });
      let shown = 0;
      let merged = held.length - whole.length;
      const linksIn = linksByTarget(links, groupKey);
      const scored = new Map(Array.from(gathered, ([key, found]) => [key, scoredTrace(found)] as const));
      placeScores([...output.scores, ...ownScores], scored, groupKey, log);
      const scoreLists = createScoreLists();
      for (const [key, { traceId, spans, markers, about, lends }] of gathered) {
        if (spans.length + markers.length === 0) continue;
        const { rows, absorbed } =
          markers.length > 0 || lends ? completed(spans, markers, lends) : { rows: spans, absorbed: [] };
        for (const spanId of absorbed) log.report('start-marker', { key: `${traceId}/${spanId}` });
        const built = yield* buildInSteps(traceId, rows, {
          ...joinAbout(about),
          ...scoreLists(scored.get(key)!),
          ...(linksIn.has(key) ? { linksIn: linksIn.get(key)! } : {}),
        });
        traces.push(built.trace);
        for (const diagnostic of built.diagnostics) log.add(diagnostic);
        shown += built.trace.spanCount;
        merged += spans.length + markers.length - built.trace.spanCount;
        yield;
      }
      if (traces.length === 0 && skipped === 0) reportNoSpans(log, format, asAsked);
      traces.sort(byStart);
      return {
        format,
        traces,
        diagnostics: log.list().map((note) => ({
          ...note,
          message: output.text(note.message),
          ...(note.path === undefined ? {} : { path: output.text(note.path) }),
        })),
        accounting: { entries: received, shown, merged, skipped },
      };
    },
  };
}

export const byStart = (a: Trace, b: Trace): number =>
  Number(a.originUnixNano - b.originUnixNano) || (a.key < b.key ? -1 : 1);

export function reportNoSpans(log: DiagnosticLog, format: string, asAsked: boolean): void {
  const leftOut = log
    .list()
    .filter(({ code }) => code === 'mixed-format')
    .map(({ message }) => ` ${message}`);
  const subject = asAsked ? `Read as ${format}, as asked, the input` : `This is ${format}, but it`;
  log.report('no-spans', { message: `${subject} holds no spans.${leftOut.slice(0, 3).join('')}` });
}

/** The spans that are read already, one by one, as nobody may ask. */
function* knownSpans(
  gathered: ReadonlyMap<string, Gathered>,
): Generator<Pick<SpanRecord, 'traceId' | 'spanId' | 'parentSpanId'>> {
  for (const { traceId, spans, markers } of gathered.values()) {
    for (let row = 0; row < spans.length; row += 1)
      yield { traceId, spanId: spans.spanId(row), parentSpanId: spans.parentSpanId(row) };
    for (const {
      entry: { spanId, parentSpanId },
    } of markers)
      yield { traceId, spanId, parentSpanId };
  }
}

/** Something in the record itself is no JSON, and not only in another record that stands in it. */
export function isDamaged({ source, sources = [source], inner }: SpanRecord, damaged: Damage): boolean {
  return sources.some((each) => Array.from(damaged.get(each) ?? []).some((field) => !inner?.includes(field)));
}

export const damagedMessage = ({ spanId }: SpanRecord): string =>
  `The span “${textOf(spanId) ?? ''}” holds what is not JSON and was left out.`;

/** Ids that lost their leading zeros name the same trace. */
export const groupKey = (traceId: string): string =>
  traceId.length < 32 && /^[0-9a-f]+$/.test(traceId) ? traceId.padStart(32, '0') : traceId;

function scoredTrace({ traceId, spans, about }: Gathered): ScoredTrace {
  let ids: ReadonlySet<string> | undefined;
  const spanIds = (): ReadonlySet<string> =>
    (ids ??= new Set(Array.from({ length: spans.length }, (_, row) => spans.spanId(row))));
  return {
    traceId,
    sessionId: joinAbout(about).sessionId,
    spanIds,
    scores: new Map(),
    sessionScores: new Map(),
    spanScores: new Map(),
  };
}

/** Makes the lists of scores. Those of a session are one list, however many traces have it. */
export function createScoreLists(): (
  scored: ScoredTrace,
) => Pick<TraceAbout, 'scores' | 'sessionScores' | 'spanScores'> {
  const ofSessions = new Map<ReadonlyMap<string, Score>, readonly Score[]>();
  const ofSession = (scores: ReadonlyMap<string, Score>): readonly Score[] => {
    let list = ofSessions.get(scores);
    if (!list) ofSessions.set(scores, (list = sortedScores(scores)));
    return list;
  };
  return ({ scores, sessionScores, spanScores }) => ({
    scores: sortedScores(scores),
    ...(sessionScores.size > 0 ? { sessionScores: ofSession(sessionScores) } : {}),
    ...(spanScores.size > 0
      ? { spanScores: new Map(Array.from(spanScores, ([spanId, found]) => [spanId, sortedScores(found)])) }
      : {}),
  });
}

/** The attributes of a span, and where it is silent those of events that repeat them. */
function withDetailEvents(record: SpanRecord): unknown {
  const { attributes, events } = record;
  const slice = lackingIn(record);
  if (!Array.isArray(events) || events.length === 0) return attributes;
  const details = detailEvents(events);
  if (details.length === 0) return attributes;
  const filled = new Map<string, unknown>(attributeMap(slice ? slice.parts().attributes : attributes));
  for (const event of details) for (const [key, value] of event) if (!filled.has(key)) filled.set(key, value);
  return filled;
}

/** Attributes that throw when looked at (getters, proxies of the host) do not take their span with them. */
function tolerantEnvelope(record: SpanRecord, log: DiagnosticLog): Envelope {
  try {
    const attributes = withDetailEvents(record);
    const slice = lackingIn(record);
    if (!slice || attributes !== record.attributes) return readEnvelope(attributes, record, namedEvents);
    return readEnvelope(
      attributes,
      {
        name: record.name,
        scope: record.scope,
        events: record.events,
        status: record.status,
        whole: () => slice.parts().attributes,
      },
      namedEvents,
    );
  } catch (error) {
    log.report('bad-attribute', { message: `Attributes of a span cannot be read: ${reasonOf(error)}.` });
    return readEnvelope(undefined);
  }
}

/** Computes a cost by the host's table where the producer reports none. */
function withPrice(envelope: Envelope, prices: PriceTable, priceUsage: NonNullable<ReadingParts['price']>): Envelope {
  const { usage, cost, model, provider } = envelope;
  return usage && !cost && model !== null
    ? { ...envelope, cost: priceUsage(usage, model, provider, prices) }
    : envelope;
}

/** SDKs write `unknown_service`, mostly with the name of a program behind it, where nobody named the service. */
const serviceName = (recorded: unknown): string | null => {
  const name = textOf(recorded);
  return name === null || /^unknown_service(?::|$)/.test(name) ? null : name;
};

/** `service.name` of a resource; resources are shared by many spans, so each is read once. */
function serviceOf(resource: object | undefined, known: WeakMap<object, string | null>): string | null {
  if (!resource) return null;
  let service = known.get(resource);
  if (service === undefined) {
    service = null;
    try {
      const { attributes } = resource as { attributes?: unknown };
      eachAttribute(attributes, (key, recorded) => {
        if (key === 'service.name') service = serviceName(valueReader(attributes)(recorded));
      });
    } catch {
      // A host object that throws: its spans are shown without a service.
    }
    known.set(resource, service);
  }
  return service;
}

function traceAbout(
  { traceName: name, sessionId, userId, tags: ownTags, tagsOfRoot, metadata }: Envelope,
  isRoot: boolean,
): TraceAbout | null {
  const tags = isRoot && tagsOfRoot ? [...(ownTags ?? []), ...tagsOfRoot] : ownTags;
  if (name === null && sessionId === null && userId === null && tags === null && metadata === null) return null;
  return {
    ...(name === null ? {} : { name }),
    ...(sessionId === null ? {} : { sessionId }),
    ...(userId === null ? {} : { userId }),
    ...(tags ? { tags } : {}),
    ...(metadata ? { metadata } : {}),
  };
}
