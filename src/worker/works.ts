import { auditContent } from '../adapters/content/auditContent.ts';
import { findings } from '../analysis/agents/findings.ts';
import { loopProgress } from '../analysis/agents/loopProgress.ts';
import { readTexts, recordedTexts, textSlices } from '../analysis/diff/signs/recordedTexts.ts';
import { compileQuery } from '../analysis/query/match/compileQuery.ts';
import { matchContent, type Decided } from '../analysis/query/match/matchQuery.ts';
import { searchSpans } from '../analysis/query/searchSpans.ts';
import type { Query } from '../analysis/query/types.ts';
import { createTimeSlices } from '../model/timeSlices.ts';
import { ownValue } from '../model/ownValue.ts';
import type { LoopFold, Trace } from '../model/types.ts';

/** What is done where the contents are, in place of sending each of them: by the name by which the page asks for it. */
const WORKS: Readonly<Record<string, (trace: Trace, given: unknown, signal: AbortSignal) => AsyncIterable<unknown>>> = {
  async *match(trace, given, signal) {
    const { query, matches } = given as { readonly query: Query; readonly matches: Uint8Array };
    let from = 0;
    for await (const to of matchContent(compileQuery(trace, query), matches, { signal })) {
      yield { from, decided: matches.slice(from, to) } satisfies Decided;
      from = to;
    }
  },
  search: (trace, query, signal) => searchSpans(trace, query as string, { signal }),
  async *findings(trace, _given, signal) {
    yield await findings(trace, { signal });
  },
  async *loopProgress(trace, fold, signal) {
    yield await loopProgress(trace, fold as LoopFold, { signal });
  },
  async *texts(trace, _given, signal) {
    await readTexts(trace, createTimeSlices({ signal }), () => {}, signal);
    yield* textSlices(recordedTexts(trace));
  },
  async *audit(trace, _given, signal) {
    const set = {
      format: '',
      traces: [trace],
      diagnostics: [],
      accounting: { entries: 0, shown: 0, merged: 0, skipped: 0 },
    };
    yield await auditContent(set, { signal });
  },
};

export async function* answersOf(
  work: string,
  trace: Trace,
  given: unknown,
  signal: AbortSignal,
): AsyncGenerator<unknown, void> {
  const answers = ownValue(WORKS, work);
  if (answers) yield* answers(trace, given, signal);
}
