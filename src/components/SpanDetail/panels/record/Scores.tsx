'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Score, Span } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../Fold.tsx';
import { LongText, Value } from '../LongText.tsx';
import { scoreTime } from './scoreTime.ts';

const SHOWN = 200;

/** What people, models and programs thought: name, number or label, who said so, when, and why. */
export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  const { labels, format } = useTraceContext();
  return (
    <>
      <ol className="tv-scores">
        {scores.slice(0, SHOWN).map((score, place) => (
          <ScoreItem key={place} score={score} />
        ))}
      </ol>
      {scores.length > SHOWN ? (
        <p className="tv-faint">{labels.notListed(scores.length - SHOWN, format.count(scores.length - SHOWN))}</p>
      ) : null}
    </>
  );
}

function ScoreItem({ score }: { readonly score: Score }) {
  const { labels } = useTraceContext();
  const { name, value, label, comment, source, target, metadata } = score;
  const time = scoreTime(metadata);
  return (
    <li>
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
        {value === null && label === null ? <span className="tv-faint">{labels.noScore}</span> : null}
        <span className="tv-aside">
          {[target.level === 'span' ? '' : labels.scoreLevel(target.level), labels.scoreSource(source)]
            .filter((word) => word !== '')
            .join(' · ')}
        </span>
      </header>
      {time === null ? null : (
        <p className="tv-faint">
          <bdi>{recordedText(time)}</bdi>
        </p>
      )}
      {comment === null ? null : <LongText text={comment} />}
      {metadata === undefined || metadata === null ? null : (
        <Fold id="score metadata" className="tv-document-more" summary={labels.metadata}>
          <Value value={metadata} />
        </Fold>
      )}
    </li>
  );
}

/** Scores of a span, from wherever they were recorded; the same one is said once. */
export function scoresOf({ scores }: Span, recorded: readonly Score[]): readonly Score[] {
  const found = new Map<string, Score>();
  for (const score of [...scores, ...recorded]) {
    const id = JSON.stringify([score.name, score.value, score.label, score.comment, score.source]);
    if (!found.has(id)) found.set(id, score);
  }
  return [...found.values()];
}
