'use client';
import { documentUse } from '../../../../analysis/documents/documentUse.ts';
import type { DocumentUse } from '../../../../analysis/documents/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useSoon } from '../../../../hooks/useSoon.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { DocumentLists, Span } from '../../../../model/types.ts';
import { Fold } from '../Fold.tsx';
import { LongText } from '../LongText.tsx';
import { Section } from '../Section.tsx';
import { DocumentList } from './DocumentList.tsx';
import { RankTable } from './RankTable.tsx';

/** What was looked for and what was found, in its order; of a reranker how the order changed. */
export function DocumentsPanel({ span, documents }: { readonly span: Span; readonly documents: DocumentLists }) {
  const { labels, format } = useTraceContext();
  const trace = useTrace();
  const use = useSoon((signal) => (trace ? documentUse(trace, span.index, { signal }) : null), [trace, span.index]);
  const { query, input, output } = documents;
  const isRanked = input.length > 0 && output.length > 0;
  const found = output.length > 0 ? output : input;
  return (
    <>
      {query === undefined ? null : (
        <Section title={labels.query}>
          <div className="tv-code">
            <LongText text={query} first={600} />
          </div>
        </Section>
      )}
      {isRanked ? (
        <Section
          title={labels.ranking}
          aside={labels.documentsKeptWords(format.count(input.length), format.count(output.length))}
        >
          <RankTable documents={documents} />
        </Section>
      ) : null}
      <Section
        title={labels.documents}
        aside={
          <>
            {format.count(found.length)}
            {use ? ` · ${reached(use, labels, format)}` : null}
          </>
        }
      >
        {found.length === 0 ? (
          <p className="tv-faint">{labels.noDocuments}</p>
        ) : (
          <DocumentList documents={found} use={use} />
        )}
      </Section>
      {isRanked ? (
        <Fold
          id="documents before"
          className="tv-message"
          summary={<b>{labels.before}</b>}
          aside={format.count(input.length)}
        >
          <DocumentList documents={input} use={null} />
        </Fold>
      ) : null}
    </>
  );
}

type Words = ReturnType<typeof useTraceContext>;

function reached({ documents, later }: DocumentUse, labels: Words['labels'], format: Words['format']): string {
  if (later === 0) return labels.noLaterCall;
  const count = documents.filter(({ reach }) => reach === 'whole' || reach === 'part').length;
  return labels.reachedPrompt(count, format.count(count));
}
