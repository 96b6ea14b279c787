import { toJson } from '../../conventions/toJson.ts';
import type { SpanEntry, TraceAbout } from '../../model/entry.ts';
import { compareInstants } from '../../model/time.ts';

/** What an envelope (`by` is null) or a span records of its trace. */
export interface TraceFacts {
  readonly about: TraceAbout;
  readonly by: SpanEntry | null;
  readonly revision?: number | undefined;
}

interface Fact {
  readonly value: unknown;
  readonly by: SpanEntry | null;
  readonly revision: number;
}

/**
 * Joins what spans and envelopes record of their trace, fact by fact: an envelope goes first, of several the latest
 * revision, then that of a root, then that of the earliest span, so that the order in which they came does not matter.
 * Tags add up.
 */
export function joinAbout(reports: readonly TraceFacts[]): TraceAbout {
  const joined = createAboutJoin();
  for (const report of reports) joined.add(report);
  return joined.about();
}

/** The same, for reports that come one by one. */
export function createAboutJoin(): { add(report: TraceFacts): void; about(): TraceAbout } {
  const facts = new Map<string, Fact>();
  const metadata = new Map<string, Fact>();
  const tags = new Set<string>();
  const text = (field: string): string | undefined => facts.get(field)?.value as string | undefined;
  return {
    add({ about, by, revision = 0 }) {
      for (const field of ['name', 'sessionId', 'userId'] as const)
        if (about[field] !== undefined) put(facts, field, { value: about[field], by, revision });
      for (const tag of about.tags ?? []) tags.add(tag);
      for (const [key, value] of Object.entries(about.metadata ?? {})) put(metadata, key, { value, by, revision });
    },
    about() {
      // Sorted, for the order of keys must not depend on that of arrival either.
      const entries = Array.from(metadata, ([key, { value }]) => [key, value] as const).sort(([a], [b]) =>
        a < b ? -1 : 1,
      );
      return {
        name: text('name'),
        sessionId: text('sessionId'),
        userId: text('userId'),
        tags: [...tags].sort(),
        metadata: Object.fromEntries(entries),
      };
    },
  };
}

function put(facts: Map<string, Fact>, key: string, fact: Fact): void {
  const before = facts.get(key);
  if (!before || goesBefore(fact, before)) facts.set(key, fact);
}

function goesBefore(fact: Fact, other: Fact): boolean {
  const order = compareSources(fact.by, other.by) || other.revision - fact.revision;
  // Copies of one span, or several envelopes, that contradict each other: any choice will do that is always the same.
  // Most agree.
  return order < 0 || (order === 0 && fact.value !== other.value && toJson(fact.value) < toJson(other.value));
}

/** Negative where `a` is to be believed rather than `b`. */
function compareSources(a: SpanEntry | null, b: SpanEntry | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const byRoot = Number(a.parentSpanId !== null) - Number(b.parentSpanId !== null);
  if (byRoot !== 0) return byRoot;
  const byStart =
    a.start && b.start ? compareInstants(a.start, b.start) : Number(a.start === null) - Number(b.start === null);
  return byStart || Number(a.spanId > b.spanId) - Number(a.spanId < b.spanId);
}
