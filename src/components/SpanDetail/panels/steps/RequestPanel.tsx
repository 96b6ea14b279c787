'use client';
import { useMemo } from 'react';
import { requestFacts } from '../../../../conventions/steps/requestFacts.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { SpanContent } from '../../../../model/types.ts';
import { Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';

/** A request to another service or a store: what it did to what, how that went, and the text of its query. */
export function RequestPanel({ content }: { readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  const request = useMemo(() => requestFacts(content.attributes), [content]);
  if (!request) return <p className="tv-faint tv-no-answer">{labels.noRequest}</p>;
  const { operation, target, address, status, statement, facts } = request;
  return (
    <>
      <div className="tv-request">
        {operation === null ? null : <b>{recordedText(operation.slice(0, 80))}</b>}
        <bdi>{recordedText(target ?? address ?? '')}</bdi>
        {status ? (
          <span className="tv-pill" data-tone={status.failed ? 'error' : 'ok'}>
            <Sign name={status.failed ? 'error' : 'check'} size={11} />
            {recordedText(status.code.slice(0, 40))}
          </span>
        ) : null}
      </div>
      {statement === null ? null : (
        <Section title={labels.statement}>
          <div className="tv-code">
            <Value value={statement} field="statement" view="code" />
          </div>
        </Section>
      )}
      <dl className="tv-arguments tv-request-facts">
        {target !== null && address !== null ? (
          <div>
            <dt>{labels.address}</dt>
            <dd>
              <bdi>{recordedText(address.slice(0, 400))}</bdi>
            </dd>
          </div>
        ) : null}
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{recordedText(value.slice(0, 400))}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
