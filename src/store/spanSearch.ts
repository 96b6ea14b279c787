import { filterRows } from '../analysis/filterRows.ts';
import { compileQuery, type CompiledQuery } from '../analysis/query/match/compileQuery.ts';
import { matchContent, matchEnvelopeSlices } from '../analysis/query/match/matchQuery.ts';
import { parseQuery } from '../analysis/query/syntax/parseQuery.ts';
import type { Query } from '../analysis/query/types.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import type { Trace } from '../model/types.ts';
import { continues, sameRecord } from '../analysis/versions.ts';

/** What a query has found so far. */
export interface Found {
  /** The query as it is read: its terms, and what is wrong with it. */
  readonly asked: Query;
  /**
   * By index: 1 = match, 0 = none, 2 = not known yet. Filled in place while searching. Null = the query asks for
   * nothing.
   */
  readonly hits: Uint8Array | null;
  /** The matches known so far, in pre-order. */
  readonly matches: Uint32Array;
  /** Whether there may be more to come. */
  readonly searching: boolean;
}

/** Finds the spans that a query asks for: the first slice of work at once, the rest between the frames of a page. */
export interface SpanSearch {
  /**
   * Forgets what was asked before. The answer is what a few milliseconds could find; if it says that it is searching,
   * more comes to `publish`.
   */
  ask(trace: Trace | null, text: string): Found;
  /** Rests; what is unfinished goes on with `resume`. */
  stop(): void;
  resume(): void;
}

const NO_MATCHES = new Uint32Array(0);
/** Milliseconds between two publications: each costs a pass over all spans. */
const PUBLISH_EVERY = 100;
/** Contents of more spans than that are looked at only when nobody has typed for a moment. */
const MANY = 2000;
const AFTER_TYPING = 200;

/** `isLive` = searching goes on by itself from the start; else `resume` begins it. */
export function createSpanSearch(publish: (found: Found) => void, isLive = true): SpanSearch {
  /** The work that is left; null = nothing. */
  let work: Work | null = null;
  /** What was asked last, and what is known of it. */
  let last: (Former & { readonly text: string }) | null = null;
  let running: AbortController | null = null;
  let live = isLive;

  const go = (): void => {
    if (!live || !work || running) return;
    const { signal } = (running = new AbortController());
    const mine = work;
    const publishFound = (searching: boolean): void => {
      if (!signal.aborted) publish(mine.found(searching));
    };
    mine.run(signal, publishFound).then(
      () => {
        if (signal.aborted) return;
        work = running = null;
        publishFound(false);
      },
      () => {
        // A test of the host's data threw: what is found stays, and nothing more is awaited.
        if (signal.aborted) return;
        work = running = null;
        publishFound(false);
      },
    );
  };
  const pause = (): void => {
    running?.abort();
    running = null;
  };

  return {
    ask(trace, text) {
      pause();
      work = null;
      const asked = parseQuery(text);
      const compiled = trace && asked.terms.length > 0 ? compileQuery(trace, asked) : null;
      if (!compiled) last = null;
      if (!compiled) return { asked, hits: null, matches: NO_MATCHES, searching: false };
      const former = last?.text === text && trace && continues(last.trace, trace) ? last : null;
      const next = createWork(compiled, former);
      last = trace && { trace, text, work: next };
      if (!next.begin()) {
        work = next;
        // Behind the caller, who has yet to show what was found at once.
        queueMicrotask(() => {
          if (work === next) go();
        });
      }
      return next.found(work !== null);
    },
    stop() {
      live = false;
      pause();
    },
    resume() {
      live = true;
      go();
    },
  };
}

interface Work {
  /** What is known of a span: 1 = match, 0 = none, 2 = not known yet. */
  at(index: number): number;
  /** The first slice. True = all is known. */
  begin(): boolean;
  run(signal: AbortSignal, publishFound: (searching: boolean) => void): Promise<void>;
  found(searching: boolean): Found;
}

/** What a search knows of an earlier state of the trace: contents that stayed as they were are not read again. */
interface Former {
  readonly trace: Trace;
  readonly work: Work;
}

function createWork(compiled: CompiledQuery, former: Former | null): Work {
  const hits = new Uint8Array(compiled.trace.spanCount);
  let envelopes: Generator<number, void> | null = former
    ? knownAtOnce(compiled, hits, former)
    : matchEnvelopeSlices(compiled, hits);
  let decided = 0;
  let published = 0;
  const isSoon = (): boolean => {
    const now = performance.now();
    if (now - published < PUBLISH_EVERY) return false;
    published = now;
    return true;
  };
  /** Until a slice is over; its end, or undefined when the envelopes are. */
  const readEnvelopes = (yieldTurn: () => Promise<void> | undefined): Promise<void> | undefined => {
    for (let next = envelopes?.next(); next && !next.done; next = envelopes?.next()) {
      decided = next.value;
      const turn = yieldTurn();
      if (turn) return turn;
    }
    // It holds the search before, that the one before it, and so all states of a trace that grows.
    envelopes = null;
    return undefined;
  };
  return {
    at: (index) => (index < decided ? hits[index]! : 2),
    begin: () => readEnvelopes(createTimeSlices()) === undefined && !(compiled.needsContent && hits.includes(2)),
    async run(signal, publishFound) {
      const yieldTurn = createTimeSlices();
      for (let turn = readEnvelopes(yieldTurn); turn; turn = readEnvelopes(yieldTurn)) {
        if (isSoon()) publishFound(true);
        await turn;
        if (signal.aborted) return;
      }
      if (!compiled.needsContent) return;
      if (countOf(hits, 2) > MANY) {
        publishFound(true);
        await new Promise((resolve) => {
          setTimeout(resolve, AFTER_TYPING);
        });
      }
      for await (const done of matchContent(compiled, hits, { signal }))
        if (done < hits.length && isSoon()) publishFound(true);
    },
    found: (searching) => ({ asked: compiled.query, hits, matches: indicesOf(hits, decided), searching }),
  };
}

/**
 * Of a trace that grows: nothing that was found is lost from sight meanwhile, so all envelopes are read at once, and
 * what is known of contents is taken over.
 */
function* knownAtOnce(compiled: CompiledQuery, hits: Uint8Array, former: Former): Generator<number, void> {
  const { trace } = compiled;
  const slices = matchEnvelopeSlices(compiled, hits);
  while (!slices.next().done);
  for (let index = 0; index < hits.length; index += 1) {
    if (hits[index] !== 2) continue;
    const was = former.trace.find(trace.span(index).key)?.index;
    if (was !== undefined && sameRecord(former.trace, was, trace, index)) hits[index] = former.work.at(was);
  }
  yield hits.length;
}

function countOf(hits: Uint8Array, code: number): number {
  let count = 0;
  for (let index = 0; index < hits.length; index += 1) if (hits[index] === code) count += 1;
  return count;
}

function indicesOf(hits: Uint8Array, end: number): Uint32Array {
  const indices = new Uint32Array(countOf(hits, 1));
  let length = 0;
  for (let index = 0; index < end; index += 1) if (hits[index] === 1) indices[length++] = index;
  return indices;
}

/**
 * What stays on screen when the rest is hidden: matches and their ancestors; null where nothing is asked. A new list
 * each time, as rows are known by it.
 */
export const keptBy = (trace: Trace | null, hits: Uint8Array | null): Uint8Array | null =>
  trace && hits ? filterRows(trace, hits).shown : null;
