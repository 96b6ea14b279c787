import type { SpanContent, Trace, TraceSet } from '../../model/types.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { compileQuery, type CompiledQuery } from '../query/match/compileQuery.ts';
import { parseQuery } from '../query/syntax/parseQuery.ts';
import { readQuoted } from '../query/syntax/readWords.ts';
import type { QueryProblem, QueryTerm } from '../query/types.ts';
import { createTimeSlices } from '../../model/timeSlices.ts';
import { soon, type Soon, type Steps } from '../steps.ts';
import { sortSteps, type TraceSort } from './sortTraces.ts';
import { isAnswered, traceTest } from './traceTest.ts';

export interface TraceQueryOptions {
  /** @default the order of the set */
  readonly sort?: TraceSort | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TraceQueryResult {
  /** Those that match, in order. */
  readonly traces: readonly Trace[];
  /** What of the query could not be read, and hints; ranges are places in its text. */
  readonly problems: readonly QueryProblem[];
}

/** A query over traces as it was read. */
export interface TraceQuery {
  /** A trace matches where all terms of any of these hold. */
  readonly alternatives: readonly (readonly QueryTerm[])[];
  readonly problems: readonly QueryProblem[];
}

/**
 * The traces of a set that a query asks for: `score.faithfulness<0.5 status:error duration>5s cost>0.1 model:gpt*`. All
 * terms must hold, those between two `OR` apart from others. Words are looked for in name, ids, session, user and tags of
 * a trace; durations, tokens and costs are those of the whole trace, as `ledger` sums them; `status:error` and `is:error`
 * hold where anything inside failed; all else holds where it holds of any span, `in:`, `out:`, `tool:` and `attr.` by
 * what spans hold. The work goes in slices of some milliseconds, so a page stays at hand at 100,000 traces. Rejects with
 * the reason of the signal once that is aborted.
 */
export async function queryTraces(
  set: Pick<TraceSet, 'traces'>,
  text: string,
  options: TraceQueryOptions = {},
): Promise<TraceQueryResult> {
  return queryTracesSoon(set, text, options);
}

/** The same, at once where it takes less than a slice. */
export function queryTracesSoon(
  { traces }: Pick<TraceSet, 'traces'>,
  text: string,
  { sort, signal }: TraceQueryOptions = {},
): Soon<TraceQueryResult> {
  const query = parseTraceQuery(text);
  const decided = soon(decide(traces, query, sort), { signal });
  const finish = (candidates: readonly Candidate[]): Soon<TraceQueryResult> =>
    candidates.some(({ open }) => open.length > 0)
      ? lookInside(candidates, query, signal)
      : { traces: candidates.map(({ trace }) => trace), problems: query.problems };
  return decided instanceof Promise ? decided.then(finish) : finish(decided);
}

/** Reads a query over traces; never throws. */
export function parseTraceQuery(text: string): TraceQuery {
  const alternatives: (readonly QueryTerm[])[] = [];
  const problems: QueryProblem[] = [];
  for (const [from, to] of alternativesIn(text)) {
    const read = parseQuery(text.slice(from, to));
    if (read.terms.length > 0) alternatives.push(read.terms);
    for (const problem of read.problems) {
      // Of words that exclude each other in a span, a trace may have a span for each.
      if (problem.code === 'excluding-terms') continue;
      problems.push({ ...problem, range: [problem.range[0] + from, problem.range[1] + from] });
    }
  }
  return { alternatives, problems };
}

/** The places between the words `OR` that stand outside of quotes. */
function alternativesIn(text: string): readonly (readonly [from: number, to: number])[] {
  const places: (readonly [number, number])[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') at = readQuoted(text, at).end - 1;
    else if (text.startsWith('OR', at) && isBorder(text[at - 1]) && isBorder(text[at + 2])) {
      places.push([from, at]);
      from = at + 2;
    }
  }
  return [...places, [from, text.length]];
}

const isBorder = (character: string | undefined): boolean => character === undefined || /\s/.test(character);

/** A trace that matches, or may: where all alternatives that are left ask for what spans hold. */
interface Candidate {
  readonly trace: Trace;
  readonly open: readonly (readonly QueryTerm[])[];
}

function* decide(
  traces: readonly Trace[],
  query: TraceQuery,
  sort: TraceSort | undefined,
): Steps<readonly Candidate[]> {
  const open = new Map<Trace, readonly (readonly QueryTerm[])[]>();
  const kept: Trace[] = [];
  const ways = query.alternatives.map((terms) => ({
    known: terms.filter(isAnswered),
    inside: terms.filter((term) => !isAnswered(term)),
  }));
  for (const trace of traces) {
    yield;
    const holding = ways.filter(({ known }) => known.every((term) => traceTest(trace, term) !== term.negated));
    if (ways.length > 0 && holding.length === 0) continue;
    kept.push(trace);
    if (ways.length > 0 && holding.every(({ inside }) => inside.length > 0))
      open.set(
        trace,
        holding.map(({ inside }) => inside),
      );
  }
  const sorted = sort ? yield* sortSteps(kept, sort) : kept;
  return sorted.map((trace) => ({ trace, open: open.get(trace) ?? [] }));
}

/** Decides by the contents of spans. */
async function lookInside(
  candidates: readonly Candidate[],
  { problems }: TraceQuery,
  signal: AbortSignal | undefined,
): Promise<TraceQueryResult> {
  const found: Trace[] = [];
  const yieldTurn = createTimeSlices();
  for (const { trace, open } of candidates) {
    let holds = open.length === 0;
    for (const terms of open) {
      if (holds) break;
      holds = true;
      for (const term of terms) {
        if (holds) holds = (await isInside(trace, term, yieldTurn, signal)) !== term.negated;
      }
    }
    if (holds) found.push(trace);
  }
  return { traces: found, problems };
}

async function isInside(
  trace: Trace,
  term: QueryTerm,
  yieldTurn: () => Promise<void> | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const query: CompiledQuery = compileQuery(trace, { text: '', terms: [{ ...term, negated: false }], problems: [] });
  for (let index = 0; index < trace.spanCount; index += 1) {
    await yieldTurn();
    signal?.throwIfAborted();
    const state = query.state(index);
    if (state === 1) return true;
    const content: SpanContent | null = state === 2 ? await contentOf(trace, index) : null;
    if (content && query.holds(index, content)) return true;
  }
  return false;
}
