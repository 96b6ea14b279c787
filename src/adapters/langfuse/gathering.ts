import { isObject, type Fields } from '../../conventions/json.ts';
import { amount, textOf } from '../../model/attributes.ts';
import { readInstant } from '../../model/time.ts';
import { reasonOf } from '../tolerant/reasonOf.ts';
import type { SpanSink } from '../types.ts';
import type { ObservationReader } from './observation.ts';
import { createOriginalsReader } from './originals.ts';
import { readScore } from './score.ts';
import { reportTrace, type TraceVersion } from './traceFacts.ts';

/**
 * Gathers what comes in parts, and so is kept until a document is read: traces and scores, of which the latest word
 * counts, and pages.
 */
export interface Gathering extends ObservationReader {
  /** A null id: the trace is known by nothing but this record. */
  trace(id: string | null, fields: Fields, source: object, revision: number): void;
  /** `source` is the record as it came. */
  score(
    fields: Fields,
    source: object,
    known: { readonly traceId?: string | undefined; readonly revision?: number },
  ): void;
  /** A page of `count` records, and what it announces of the others. */
  page(meta: unknown, count: number): void;
  /** Hands all of it to the sink. */
  report(): void;
}

/** Gathers for one document. */
export function createGathering(sink: SpanSink): Gathering {
  const traces = new Map<string, TraceVersion[]>();
  const nameless: TraceVersion[] = [];
  let received = 0;
  let promised = 0;
  let hasNext = false;
  return {
    sink,
    originalsOf: createOriginalsReader(),
    trace(id, fields, source, revision) {
      const known = id === null ? nameless : traces.get(id);
      if (known) known.push({ fields, source, revision });
      else traces.set(id!, [{ fields, source, revision }]);
    },
    score(fields, source, { traceId, revision = revisionAt(fields['updatedAt'] ?? fields['timestamp']) }) {
      const score = readScore(fields, traceId ?? null);
      const id = textOf(fields['id']);
      sink.score(score, { ...(id === null ? {} : { id }), revision, source });
    },
    page(meta, count) {
      received += count;
      if (!isObject(meta)) return;
      promised = Math.max(promised, amount(meta['totalItems']) ?? 0);
      if (textOf(meta['cursor'] ?? meta['nextCursor']) !== null) hasNext = true;
    },
    report() {
      if (promised > received || hasNext)
        sink.diagnostic(
          'partial-page',
          'The input says that it is only a part of a list; there are more records where it came from.',
        );
      const all = [
        ...Array.from(traces, ([id, parts]) => [id, parts] as const),
        ...nameless.map((part) => [null, [part]] as const),
      ];
      for (const [id, parts] of all) {
        try {
          reportTrace(id, parts, sink);
        } catch (error) {
          sink.diagnostic(
            'mixed-format',
            `What is said of a trace cannot be read and was left out: ${reasonOf(error)}.`,
          );
        }
      }
    },
  };
}

/** Where one moment has several records of one thing: what a trace repeats of it, the record itself, an update. */
const RANKS = { trimmed: -0.25, whole: 0, update: 0.25 } as const;

/** Microseconds of the moment at which a record was written, so that the later wins; 0 where none is known. */
export function revisionAt(time: unknown, rank: keyof typeof RANKS = 'whole'): number {
  const instant = readInstant(time, 'iso');
  return (typeof instant === 'string' ? 0 : instant.seconds * 1e6 + Math.floor(instant.nanos / 1000)) + RANKS[rank];
}
