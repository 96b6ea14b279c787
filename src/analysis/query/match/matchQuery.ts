import { createTimeSlices } from '../../../model/timeSlices.ts';
import { remoteOf } from '../../../model/remote.ts';
import type { SpanContent, Trace } from '../../../model/types.ts';
import type { CompiledQuery } from './compileQuery.ts';

/** By index: 0 = no match, 1 = match, 2 = not known before the content has been looked at. */
export type Matches = Uint8Array;

/** What a worker has decided: of the spans from an index on. */
export interface Decided {
  readonly from: number;
  readonly decided: Matches;
}

const SPANS_AT_ONCE = 16_384;

/**
 * What the envelopes decide, a slice of spans at each step: yields the index up to which `matches` is filled, so that a
 * caller can rest between. A million spans take tens of milliseconds in all.
 */
export function* matchEnvelopeSlices(
  query: CompiledQuery,
  matches: Matches,
  spansAtOnce = SPANS_AT_ONCE,
): Generator<number, void> {
  const { spanCount } = query.trace;
  for (let from = 0; from < spanCount; from += spansAtOnce) {
    const to = Math.min(from + spansAtOnce, spanCount);
    if (query.isEmpty) matches.fill(1, from, to);
    else for (let index = from; index < to; index += 1) matches[index] = query.state(index);
    yield to;
  }
}

/** The same in one go. */
export function matchEnvelope(query: CompiledQuery): Matches {
  const matches = new Uint8Array(query.trace.spanCount);
  const slices = matchEnvelopeSlices(query, matches);
  while (!slices.next().done);
  return matches;
}

/**
 * Decides what `matchEnvelope` left open, in place and in pre-order, by the content of those spans. Rests before a
 * frame is lost; yields the index up to which all is decided. When aborted it ends and leaves the rest open. Where a
 * worker has the contents, it decides.
 */
export async function* matchContent(
  query: CompiledQuery,
  matches: Matches,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<number, void> {
  const remote = remoteOf(query.trace);
  if (remote) {
    const answers = remote.ask('match', { query: query.query, matches }, signal) as AsyncIterable<Decided>;
    try {
      for await (const { from, decided } of answers) {
        matches.set(decided, from);
        yield from + decided.length;
      }
    } catch {
      // The worker is gone, and its contents with it.
      for (let index = 0; index < matches.length; index += 1) if (matches[index] === 2) matches[index] = 0;
      yield matches.length;
    }
    return;
  }
  const yieldTurn = createTimeSlices();
  for (let index = 0; index < matches.length; index += 1) {
    if (matches[index] !== 2) continue;
    if (signal?.aborted) return;
    const content = await contentOf(query.trace, index);
    if (signal?.aborted) return;
    matches[index] = content && query.holds(index, content) ? 1 : 0;
    const turn = yieldTurn();
    if (turn === undefined) continue;
    yield index + 1;
    await turn;
  }
  yield matches.length;
}

/**
 * What a span holds; null where it cannot be had: the span is then searched by its envelope only, which has found
 * nothing.
 */
export async function contentOf(trace: Trace, index: number): Promise<SpanContent | null> {
  try {
    return await trace.content(index);
  } catch {
    return null;
  }
}
