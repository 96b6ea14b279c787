import { SPAN_FLAGS } from '../codes.ts';
import type { DiagnosticLog } from '../diagnostics.ts';
import type { SpanEntry } from '../entry.ts';
import { SpanRows } from './spanRows.ts';

/**
 * Spans that came more than once: equal content is shown once, a finished version replaces the running one of the same
 * start, and different content under one id is kept and marked. Decides by content only, never by order of arrival.
 */
export function mergeRepeats(traceId: string, rows: SpanRows, log: DiagnosticLog): SpanRows {
  const entries = rows.list();
  const repeated = repeatedIds(entries);
  if (repeated.size === 0) return rows;
  const groups = new Map<string, Map<number, SpanEntry>>();
  const distinct: SpanEntry[] = [];
  for (const entry of entries) {
    if (!repeated.has(entry.spanId)) {
      distinct.push(entry);
      continue;
    }
    let group = groups.get(entry.spanId);
    if (!group) groups.set(entry.spanId, (group = new Map()));
    const hash = entry.content.hash();
    if (group.has(hash)) log.report('duplicate-span', { key: `${traceId}/${entry.spanId}` });
    else group.set(hash, entry);
  }
  for (const [spanId, group] of groups) {
    const versions = Array.from(group.values());
    const finished = new Set(versions.filter(({ end }) => end !== null).map(beginning));
    const kept = versions.filter(
      (version) => version.end !== null || version.start === null || !finished.has(beginning(version)),
    );
    for (let i = kept.length; i < versions.length; i += 1)
      log.report('duplicate-span', { key: `${traceId}/${spanId}` });
    for (const entry of kept)
      distinct.push(kept.length === 1 ? entry : { ...entry, flags: entry.flags | SPAN_FLAGS['duplicate-span-id'] });
  }
  return SpanRows.of(distinct);
}

function repeatedIds(entries: readonly SpanEntry[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { spanId } of entries) {
    const before = seen.size;
    if (seen.add(spanId).size === before) repeated.add(spanId);
  }
  return repeated;
}

/** What a running span and its finished version have in common. */
const beginning = ({ name, start }: SpanEntry): string => `${start?.seconds}.${start?.nanos} ${name}`;
