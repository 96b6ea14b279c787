import { textOf } from '../../model/attributes.ts';
import { createDiagnosticLog, DIAGNOSTICS, type DiagnosticLog } from '../../model/diagnostics.ts';
import { ownValue } from '../../model/ownValue.ts';
import {
  createSpanCollector,
  damagedMessage,
  groupKey,
  isDamaged,
  SKIPPING,
  type SpanCollector,
  type TextFaults,
} from '../collect/collectSpans.ts';
import type { ReadingParts } from '../collect/readingParts.ts';
import { linkTarget } from '../content/linksIn.ts';
import { isObject } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
import { hasRules } from '../../redact/checkRules.ts';
import { createKeptTraces, type KeptScore } from './keptTraces.ts';
import { reportRepeats } from './liveSpans.ts';
import { createLiveTraces } from './liveTraces.ts';
import type { LogRecord, ReadOptions, SpanRecord, SpanSink } from '../types.ts';

/** What an adapter handed over, in order. */
type Handed =
  | { readonly sort: 'span'; readonly given: readonly [SpanRecord]; readonly faults: TextFaults | undefined }
  | { readonly sort: 'logRecord'; readonly given: readonly [LogRecord]; readonly faults: undefined }
  | { readonly sort: 'trace'; readonly given: Parameters<SpanSink['trace']>; readonly faults: undefined }
  | { readonly sort: 'score'; readonly given: KeptScore; readonly faults: undefined }
  | { readonly sort: 'diagnostic'; readonly given: Parameters<SpanSink['diagnostic']>; readonly faults: undefined };

/**
 * Keeps what adapters hand over, so that a set can be made of all of it again and again: nothing that came is read
 * twice.
 */
export interface Journal extends Omit<SpanCollector, 'receive' | 'take'> {
  /** Lines are from now on those of this batch. */
  nextBatch(number: number): void;
  /** How much its sets are made of: spans and log records that are kept. */
  readonly size: number;
  /** Whether more may come. */
  isLive: boolean;
  /** Whether its sets are made of what is new, and of what was made before; their traces know their version then. */
  readonly isGrowing: boolean;
  /** What is handed over from now on counts only until `forget` is called. */
  remember(): { forget(): void };
  /** Keys of the traces that may be others since this was asked last; `all` where nobody can say. */
  takeTouched(): { readonly all: boolean; has(traceKey: string): boolean };
}

