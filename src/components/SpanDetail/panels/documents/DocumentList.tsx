'use client';
import { useMemo } from 'react';
import type { DocumentFate, DocumentUse } from '../../../../analysis/documents/types.ts';
import { repeatedDocuments } from '../../../../analysis/documents/repeatedDocuments.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Document } from '../../../../model/types.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../../values/Fold.tsx';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { Jump } from '../Jump.tsx';
import { useSteps } from '../../values/useSteps.ts';
import { Value } from '../../values/Value.tsx';
import { titleOfDocument } from './titleOfDocument.ts';

interface DocumentListProps {
  readonly documents: readonly Document[];
  /** Null where it is not known, or not asked for. */
  readonly use: DocumentUse | null;
  /** Place of the list in `SpanContent`. */
  readonly id: string;
}

/** Documents in their order with score, what they say of themselves, and whether they reached a later prompt. */
export function DocumentList({ documents, use, id }: DocumentListProps) {
  const { labels } = useTraceContext();
  const repeats = useSteps(() => repeatedDocuments(documents), [documents]);
  const best = useMemo(() => bestOf(documents), [documents]);
  return (
    <WindowedList
      label={labels.documents}
      className="tv-documents"
      count={documents.length}
      estimate={110}
      id={id}
      idOf={(at) => `${id}[${at}]`}
      renderEntry={(at) => (
        <DocumentItem
          document={documents[at]!}
          place={at}
          id={`${id}[${at}]`}
          best={best}
          fate={use?.documents[at]}
          repeats={repeats?.[at] ?? null}
          isFinal={use !== null && use.later > 0}
        />
      )}
    />
  );
}

interface DocumentItemProps {
  readonly document: Document;
  readonly place: number;
  readonly id: string;
  readonly best: number;
  readonly fate: DocumentFate | undefined;
  readonly repeats: number | null;
  /** There are later calls, so that not to have reached one says something. */
  readonly isFinal: boolean;
}

function DocumentItem({ document, place, id, best, fate, repeats, isFinal }: DocumentItemProps) {
  const { labels, format } = useTraceContext();
  const { content, score, scoreKind, metadata } = document;
  const isShare = score !== undefined && best > 0 && scoreKind !== 'distance';
  return (
    <>
      <header>
        <span className="tv-rank">{format.count(place + 1)}</span>
        <b>
          <bdi>{recordedText(titleOfDocument(document) ?? labels.document)}</bdi>
        </b>
        {repeats === null ? null : (
          <span className="tv-badge" data-tone="warn">
            {labels.sameAs(format.count(repeats + 1))}
          </span>
        )}
        <span className="tv-aside">
          {score === undefined ? labels.noScore : Number(score.toPrecision(4))}
          {scoreKind === undefined ? null : ` ${labels.scoreKind(scoreKind)}`}
        </span>
      </header>
      {isShare ? (
        <i
          className="tv-score"
          style={{ width: `${Math.max(0, Math.min(1, score / best)) * 100}%` }}
          aria-hidden="true"
        />
      ) : null}
      {content === undefined || content === '' ? (
        <p className="tv-faint">{labels.noText}</p>
      ) : (
        <Value value={content} field="document" id={`${id}.content`} lines={3} />
      )}
      <div className="tv-document-foot">
        <Reach fate={fate} isFinal={isFinal} />
        {isEmpty(metadata) ? null : (
          <Fold kept="document metadata" id={`${id}.metadata`} className="tv-document-more" summary={labels.metadata}>
            <Value value={metadata} field="metadata" id={`${id}.metadata`} lines={8} />
          </Fold>
        )}
      </div>
    </>
  );
}

/** Whether a later call saw the document, and which. */
function Reach({ fate, isFinal }: { readonly fate: DocumentFate | undefined; readonly isFinal: boolean }) {
  const { labels, format } = useTraceContext();
  if (!fate || !isFinal) return null;
  const { reach, call, share, calls } = fate;
  return (
    <p className="tv-reach" data-reach={reach}>
      {labels.reach(reach, share === null ? '' : format.count(Math.max(1, Math.round(share * 100))))}
      {call === null ? null : <Jump to={call} />}
      {calls > 1 ? <span className="tv-faint">{labels.andOthers(calls - 1, format.count(calls - 1))}</span> : null}
    </p>
  );
}

function bestOf(documents: readonly Document[]): number {
  let best = 0;
  for (const { score } of documents) if (score !== undefined && score > best) best = score;
  return best;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
