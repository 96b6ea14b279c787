'use client';
import { documentUse } from '../../../../analysis/documents/documentUse.ts';
import type { DocumentUse } from '../../../../analysis/documents/types.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useSoon } from '../../../../hooks/useSoon.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { DocumentLists, Span } from '../../../../model/types.ts';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';
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
            <Value value={query} field="query" id="documents.query" lines={6} />
          </div>
        </Section>
      )}
      {isRanked ? (
        <Section
          title={labels.ranking}
          tools={
            <span className="tv-aside">
              {labels.documentsKeptWords(format.count(input.length), format.count(output.length))}
            </span>
          }
        >
          <RankTable documents={documents} />
        </Section>
      ) : null}
      <Section
        title={labels.documents}
        count={format.count(found.length)}
        tools={use ? <span className="tv-aside">{reached(use, labels, format)}</span> : undefined}
      >
        {found.length === 0 ? (
          <p className="tv-faint">{labels.noDocuments}</p>
        ) : (
          <DocumentList documents={found} use={use} id={output.length > 0 ? 'documents.output' : 'documents.input'} />
        )}
      </Section>
      {isRanked ? (
        <Fold
          kept="documents before"
          id="documents.input"
          className="tv-message"
          summary={
            <>
              <b>{labels.before}</b>
              <span className="tv-faint">{format.count(input.length)}</span>
            </>
          }
        >
          <DocumentList documents={input} use={null} id="documents.input" />
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
