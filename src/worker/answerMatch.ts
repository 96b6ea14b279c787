import { compileQuery } from '../analysis/query/match/compileQuery.ts';
import { matchContent } from '../analysis/query/match/matchQuery.ts';
import type { Query } from '../analysis/query/types.ts';
import type { Trace } from '../model/types.ts';

/** Decides by contents which spans match, and tells after each slice what was decided. */
export async function* answerMatch(
  trace: Trace,
  query: Query,
  matches: Uint8Array,
  signal: AbortSignal,
): AsyncGenerator<{ readonly from: number; readonly decided: Uint8Array }, void> {
  let from = 0;
  for await (const to of matchContent(compileQuery(trace, query), matches, { signal })) {
    yield { from, decided: matches.slice(from, to) };
    from = to;
  }
}
