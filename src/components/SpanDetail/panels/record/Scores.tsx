'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Score, Span } from '../../../../model/types.ts';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';
import { ShownName } from '../ShownName.tsx';
import { scoreTime } from './scoreTime.ts';

const ABOUT = { section: 'score' } as const;

/** What people, models and programs thought: name, number or label, who said so, when, and why. */
export function Scores({ scores }: { readonly scores: readonly Score[] }) {
  const { labels } = useTraceContext();
  return (
    <WindowedList
      label={labels.scores}
      className="tv-scores"
      count={scores.length}
      estimate={60}
      id="scores"
      idOf={(at) => `scores[${at}]`}
      renderEntry={(at) => <ScoreItem id={`scores[${at}]`} score={scores[at]!} />}
    />
  );
}

function ScoreItem({ id, score }: { readonly id: string; readonly score: Score }) {
  const { labels } = useTraceContext();
  const { name, value, label, comment, source, target, metadata } = score;
  const time = scoreTime(metadata);
  return (
    <>
      <header>
        <b>{name === '' ? labels.score : <ShownName id={`${id}.name`} text={name} about={ABOUT} />}</b>
        {value === null ? null : <span className="tv-score-value">{Number(value.toPrecision(4))}</span>}
        {label === null ? null : (
          <span className="tv-badge">
            <ShownName id={`${id}.label`} text={label} about={ABOUT} />
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
      {comment === null ? null : <Value value={comment} field="comment" id={`${id}.comment`} about={ABOUT} />}
      {metadata === undefined || metadata === null ? null : (
        <Fold kept="score metadata" id={`${id}.metadata`} className="tv-document-more" summary={labels.metadata}>
          <Value value={metadata} field="metadata" id={`${id}.metadata`} about={ABOUT} />
        </Fold>
      )}
    </>
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
