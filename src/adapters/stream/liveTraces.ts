import { textOf } from '../../model/attributes.ts';
import { createDiagnosticLog, type DiagnosticLog } from '../../model/diagnostics.ts';
import type { SpanAmounts, SpanEntry, TraceAbout } from '../../model/entry.ts';
import { contentHash } from '../../model/hash.ts';
import type { Diagnostic, SpanLink, TraceSet } from '../../model/types.ts';
import {
  byStart,
  createScoreLists,
  createSpanCollector,
  groupKey,
  reportNoSpans,
  type Received,
} from '../collect/collectSpans.ts';
import { createAboutJoin, type TraceFacts } from '../collect/joinAbout.ts';
import { joinedBy, joinParts, joinRecords } from '../collect/joinRecords.ts';
import { placeScores, type ReportedScore, type ScoredTrace } from '../collect/placeScores.ts';
import type { ReadingParts } from '../collect/readingParts.ts';
import { linksByTarget, type RecordedLink } from '../content/linksIn.ts';
import { ownFields } from '../tolerant/ownFields.ts';
import type { ReadOptions, SpanRecord, SpanSink } from '../types.ts';
import type { KeptScore } from './keptTraces.ts';
import { createLiveSpans, reportRepeats, type LiveSpans, type LiveTrace, type Price } from './liveSpans.ts';

/** The records of one span that come in parts, and what they are together. */
interface Parts {
  readonly records: { readonly record: SpanRecord; hash?: number }[];
  repeats: number;
  entries: readonly SpanEntry[];
  about: readonly TraceFacts[];
  told: string;
  received: Omit<Received, 'groups'>;
  notes: readonly Diagnostic[];
}

interface Group {
  readonly traceId: string;
  readonly spans: LiveSpans;
  readonly parts: Map<string, Parts>;
  readonly facts: TraceFacts[];
  readonly standIns: SpanRecord[];
  /** What its spans that come as a whole tell of others. */
  readonly links: RecordedLink[];
  readonly scores: ReportedScore[];
  about: ReturnType<typeof createAboutJoin> | null;
  version: number;
  /** What is shown of it; null = not what is known by now. */
  shown: LiveTrace | null;
  /** Which scores it is shown with. */
  scored: string;
}

/** What is shown of a trace that has no span. */
interface Stand {
  readonly group: Group;
  readonly count: number;
  readonly skipped: number;
  readonly notes: readonly Diagnostic[];
}

/**
 * The traces of a stream, each of which grows by what comes for it. They are what `finish` of a span collector makes of
 * the same records, for records that tell their trace, are not masked, and are joined by no logs.
 */
export interface LiveTraces {
  /** True where the record is known already, word for word. */
  span(record: SpanRecord): boolean;
  /** Whether something of that span came already. */
  knows(record: SpanRecord): boolean;
  /** Lets go of all that came of a trace; `key` as `groupKey` gives it. */
  drop(key: string): void;
  trace: SpanSink['trace'];
  /** `notes`: of reading. `scores`: all that adapters handed over. `entries`, and `skipped` of them, are those that adapters handed over. */
  set(given: {
    readonly format: string;
    readonly asAsked: boolean;
    readonly live: boolean;
    readonly notes: readonly Diagnostic[];
    readonly scores: Iterable<KeptScore>;
    readonly entries: number;
    readonly skipped: number;
  }): TraceSet;
}

