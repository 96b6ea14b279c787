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
import { createLiveTraces } from './liveTraces.ts';
import type { LogRecord, ReadOptions, SpanRecord, SpanSink } from '../types.ts';

/** What an adapter handed over, in order. */
type Handed =
  | { readonly sort: 'span'; readonly given: readonly [SpanRecord]; readonly faults: TextFaults | undefined }
  | { readonly sort: 'logRecord'; readonly given: readonly [LogRecord]; readonly faults: TextFaults | undefined }
  | { readonly sort: 'trace'; readonly given: Parameters<SpanSink['trace']>; readonly faults: undefined }
  | { readonly sort: 'score'; readonly given: Parameters<SpanSink['score']>; readonly faults: undefined }
  | { readonly sort: 'diagnostic'; readonly given: Parameters<SpanSink['diagnostic']>; readonly faults: undefined };

/**
 * Keeps what adapters hand over, so that a set can be made of all of it again and again: nothing that came is read
 * twice.
 */
export interface Journal extends Omit<SpanCollector, 'receive' | 'take'> {
  /** Lines are from now on those of this batch. */
  nextBatch(number: number): void;
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
  /** Most of what comes; what is wrong with the text of others stands beside them. */
  let records: SpanRecord[] = [];
  let handed: Handed[] = [];
  /** Keys of what came again, word for word: it is not kept. */
  const repeated: string[] = [];
  /** What adapters said. */
  const notes = inBatches(() => batch);
  let growing = hasRules(options.redact) ? null : createLiveTraces(rest, parts);
  let skipped = 0;
  let spans = 0;
  let received = 0;
  let logs = 0;
  let touched = new Set<string>();
  let isAllTouched = true;
  const touch = (traceId: unknown): void => {
    const text = textOf(traceId);
    if (text === null) isAllTouched = true;
    else touched.add(groupKey(text));
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
    get entries() {
      return received;
    },
    get logs() {
      return logs;
    },
    span(record) {
      if (this.faults?.incomplete?.has(record.source)) return;
      if (spans >= most && !growing?.knows(record)) {
        this.diagnostic('limit-dropped', `The host keeps at most ${most} spans; further ones were left out.`);
        return;
      }
      if (!record.standIn) received += 1;
      if (growing && !canGrow(record, this.faults)) growing = null;
      if (this.faults?.damaged && isDamaged(record, this.faults.damaged)) {
        skipped += 1;
        notes.report('span-not-object', { message: damagedMessage(record) });
        handed.push({ sort: 'span', given: [record], faults: this.faults });
        return;
      }
      if (growing?.span(record)) {
        repeated.push(`${textOf(record.traceId) ?? ''}/${textOf(record.spanId) ?? ''}`);
        return;
      }
      spans += 1;
      touch(record.traceId);
      for (const traceId of linkedTraces(record.links)) touch(traceId);
      records.push(record);
    },
    logRecord(record) {
      logs += 1;
      growing = null;
      isAllTouched = true;
      handed.push({ sort: 'logRecord', given: [record], faults: this.faults });
    },
    trace(...given) {
      touch(given[0]);
      if (isWholeId(given[0])) growing?.trace(...given);
      else growing = null;
      handed.push({ sort: 'trace', given, faults: undefined });
    },
    score(...given) {
      isAllTouched = true;
      growing?.score(...given);
      handed.push({ sort: 'score', given, faults: undefined });
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
      handed.push({ sort: 'diagnostic', given, faults: undefined });
    },
    remember() {
      growing = null;
      const before = { records: records.length, handed: handed.length, spans, received, logs };
      return {
        forget() {
          records = records.slice(0, before.records);
          handed = handed.slice(0, before.handed);
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
          notes: [...log.list(), ...notes.list()],
          entries: received,
          skipped,
        });
      const collector = createSpanCollector(rest, parts);
      for (const diagnostic of log.list()) collector.log.add(diagnostic);
      for (const record of records) collector.span(record);
      for (const each of handed) {
        collector.faults = each.faults;
        (collector[each.sort] as (...given: readonly unknown[]) => void)(...each.given);
      }
      for (const key of repeated) collector.log.report('duplicate-span', { key });
      const set = yield* collector.finish(format, asAsked, join);
      const { entries, merged } = set.accounting;
      return {
        ...set,
        accounting: { ...set.accounting, entries: entries + repeated.length, merged: merged + repeated.length },
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