export function createJournal(options: ReadOptions, parts: ReadingParts): Journal {
  const log = inBatches(() => batch);
  let batch = 0;
  const { limits, ...rest } = options;
  const most = limits?.spans ?? Infinity;
  /** Most of what comes; what is about several traces, or damaged, stands beside it. */
  const kept = createKeptTraces();
  const handed: Handed[] = [];
  /** What counts only for now. */
  let passing: Handed[] | null = null;
  /** What adapters said. */
  const notes = inBatches(() => batch);
  /** What the limit of the host left out, and how much of what came that is. */
  const limited = createDiagnosticLog();
  let left = 0;
  let growing = hasRules(options.redact) ? null : createLiveTraces(rest, parts);
  let skipped = 0;
  let spans = 0;
  let received = 0;
  let logs = 0;
  /** Log records that are kept with their traces. */
  let keptLogs = 0;
  let touched = new Set<string>();
  let isAllTouched = true;
  const touch = (traceId: unknown): void => {
    const text = textOf(traceId);
    if (text === null) isAllTouched = true;
    else touched.add(groupKey(text));
  };
  const letScoresGo = (count: number, why: string): void => {
    if (count > 0)
      limited.report('limit-dropped', { count, message: `The host keeps at most ${most} spans: scores ${why}.` });
  };
  /** False where there is none but that of `but`. */
  const letOldestGo = (but: string): boolean => {
    const oldest = kept.takeOldest(but);
    if (!oldest) return false;
    const [key, { records, logs: logged, scores, repeated }] = oldest;
    growing?.drop(key);
    isAllTouched = true;
    spans -= records.length;
    keptLogs -= logged.length;
    left += records.filter(({ standIn }) => !standIn).length;
    for (const count of repeated.values()) left += count;
    letScoresGo(scores.length, 'of traces that were let go went with them');
    if (records.length > 0)
      limited.report('limit-dropped', {
        count: records.length,
        message: `The host keeps at most ${most} spans: the oldest traces were let go, those that were over first.`,
      });
    return true;
  };
  /** False where there is no room for one more span of that trace, and none can be made. */
  const makeRoom = (key: string): boolean => {
    let hasRoom = spans < most;
    if (passing) return hasRoom;
    while (!hasRoom && letOldestGo(key)) hasRoom = spans < most;
    return hasRoom;
  };
  /** Traces of which no span has come are bounded too: by as many as there may be spans. */
  const boundTraces = (key: string): void => {
    while (kept.size > most && letOldestGo(key));
  };
  /** Whether the traces can grow by what comes; all else is made of the journal as a whole. */
  const canGrow = (record: SpanRecord, faults: TextFaults | undefined): boolean =>
    record.traceId !== undefined && isWholeId(record.traceId) && !(record.standIn && faults?.damaged);
  return {
    log,
    faults: undefined,
    pieces: undefined,
    isLive: true,
    nextBatch: (number) => {
      batch = number;
    },
    get isGrowing() {
      return growing !== null;
    },
    get size() {
      return spans + keptLogs;
    },
    get entries() {
      return received;
    },
    get logs() {
      return logs;
    },
    span(record) {
      if (this.faults?.incomplete?.has(record.source)) return;
      const key = groupKey(textOf(record.traceId) ?? '');
      const isGone = kept.isGone(key);
      if (isGone || (spans >= most && !growing?.knows(record) && !makeRoom(key))) {
        const why = isGone ? 'spans of traces that had been let go were left out' : 'further ones were left out';
        if (passing) return void this.diagnostic('limit-dropped', `The host keeps at most ${most} spans; ${why}.`);
        received += 1;
        left += 1;
        limited.report('limit-dropped', { message: `The host keeps at most ${most} spans; ${why}.` });
        return;
      }
      if (!record.standIn) received += 1;
      if (growing && !canGrow(record, this.faults)) growing = null;
      if (this.faults?.damaged && isDamaged(record, this.faults.damaged)) {
        skipped += 1;
        notes.report('span-not-object', { message: damagedMessage(record) });
        (passing ?? handed).push({ sort: 'span', given: [record], faults: this.faults });
        return;
      }
      if (growing?.span(record)) {
        const { repeated } = kept.of(key);
        const span = `${textOf(record.traceId) ?? ''}/${textOf(record.spanId) ?? ''}`;
        repeated.set(span, (repeated.get(span) ?? 0) + 1);
        return;
      }
      spans += 1;
      touch(record.traceId);
      for (const traceId of linkedTraces(record.links)) touch(traceId);
      if (passing) passing.push({ sort: 'span', given: [record], faults: undefined });
      else kept.add(key, record);
    },
    logRecord(record) {
      if (this.faults?.incomplete?.has(record.source) || this.faults?.damaged?.has(record.source)) return;
      const key = groupKey(textOf(record.traceId) ?? '');
      if (!passing && kept.isGone(key)) return;
      logs += 1;
      growing = null;
      isAllTouched = true;
      if (passing) return void passing.push({ sort: 'logRecord', given: [record], faults: undefined });
      kept.of(key).logs.push(record);
      keptLogs += 1;
      boundTraces(key);
    },
    trace(...given) {
      const key = groupKey(given[0]);
      if (!passing && kept.isGone(key)) return;
      touch(given[0]);
      if (isWholeId(given[0])) growing?.trace(...given);
      else growing = null;
      if (passing) return void passing.push({ sort: 'trace', given, faults: undefined });
      kept.of(key).facts.push(given);
      boundTraces(key);
    },
    score(...given) {
      isAllTouched = true;
      if (passing) return void passing.push({ sort: 'score', given, faults: undefined });
      const isKept = kept.addScore(given, most, (count) => letScoresGo(count, 'that name no trace were let go'));
      if (!isKept) letScoresGo(1, 'of traces that had been let go were left out');
      else boundTraces('');
    },
    diagnostic(...given) {
      const [code, message, { path, line, count } = {}] = given;
      if (SKIPPING.has(code)) {
        received += 1;
        skipped += 1;
      }
      notes.report(code, {
        message,
        ...(path === undefined ? {} : { path }),
        ...(line === undefined ? {} : { line }),
        ...(count === undefined ? {} : { count }),
      });
      (passing ?? handed).push({ sort: 'diagnostic', given, faults: undefined });
    },
    remember() {
      growing = null;
      passing = [];
      const before = { spans, received, logs };
      return {
        forget() {
          passing = null;
          ({ spans, received, logs } = before);
          isAllTouched = true;
        },
      };
    },
    takeTouched() {
      const [all, keys] = [isAllTouched, touched];
      isAllTouched = false;
      touched = new Set();
      return { all, has: (key) => all || keys.has(key) };
    },
    *finish(format, asAsked, join) {
      if (growing)
        return growing.set({
          format,
          asAsked,
          live: this.isLive,
          notes: [...log.list(), ...notes.list(), ...limited.list()],
          scores: kept.scores,
          entries: received,
          skipped: skipped + left,
        });
      const collector = createSpanCollector(rest, parts);
      for (const diagnostic of log.list()) collector.log.add(diagnostic);
      const give = ({ sort, given, faults }: Handed): void => {
        collector.faults = faults;
        (collector[sort] as (...given: readonly unknown[]) => void)(...given);
      };
      for (const diagnostic of limited.list()) collector.log.add(diagnostic);
      let merged = 0;
      for (const { records, facts, logs: logged, scores, repeated } of kept.all) {
        collector.faults = undefined;
        for (const record of records) collector.span(record);
        for (const each of facts) collector.trace(...each);
        for (const each of logged) collector.logRecord(each);
        for (const each of scores) collector.score(...each);
        for (const [key, count] of repeated) {
          reportRepeats(collector.log, key, count);
          merged += count;
        }
      }
      for (const each of kept.looseScores) collector.score(...each);
      for (const each of handed) give(each);
      for (const each of passing ?? []) give(each);
      const set = yield* collector.finish(format, asAsked, join);
      const { accounting } = set;
      return {
        ...set,
        accounting: {
          ...accounting,
          entries: accounting.entries + merged + left,
          merged: accounting.merged + merged,
          skipped: accounting.skipped + left,
        },
      };
    },
  };
}

/** A line or a place is one of its batch, so the batch is named with it. */
function inBatches(batch: () => number): DiagnosticLog {
  const log = createDiagnosticLog();
  return {
    ...log,
    report(code, at = {}) {
      const message = at.message ?? ownValue(DIAGNOSTICS, code)?.[1] ?? code;
      const isPlaced = (at.line !== undefined || at.position !== undefined) && !message.startsWith('Batch ');
      log.report(code, isPlaced ? { ...at, message: `Batch ${batch()}: ${message}` } : at);
    },
  };
}

/** An id that names its trace in full: groups of traces go by it. */
function isWholeId(traceId: unknown): boolean {
  const text = textOf(traceId) ?? '';
  return groupKey(text) === text || text === '';
}

/** Where links of a record lead: what they lead to knows of them. */
function linkedTraces(links: unknown): readonly unknown[] {
  try {
    if (!Array.isArray(links) || links.length === 0) return [];
    return withoutHoles(links)
      .filter(isObject)
      .map((link) => linkTarget(link).traceId);
  } catch {
    return [];
  }
}