export function createLiveTraces(options: Pick<ReadOptions, 'prices'>, parts: ReadingParts): LiveTraces {
  const groups = new Map<string, Group>();
  const collector = createSpanCollector(options, parts);
  const changedParts = new Map<Parts, Group>();
  /** Of which there is something to say, and the keys of their spans; and such as are about other spans. */
  const notedParts = new Map<Parts, string>();
  const linkedParts = new Set<Parts>();
  const scoredParts = new Set<Parts>();
  let linksIn: ReadonlyMap<string, ReadonlyMap<string, readonly SpanLink[]>> = new Map();
  let areLinksOld = false;
  let wasScored = false;
  let skipped = 0;
  let wasLive: boolean | undefined;

  const price: Price = (amounts: SpanAmounts, { model, provider }) =>
    options.prices && amounts.usage && !amounts.cost && model !== null
      ? { ...amounts, cost: parts.price!(amounts.usage, model, provider, options.prices) }
      : amounts;

  const groupOf = (traceId: string): Group => {
    let group = groups.get(traceId);
    if (!group)
      groups.set(
        traceId,
        (group = {
          traceId,
          spans: createLiveSpans(),
          parts: new Map(),
          facts: [],
          standIns: [],
          links: [],
          scores: [],
          about: createAboutJoin(),
          version: 0,
          shown: null,
          scored: '',
        }),
      );
    return group;
  };
  const addFacts = (group: Group, facts: readonly TraceFacts[]): void => {
    for (const each of facts) {
      group.facts.push(each);
      group.about?.add(each);
    }
  };
  /** What links lead to knows of them. */
  const touchLinked = (found: readonly RecordedLink[]): void => {
    if (found.length === 0) return;
    areLinksOld = true;
    for (const { to } of found) {
      const group = groups.get(groupKey(to.traceId));
      if (group) group.shown = null;
    }
  };

  /** Takes over what the collector has read; true where the last of it was known word for word. */
  const settle = (): boolean => {
    let isRepeat = false;
    const received = collector.take();
    for (const { traceId, spans, markers, about, lends } of received.groups) {
      const entries = spans.list();
      const group = groupOf(traceId);
      isRepeat = false;
      for (const entry of entries) isRepeat = group.spans.add(entry);
      if (isRepeat && entries.length === 1) return true;
      group.shown = null;
      if (lends) group.spans.buildAsWhole();
      for (const marker of markers) group.spans.addMarker(marker);
      addFacts(group, about);
    }
    touchLinked(received.links);
    for (const link of received.links) groupOf(link.from.traceId).links.push(link);
    for (const score of received.scores) groupOf(score.reporterTrace!).scores.push(score);
    skipped += received.skipped;
    return isRepeat;
  };

  /** True where the part is known already, word for word. */
  const addPart = (id: string, record: SpanRecord): boolean => {
    const group = groupOf(textOf(record.traceId) ?? '');
    let known = group.parts.get(id);
    if (!known) {
      known = { records: [], repeats: 0, entries: [], about: [], told: '', received: NOTHING, notes: [] };
      group.parts.set(id, known);
    }
    const { records } = known;
    const part: Parts['records'][number] = { record };
    if (records.length > 0) {
      const hash = hashOf(part);
      if (records.some((other) => hashOf(other) === hash && other.record.revision === record.revision)) {
        known.repeats += 1;
        notedParts.set(known, `${group.traceId}/${textOf(record.spanId) ?? ''}`);
        return true;
      }
    }
    records.push(part);
    changedParts.set(known, group);
    return false;
  };

  const readParts = (): void => {
    for (const [known, group] of changedParts) {
      const own = createSpanCollector(options, parts);
      const given = known.records.map(({ record }) => record);
      for (const record of joinParts(given, own.log)) own.receive(record);
      const received = own.take();
      const before = known.entries;
      const aboutBefore = known.told;
      known.entries = [];
      known.about = [];
      for (const { spans, about, lends, markers } of received.groups) {
        known.entries = spans.list();
        known.about = about;
        if (lends) group.spans.buildAsWhole();
        for (const marker of markers) group.spans.addMarker(marker);
      }
      known.told = toldBy(known.about);
      if (aboutBefore === '' && known.told !== '') for (const each of known.about) group.about?.add(each);
      // What the span said before no longer counts, so all is joined anew.
      else if (aboutBefore !== known.told) group.about = null;
      skipped += received.skipped - known.received.skipped;
      touchLinked([...known.received.links, ...received.links]);
      known.received = received;
      known.notes = own.log.list();
      if (known.notes.length > 0) notedParts.set(known, notedParts.get(known) ?? '');
      if (received.links.length > 0) linkedParts.add(known);
      if (received.scores.length > 0) scoredParts.add(known);
      group.spans.replace(before, known.entries);
      group.shown = null;
    }
    changedParts.clear();
  };

  const aboutOf = (group: Group): TraceAbout => {
    if (!group.about) {
      group.about = createAboutJoin();
      for (const each of group.facts) group.about.add(each);
      for (const { about } of group.parts.values()) for (const each of about) group.about.add(each);
    }
    return group.about.about();
  };
  /** Scores may be about any trace: each that gets others than before is made anew. */
  const place = (
    given: Iterable<KeptScore>,
    stands: ReadonlyMap<Group, Stand>,
    notes: DiagnosticLog,
  ): ReadonlyMap<string, TraceAbout> => {
    const own: ReportedScore[] = Array.from(given, ([score, version]) => ({ score, version }));
    for (const { scores } of groups.values()) for (const score of scores) own.push(score);
    for (const { received } of scoredParts) for (const score of received.scores) own.push(score);
    const lists = new Map<string, TraceAbout>();
    if (own.length === 0 && !wasScored) return lists;
    wasScored = own.length > 0;
    const scored = new Map<string, ScoredTrace>();
    for (const [key, group] of groups) {
      const from = stands.get(group)?.group ?? group;
      scored.set(key, {
        traceId: group.traceId,
        sessionId: aboutOf(from).sessionId,
        spanIds: () => from.spans.ids,
        scores: new Map(),
        sessionScores: new Map(),
        spanScores: new Map(),
      });
    }
    placeScores(own, scored, groupKey, notes);
    const listsOf = createScoreLists();
    for (const [key, group] of groups) {
      const found = scored.get(key)!;
      const told = [...found.scores.keys(), '/', ...found.sessionScores.keys(), '/']
        .concat(Array.from(found.spanScores, ([spanId, scores]) => `${spanId} ${[...scores.keys()].join()}`))
        .join();
      if (told !== group.scored) group.shown = null;
      group.scored = told;
      lists.set(key, listsOf(found));
    }
    return lists;
  };

  /** Of a trace without a span, what speaks of it as a whole. */
  const standInFor = (group: Group): Stand => {
    const own = createSpanCollector(options, parts);
    const records = joinRecords(group.standIns, own.log);
    for (const record of records) own.receive(record);
    const received = own.take();
    const stand: Group = { ...group, spans: createLiveSpans(), facts: [...group.facts], about: null };
    for (const { spans, about, lends } of received.groups) {
      if (lends) stand.spans.buildAsWhole();
      for (const entry of spans.list()) stand.spans.add(entry);
      addFacts(stand, about);
    }
    return { group: stand, count: records.length, skipped: received.skipped, notes: own.log.list() };
  };

  return {
    span(record) {
      const traceId = textOf(record.traceId) ?? '';
      if (record.standIn) {
        const group = groupOf(traceId);
        group.standIns.push(record);
        group.shown = null;
        return false;
      }
      const id = joinedBy(record);
      if (id !== null) return addPart(id, record);
      const spanId = textOf(record.spanId);
      const isKnown = spanId !== null && groups.get(traceId)?.spans.ids.has(spanId);
      if (isKnown) settle();
      collector.receive(record);
      return isKnown ? settle() : false;
    },
    knows(record) {
      settle();
      const group = groups.get(textOf(record.traceId) ?? '');
      const id = joinedBy(record);
      return (
        group !== undefined && (id === null ? group.spans.ids.has(textOf(record.spanId) ?? '') : group.parts.has(id))
      );
    },
    drop(key) {
      settle();
      const group = groups.get(key);
      if (!group) return;
      groups.delete(key);
      for (const known of group.parts.values()) {
        changedParts.delete(known);
        for (const some of [notedParts, linkedParts, scoredParts]) some.delete(known);
        touchLinked(known.received.links);
      }
      touchLinked(group.links);
    },
    trace(traceId, about, revision) {
      const group = groupOf(groupKey(traceId));
      addFacts(group, [{ about, by: null, revision }]);
      group.shown = null;
    },
    set({ format, asAsked, live, notes, scores, entries, skipped: left }) {
      settle();
      readParts();
      if (areLinksOld) {
        const all: RecordedLink[] = [];
        for (const { links } of groups.values()) for (const link of links) all.push(link);
        for (const { received } of linkedParts) for (const link of received.links) all.push(link);
        linksIn = linksByTarget(all, groupKey);
        areLinksOld = false;
      }
      const scoreNotes = createDiagnosticLog();
      const stands = new Map<Group, Stand>();
      for (const group of groups.values())
        if (group.spans.isEmpty && group.standIns.length > 0) stands.set(group, standInFor(group));
      const lists = place(scores, stands, scoreNotes);
      const traces: LiveTrace[] = [];
      const told = [...notes, ...collector.log.list()];
      let [shown, standing, lost] = [0, 0, 0];
      for (const [key, group] of groups) {
        const stand = stands.get(group);
        standing += stand?.count ?? 0;
        lost += stand?.skipped ?? 0;
        const { spans } = stand?.group ?? group;
        for (const note of [...(stand?.notes ?? []), ...spans.repeats(key)]) told.push(note);
        if (spans.isEmpty) continue;
        if (!group.shown || live !== wasLive) {
          const found = linksIn.get(key);
          const about = {
            ...aboutOf(stand?.group ?? group),
            ...(lists.get(key) ?? NO_SCORES),
            ...(found ? { linksIn: found } : {}),
          };
          group.version += 1;
          group.shown = spans.build(group.traceId, about, { version: group.version, live }, price);
        }
        traces.push(group.shown);
        shown += group.shown.trace.spanCount;
      }
      wasLive = live;
      traces.sort((a, b) => byStart(a.trace, b.trace));
      const received = entries + standing;
      const out = left + skipped + lost;
      for (const [{ notes: own, repeats }, key] of notedParts) {
        for (const note of own) told.push(note);
        const again = createDiagnosticLog();
        reportRepeats(again, key, repeats);
        told.push(...again.list());
      }
      let diagnostics: readonly Diagnostic[] | undefined;
      return {
        format,
        traces: traces.map(({ trace }) => trace),
        // What is said of single spans is gathered when somebody looks.
        get diagnostics() {
          if (diagnostics) return diagnostics;
          const log = createDiagnosticLog();
          for (const note of told) log.add(note);
          for (const trace of traces) for (const note of trace.diagnostics()) log.add(note);
          for (const note of scoreNotes.list()) log.add(note);
          if (traces.length === 0 && out === 0) reportNoSpans(log, format, asAsked);
          return (diagnostics = log.list());
        },
        accounting: { entries: received, shown, merged: received - shown - out, skipped: out },
      };
    },
  };
}

const NOTHING: Omit<Received, 'groups'> = { links: [], scores: [], skipped: 0 };
const NO_SCORES: TraceAbout = { scores: [] };

const hashOf = (part: Parts['records'][number]): number =>
  (part.hash ??= contentHash(ownFields(part.record.source, part.record.inner)));

/** By whom and what facts are told: where this is the same, they count the same. */
const toldBy = (facts: readonly TraceFacts[]): string =>
  facts.length === 0
    ? ''
    : JSON.stringify(
        facts.map(({ about, by }) => [about, by?.parentSpanId === null, by?.start, by?.spanId]),
        (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
      );
