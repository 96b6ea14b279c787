'use client';
import { useMemo } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { Embedding, Span } from '../../../../model/types.ts';
import { Facts } from '../Facts.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';
import { vectorFacts, VectorStrip } from './VectorStrip.tsx';

/** More are a list that nobody reads; how many there are is said. */
const SHOWN = 50;

/** Texts that became vectors: by which model, how many numbers each, and a look at the first of these. */
export function EmbeddingPanel({
  span,
  embeddings,
}: {
  readonly span: Span;
  readonly embeddings: readonly Embedding[];
}) {
  const { labels, format } = useTraceContext();
  return (
    <>
      <Facts
        facts={[
          ...(span.model === null ? [] : [[labels.modelColumn, span.model] as const]),
          ...(embeddings.length > 1 ? [[labels.embeddings, format.count(embeddings.length)] as const] : []),
        ]}
      />
      {embeddings.slice(0, SHOWN).map((embedding, place) => (
        <EmbeddingView
          key={place}
          embedding={embedding}
          place={place}
          number={embeddings.length > 1 ? place + 1 : null}
        />
      ))}
      {embeddings.length > SHOWN ? (
        <p className="tv-faint">
          {labels.notListed(embeddings.length - SHOWN, format.count(embeddings.length - SHOWN))}
        </p>
      ) : null}
    </>
  );
}

function EmbeddingView({
  embedding,
  place,
  number,
}: {
  readonly embedding: Embedding;
  readonly place: number;
  readonly number: number | null;
}) {
  const { labels, format } = useTraceContext();
  const vector = useMemo(() => {
    try {
      return embedding.vector();
    } catch {
      return null;
    }
  }, [embedding]);
  const norm = useMemo(() => (vector ? vectorFacts(vector).norm : null), [vector]);
  const dimensions = embedding.dimensions ?? vector?.length;
  return (
    <Section
      title={number === null ? labels.embeddedText : `${labels.embeddedText} ${format.count(number)}`}
      tools={
        <span className="tv-aside">
          {dimensions === undefined ? null : `${format.count(dimensions)} ${labels.dimensions}`}
          {norm === null ? null : ` · ${labels.norm} ${Number(norm.toPrecision(4))}`}
        </span>
      }
    >
      {embedding.text === undefined ? (
        <p className="tv-faint">{labels.noText}</p>
      ) : (
        <div className="tv-code">
          <Value value={embedding.text} field="text" id={`embeddings[${place}].text`} lines={6} />
        </div>
      )}
      {vector && vector.length > 0 ? <VectorStrip vector={vector} /> : null}
    </Section>
  );
}
