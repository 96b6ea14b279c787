import type { SpanContent, Trace } from '../../model/types.ts';
import { laterCalls } from '../conversation/earlierCalls.ts';
import { leaves } from '../query/match/leaves.ts';
import { contentOf } from '../query/match/matchQuery.ts';
import { soon, type StepsOptions } from '../steps.ts';
import { repeatedDocuments } from './repeatedDocuments.ts';
import { documentSearch } from './shingles.ts';
import type { DocumentFate, DocumentUse } from './types.ts';

/** Calls that are read: a prompt may be large, and documents are mostly put into one of the next. */
const CALLS_AT_MOST = 24;
/** A document with less of it in a prompt is not said to be there: some runs of words stand in many texts. */
const PART = 0.1;

/**
 * Which documents that a span found or ordered reached a later prompt, whole or in part, and that of which call. By
 * text alone: nobody records which document a prompt was made of, so a text that comes from elsewhere as well counts
 * too. Null where the span holds no documents. Rejects with the reason of the signal when aborted.
 */
export async function documentUse(
  trace: Trace,
  index: number,
  options: StepsOptions = {},
): Promise<DocumentUse | null> {
  const lists = (await contentOf(trace, index))?.documents;
  options.signal?.throwIfAborted();
  if (!lists) return null;
  const documents = lists.output.length > 0 ? lists.output : lists.input;
  const repeats = await soon(repeatedDocuments(documents), options);
  const search = await soon(documentSearch(documents.map(({ content }) => content)), options);
  const fates = documents.map((_, place) => ({ call: -1, share: 0, calls: 0, repeats: repeats[place] ?? null }));
  const calls = laterCalls(trace, index);
  let looked = 0;
  for (const call of calls.slice(0, CALLS_AT_MOST)) {
    const content = await contentOf(trace, call);
    options.signal?.throwIfAborted();
    looked += 1;
    if (!content) continue;
    const shares = await soon(search.sharesIn(promptTexts(content)), options);
    fates.forEach((fate, place) => {
      const share = shares[place]!;
      if (share < PART) return;
      fate.calls += 1;
      if (share > fate.share) Object.assign(fate, { share, call });
    });
    if (fates.every(({ share }, place) => share === 1 || search.runs[place] === 0)) break;
  }
  return {
    documents: fates.map(({ call, share, calls: held, repeats: first }, place): DocumentFate => {
      if (search.runs[place] === 0) return { reach: 'unknown', call: null, share: null, calls: 0, repeats: first };
      return {
        reach: share === 1 ? 'whole' : share > 0 ? 'part' : 'none',
        call: call === -1 ? null : trace.span(call).key,
        share,
        calls: held,
        repeats: first,
      };
    }),
    later: calls.length,
    looked,
  };
}

/**
 * What a model is told: its messages, results of tools included; the input as it stands where nobody reads messages in
 * it.
 */
function* promptTexts({ messages, input }: SpanContent): Generator<string> {
  if (!messages || messages.input.length === 0) {
    if (input) yield input.text;
    return;
  }
  for (const { parts } of messages.input) {
    for (const part of parts) {
      if (part.type === 'text') yield part.text;
      else if (part.type === 'toolResult') for (const { text } of leaves(part.result, '')) yield text;
      else if (part.type === 'unknown') for (const { text } of leaves(part.value, '')) yield text;
    }
  }
}
