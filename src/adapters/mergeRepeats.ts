import { SPAN_FLAGS } from '../model/codes.ts';
import { createDiagnosticLog } from '../model/diagnostics.ts';
import type { SpanEntry } from '../model/entry.ts';
import { compareInstants } from '../model/time.ts';
import type { Diagnostic } from '../model/types.ts';

export interface DistinctSpans { readonly entries: readonly SpanEntry[]; readonly diagnostics: readonly Diagnostic[] }

/**
 * Spans that came more than once: equal content is shown once, a finished version replaces the running one of the same start, and
 * different content under one id is kept and marked. Decides by content only, never by order of arrival.
 */
export function mergeRepeats(traceId: string, entries: readonly SpanEntry[]): DistinctSpans {
  const repeated = repeatedIds(entries);
  if (repeated.size === 0) return { entries, diagnostics: [] };
  const log = createDiagnosticLog();
  const groups = new Map<string, Map<number, SpanEntry>>();
  const distinct: SpanEntry[] = [];
  for (const entry of entries) {
    if (!repeated.has(entry.spanId)) {
      distinct.push(entry);
      continue;
    }
    let group = groups.get(entry.spanId);
    if (!group) groups.set(entry.spanId, (group = new Map()));
    if (group.has(entry.hash())) log.report('duplicate-span', { key: `${traceId}/${entry.spanId}` });
    else group.set(entry.hash(), entry);
  }
  for (const [spanId, group] of groups) {
    const versions = Array.from(group.values());
    const kept = versions.filter((version) => !versions.some((other) => finishes(other, version)));
    for (let i = kept.length; i < versions.length; i += 1) log.report('duplicate-span', { key: `${traceId}/${spanId}` });
    for (const entry of kept) distinct.push(kept.length === 1 ? entry : { ...entry, flags: entry.flags | SPAN_FLAGS['duplicate-span-id'] });
  }
  return { entries: distinct, diagnostics: log.list() };
}

function repeatedIds(entries: readonly SpanEntry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { spanId } of entries) {
    if (seen.has(spanId)) repeated.add(spanId);
    else seen.add(spanId);
  }
  return repeated;
}

/** `later` is the finished version of the running `earlier`. */
const finishes = (later: SpanEntry, earlier: SpanEntry): boolean =>
  earlier.end === null && later.end !== null && later.name === earlier.name
  && earlier.start !== null && later.start !== null && compareInstants(earlier.start, later.start) === 0;
