import type { Trace } from '../../model/types.ts';
import { completeQuery, type Suggestion } from '../query/complete/completeQuery.ts';

/** So many traces are looked at for words: those of one program have most of them in common. */
const LOOKED_AT = 30;
const MOST = 50;

/**
 * What may stand at the cursor of a query over traces: what `completeQuery` says of the first of them, each suggestion
 * once. Spans are not counted, as it is traces that are looked for.
 */
export function completeTraceQuery(text: string, cursor: number, traces: readonly Trace[]): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const trace of traces.slice(0, LOOKED_AT))
    for (const suggestion of completeQuery(text, cursor, trace))
      found.set(`${suggestion.type} ${suggestion.insert}`, { ...suggestion, count: null });
  return [...found.values()].slice(0, MOST);
}
