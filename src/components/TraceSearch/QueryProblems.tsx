'use client';
import type { QueryProblem } from '../../analysis/query/types.ts';
import { recordedText } from '../text/recordedText.tsx';

interface QueryProblemsProps {
  readonly id: string;
  readonly query: string;
  readonly problems: readonly QueryProblem[];
  /** The problems in words. */
  readonly sentences: readonly string[];
  /** Whether something else stands in this place. It is described by it all the same. */
  readonly hidden: boolean;
}

/** Characters of the query that are shown around what is wrong. */
const AROUND = 16;

/**
 * What of the query cannot be read, and where it stands: underlined in its surroundings. Seen while the box is in use.
 */
export function QueryProblems({ id, query, problems, sentences, hidden }: QueryProblemsProps) {
  return (
    <div id={id} className="tv-search-pop tv-problems" hidden={hidden}>
      {problems.map(({ range: [from, to], severity }, place) => (
        <p key={place} data-severity={severity}>
          {to - from < query.trim().length ? (
            <code>
              {from > AROUND ? '…' : ''}
              {recordedText(query.slice(Math.max(0, from - AROUND), from), true)}
              <u>{recordedText(query.slice(from, to), true)}</u>
              {recordedText(query.slice(to, to + AROUND), true)}
              {to + AROUND < query.length ? '…' : ''}
            </code>
          ) : null}
          <span>{recordedText(sentences[place]!, true)}</span>
        </p>
      ))}
    </div>
  );
}
