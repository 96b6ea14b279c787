import type { Document, DocumentLists } from '../../model/types.ts';
import { identitiesOf } from './repeatedDocuments.ts';
import type { RankLine, RankLines } from './types.ts';

/**
 * Where each document of a reranker stood before and stands after. They are known again by their ids, where all have
 * one, else by their text; those that are there several times go by order. No lines where either side is not recorded.
 */
export function rankLines({ input, output }: Pick<DocumentLists, 'input' | 'output'>): RankLines {
  if (input.length === 0 || output.length === 0) return { lines: [], dropped: 0 };
  const identities = identitiesOf([...input, ...output]);
  const waiting = new Map<string, number[]>();
  for (let place = input.length - 1; place >= 0; place -= 1) {
    const identity = identities[place] ?? null;
    if (identity === null) continue;
    const places = waiting.get(identity);
    if (places) places.push(place);
    else waiting.set(identity, [place]);
  }
  const kept = new Uint8Array(input.length);
  const lines = output.map((document, after): RankLine => {
    const identity = identities[input.length + after] ?? null;
    const before = (identity === null ? undefined : waiting.get(identity)?.pop()) ?? null;
    if (before !== null) kept[before] = 1;
    return lineOf(before, after, before === null ? undefined : input[before], document);
  });
  const dropped = input.flatMap((document, before): readonly RankLine[] =>
    kept[before] === 1 ? [] : [lineOf(before, null, document, undefined)],
  );
  return { lines: [...lines, ...dropped], dropped: dropped.length };
}

function lineOf(
  before: number | null,
  after: number | null,
  from: Document | undefined,
  to: Document | undefined,
): RankLine {
  const scoreBefore = from?.score ?? null;
  const scoreAfter = to?.score ?? null;
  const isComparable = scoreBefore !== null && scoreAfter !== null && from?.scoreKind === to?.scoreKind;
  return {
    before,
    after,
    rise: before === null || after === null ? null : before - after,
    scoreBefore,
    scoreAfter,
    scoreChange: isComparable ? scoreAfter - scoreBefore : null,
  };
}
