'use client';
import { lazy, Suspense, useMemo, useState } from 'react';
import { rankLines } from '../../../../analysis/documents/rankLines.ts';
import type { RankLine } from '../../../../analysis/documents/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { DocumentLists } from '../../../../model/types.ts';
import { Slot } from '../../../parts/Slot.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { titleOfDocument } from './titleOfDocument.ts';

const RankLinesChart = lazy(() => import('./RankLinesChart.tsx'));

/** Ranks that are drawn, on either side; all are in the lists of documents. */
const DRAWN = 40;
const ROW = 24;

/** Where each document stood before and stands after, with what that did to its score; then those that were dropped. */
export function RankTable({ documents }: { readonly documents: DocumentLists }) {
  const { labels, format } = useTraceContext();
  const { lines, dropped } = useMemo(() => rankLines(documents), [documents]);
  const [allDropped, setAllDropped] = useState(false);
  const kept = lines.filter(({ after }) => after !== null).slice(0, DRAWN);
  const gone = lines.slice(lines.length - dropped);
  const before = Math.min(DRAWN, 1 + kept.reduce((most, line) => Math.max(most, line.before ?? 0), 0));
  const height = kept.length * ROW;
  return (
    <div className="tv-ranks">
      <div className="tv-ranks-head" aria-hidden="true">
        <span>{labels.before}</span>
        <span>{labels.after}</span>
        <span>{labels.score}</span>
      </div>
      <div className="tv-ranks-body">
        <div className="tv-rank-frame" style={{ height }}>
          <Slot
            render={() => (
              <Suspense fallback={null}>
                <RankLinesChart lines={kept} before={before} height={height} format={format.count} />
              </Suspense>
            )}
          />
        </div>
        <ol>
          {kept.map((line) => (
            <RankRow key={line.after} line={line} documents={documents} />
          ))}
        </ol>
      </div>
      {dropped === 0 ? null : (
        <div className="tv-dropped">
          <button
            type="button"
            className="tv-button tv-line"
            aria-expanded={allDropped}
            onClick={() => setAllDropped(!allDropped)}
          >
            {labels.droppedDocuments(dropped, format.count(dropped))}
          </button>
          {allDropped ? (
            <ol>
              {gone.slice(0, 200).map((line) => (
                <RankRow key={line.before} line={line} documents={documents} />
              ))}
            </ol>
          ) : null}
        </div>
      )}
    </div>
  );
}

function RankRow({ line, documents }: { readonly line: RankLine; readonly documents: DocumentLists }) {
  const { labels, format } = useTraceContext();
  const { before, after, rise, scoreBefore, scoreAfter, scoreChange } = line;
  const document = after === null ? documents.input[before!]! : documents.output[after]!;
  const score = scoreAfter ?? scoreBefore;
  return (
    <li>
      <span className="tv-rank">{format.count((after ?? before ?? 0) + 1)}</span>
      <bdi className="tv-word">
        {recordedText(titleOfDocument(document) ?? document.content?.slice(0, 80) ?? labels.document, true)}
      </bdi>
      {rise === null ? (
        <span className="tv-rise">{after === null ? labels.dropped : labels.wasNotThere}</span>
      ) : (
        <span className="tv-rise" data-rise={rise > 0 ? 'up' : rise < 0 ? 'down' : 'same'}>
          <span aria-hidden="true">
            {rise > 0 ? `▲${format.count(rise)}` : rise < 0 ? `▼${format.count(-rise)}` : '·'}
          </span>
          <span className="tv-visually-hidden">{labels.rankChange(before! + 1, after! + 1)}</span>
        </span>
      )}
      <span
        className="tv-rank-score"
        title={scoreChange === null ? undefined : labels.scoreChange(signed(scoreChange))}
      >
        {score === null ? '' : Number(score.toPrecision(3))}
        {scoreChange === null ? null : <small>{signed(scoreChange)}</small>}
      </span>
    </li>
  );
}

const signed = (change: number): string => {
  const size = Number(Math.abs(change).toPrecision(2));
  return size === 0 ? '·' : `${change < 0 ? '−' : '+'}${size}`;
};
