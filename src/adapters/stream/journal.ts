import { textOf } from '../../model/attributes.ts';
import { createDiagnosticLog } from '../../model/diagnostics.ts';
import {
  createSpanCollector,
  groupKey,
  SKIPPING,
  type SpanCollector,
  type TextFaults,
} from '../collect/collectSpans.ts';
import type { ReadingParts } from '../collect/readingParts.ts';
import { linkTarget } from '../content/linksIn.ts';
import { isObject } from '../../conventions/json.ts';
import { withoutHoles } from '../../model/holes.ts';
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
export interface Journal extends SpanCollector {
  /** What is handed over from now on counts only until `forget` is called. */
  remember(): { forget(): void };
  /** Keys of the traces that may be others since this was asked last; `all` where nobody can say. */
  takeTouched(): { readonly all: boolean; has(traceKey: string): boolean };
}

export function createJournal(options: ReadOptions, parts: ReadingParts): Journal {
  const log = createDiagnosticLog();
  const { limits, ...rest } = options;
  const most = limits?.spans ?? Infinity;
  let handed: Handed[] = [];
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
  return {
    log,
    faults: undefined,
    get entries() {
      return received;
    },
    get logs() {
      return logs;
    },
    span(record) {
      if (spans >= most) {
        this.diagnostic('limit-dropped', `The host keeps at most ${most} spans; further ones were left out.`);
        return;
      }
      if (!this.faults?.incomplete?.has(record.source)) {
        spans += 1;
        if (!record.standIn) received += 1;
      }
      touch(record.traceId);
      for (const traceId of linkedTraces(record.links)) touch(traceId);
      handed.push({ sort: 'span', given: [record], faults: this.faults });
    },
    logRecord(record) {
      logs += 1;
      isAllTouched = true;
      handed.push({ sort: 'logRecord', given: [record], faults: this.faults });
    },
    trace(...given) {
      touch(given[0]);
      handed.push({ sort: 'trace', given, faults: undefined });
    },
    score(...given) {
      isAllTouched = true;
      handed.push({ sort: 'score', given, faults: undefined });
    },
    diagnostic(...given) {
      if (SKIPPING.has(given[0])) received += 1;
      handed.push({ sort: 'diagnostic', given, faults: undefined });
    },
    remember() {
      const before = { handed: handed.length, spans, received, logs };
      return {
        forget() {
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
      const collector = createSpanCollector(rest, parts);
      for (const diagnostic of log.list()) collector.log.add(diagnostic);
      for (const each of handed) {
        collector.faults = each.faults;
        (collector[each.sort] as (...given: readonly unknown[]) => void)(...each.given);
      }
      return yield* collector.finish(format, asAsked, join);
    },
  };
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
