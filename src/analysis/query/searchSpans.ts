import { createTimeSlices } from '../../model/timeSlices.ts';
import { remoteOf } from '../../model/remote.ts';
import type { Span, SpanContent, SpanKey, Trace } from '../../model/types.ts';
import { compileQuery } from './match/compileQuery.ts';
import { createMarker } from './match/marks.ts';
import { contentOf, matchEnvelopeSlices } from './match/matchQuery.ts';
import { parseQuery } from './syntax/parseQuery.ts';
import { contentTexts, type SpanText } from './match/spanTexts.ts';

/** A text of a span in which something was found. */
export interface SearchHit {
  readonly key: SpanKey;
  /**
   * Which text: `name`, `error` (the status message), `input`, `output`, `messages.input[0].parts[0].text`,
   * `attributes.<key>`, with a path behind it where the value is a list or an object, `attributeKeys.<key>`,
   * `events[0].name`, `events[0].attributes.<key>`, `scores[0].comment`.
   */
  readonly field: string;
  /**
   * From, to, in UTF-16 units of that text. Empty where the span matches by other than text: its `name` stands for it.
   */
  readonly ranges: readonly (readonly [number, number])[];
}

/**
 * How much one search reports: ranges in one text, texts of one span, and hits in all. A search ends when it has that
 * many.
 */
export const SEARCH_LIMITS = { ranges: 100, fields: 200, hits: 100_000 } as const;

/**
 * Finds spans by a query of `parseQuery`, in pre-order: first those that their envelopes decide, with what stands in
 * them, then what stands in the contents of all that may match, span by span. Each list is what a slice of work has
 * found. Words are literal. An empty query finds nothing. Ends when aborted, without an exception.
 */
export async function* searchSpans(
  trace: Trace,
  query: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<readonly SearchHit[], void> {
  const remote = remoteOf(trace);
  if (remote) {
    let found = false;
    try {
      for await (const hits of remote.ask('search', query, signal)) {
        found = true;
        yield hits as readonly SearchHit[];
      }
      return;
    } catch {
      // The worker is gone: what the envelopes say is still here.
      if (found) return;
    }
  }
  const compiled = compileQuery(trace, parseQuery(query));
  if (compiled.isEmpty || signal?.aborted) return;
  const marker = createMarker(compiled.query);
  const yieldTurn = createTimeSlices();
  let left: number = SEARCH_LIMITS.hits;
  let hits: SearchHit[] = [];
  const take = (): readonly SearchHit[] => {
    const taken = hits.slice(0, left);
    left -= taken.length;
    hits = [];
    return taken;
  };
  const hitsIn = (key: SpanKey, texts: Iterable<SpanText>): readonly SearchHit[] => {
    const found: SearchHit[] = [];
    for (const text of texts) {
      const ranges = marker(text, SEARCH_LIMITS.ranges);
      if (ranges.length > 0 && found.push({ key, field: text.field, ranges }) === SEARCH_LIMITS.fields) break;
    }
    return found;
  };

  const matches = new Uint8Array(trace.spanCount);
  let from = 0;
  for (const to of matchEnvelopeSlices(compiled, matches, 4096)) {
    for (; from < to; from += 1) {
      if (matches[from] !== 1) continue;
      const span = trace.span(from);
      const found = hitsIn(span.key, envelopeTexts(span));
      if (found.length === 0) hits.push({ key: span.key, field: 'name', ranges: [] });
      for (const hit of found) hits.push(hit);
    }
    const turn = yieldTurn();
    if (hits.length > 0) yield take();
    if (left === 0) return;
    await turn;
    if (signal?.aborted) return;
  }

  for (let index = 0; compiled.needsContent && index < matches.length; index += 1) {
    if (matches[index] === 0) continue;
    const content = await contentOf(trace, index);
    if (signal?.aborted) return;
    if (content && (matches[index] === 1 || compiled.holds(index, content))) {
      const span = trace.span(index);
      const found = hitsIn(span.key, matches[index] === 1 ? contentTexts(content) : allTexts(span, content));
      if (found.length === 0 && matches[index] === 2) hits.push({ key: span.key, field: 'name', ranges: [] });
      for (const hit of found) hits.push(hit);
    }
    const turn = yieldTurn();
    if (turn === undefined && hits.length < left) continue;
    if (hits.length > 0) yield take();
    if (left === 0) return;
    await turn;
    if (signal?.aborted) return;
  }
  if (hits.length > 0) yield take();
}

/** What the envelope says in words. */
function* envelopeTexts({ name, statusMessage }: Span): Generator<SpanText> {
  yield { field: 'name', text: name, section: 'name' };
  if (statusMessage !== null) yield { field: 'error', text: statusMessage, section: 'error' };
}

function* allTexts(span: Span, content: SpanContent): Generator<SpanText> {
  yield* envelopeTexts(span);
  yield* contentTexts(content);
}
