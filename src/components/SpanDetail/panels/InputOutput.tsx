'use client';
import type { ReactNode } from 'react';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Document, Payload, Span, SpanContent } from '../../../model/types.ts';
import { recordedText } from '../../text/recordedText.tsx';
import { Facts } from './Facts.tsx';
import { LongText, Value } from './LongText.tsx';

/** What went in and what came out, in the form that suits the step: tool, documents, template, or plain. */
export function InputOutput({ content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const { tool, documents, promptTemplate, embeddings, input, output } = content;
  return (
    <>
      {promptTemplate ? (
        <>
          <Section title={labels.promptTemplate}>
            <LongText text={promptTemplate.template} mono />
          </Section>
          <Section title={labels.variables}>
            <Value value={promptTemplate.variables} />
          </Section>
        </>
      ) : null}
      {tool?.description === undefined ? null : (
        <p className="tv-description" dir="auto">
          {recordedText(tool.description)}
        </p>
      )}
      {documents?.query === undefined ? null : (
        <Section title={labels.query}>
          <LongText text={documents.query} />
        </Section>
      )}
      {documents && documents.input.length > 0 ? (
        <Section title={`${labels.before} · ${format.count(documents.input.length)}`}>
          <Documents documents={documents.input} />
        </Section>
      ) : null}
      {documents && documents.output.length > 0 ? (
        <Section
          title={`${documents.input.length > 0 ? labels.after : labels.documents} · ${format.count(documents.output.length)}`}
        >
          <Documents documents={documents.output} />
        </Section>
      ) : null}
      {embeddings.map(({ text, dimensions }, place) => (
        <Section key={place} title={labels.embeddings}>
          {dimensions === undefined ? null : <Facts facts={[[labels.dimensions, format.count(dimensions)]]} />}
          {text === undefined ? null : <LongText text={text} />}
        </Section>
      ))}
      {tool?.arguments === undefined ? null : (
        <Section title={labels.arguments}>
          <Value value={tool.arguments} />
        </Section>
      )}
      {tool?.result === undefined ? null : (
        <Section title={labels.result}>
          <Value value={tool.result} />
        </Section>
      )}
      {tool?.arguments !== undefined || documents || embeddings.length > 0 ? null : (
        <PayloadSection title={labels.input} payload={input} />
      )}
      {tool?.result !== undefined || documents || embeddings.length > 0 ? null : (
        <PayloadSection title={labels.output} payload={output} />
      )}
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="tv-section">
      <h4>{title}</h4>
      {children}
    </section>
  );
}

/** JSON is opened when its type says so or it looks like it; a value that is no JSON stays as it was recorded. */
function PayloadSection({ title, payload }: { readonly title: string; readonly payload: Payload | null }) {
  if (!payload) return null;
  const structured =
    payload.mimeType === 'application/json' || /^\s*[[{]/.test(payload.text) ? payload.json() : undefined;
  return (
    <Section title={title}>
      <Value value={structured === undefined ? payload.text : structured} />
    </Section>
  );
}

function Documents({ documents }: { readonly documents: readonly Document[] }) {
  const best = Math.max(...documents.slice(0, 1000).map(({ score }) => score ?? 0));
  return (
    <ol className="tv-documents">
      {documents.map(({ id, content, score, metadata }, place) => (
        <li key={place}>
          <header>
            <b>
              <bdi>{recordedText(id ?? titleOf(metadata) ?? `#${place + 1}`)}</bdi>
            </b>
            {score === undefined ? null : <span className="tv-aside">{Number(score.toFixed(4))}</span>}
          </header>
          {score === undefined || best <= 0 ? null : (
            <i
              className="tv-score"
              style={{ width: `${Math.max(0, Math.min(1, score / best)) * 100}%` }}
              aria-hidden="true"
            />
          )}
          {content === undefined ? null : <LongText text={content} first={280} />}
        </li>
      ))}
    </ol>
  );
}

function titleOf(metadata: unknown): string | undefined {
  if (metadata === null || typeof metadata !== 'object') return undefined;
  const { title, source } = metadata as { readonly title?: unknown; readonly source?: unknown };
  return typeof title === 'string' ? title : typeof source === 'string' ? source : undefined;
}
