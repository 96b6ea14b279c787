'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Score } from '../../../model/types.ts';
import { recordedText } from '../../text/recordedText.tsx';
import { LongText, Value } from './LongText.tsx';

/** What people, models and programs thought: name, number or label, who said so, and why. */
export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  const { labels } = useTraceContext();
  return (
    <ol className="tv-scores">
      {scores.map(({ name, value, label, comment, source, metadata }, place) => (
        <li key={place}>
          <header>
            <b>
              <bdi>{recordedText(name) || labels.score}</bdi>
            </b>
            {value === null ? null : <span className="tv-score-value">{Number(value.toPrecision(4))}</span>}
            {label === null ? null : (
              <span className="tv-badge">
                <bdi>{recordedText(label)}</bdi>
              </span>
            )}
            <span className="tv-aside">{labels.scoreSource(source)}</span>
          </header>
          {comment === null ? null : <LongText text={comment} />}
          {metadata === undefined || metadata === null ? null : (
            <details className="tv-fold-text">
              <summary>{labels.metadata}</summary>
              <Value value={metadata} />
            </details>
          )}
        </li>
      ))}
    </ol>
  );
}
