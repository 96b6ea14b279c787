'use client';
import { useMemo } from 'react';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import { ownValue } from '../../../../model/ownValue.ts';
import type { AttributeValue, Span, SpanContent, Trace } from '../../../../model/types.ts';
import { traceFacts } from '../../../../analysis/traces/traceFacts.ts';
import { recordedText } from '../../../text/recordedText.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { Section } from '../../values/Section.tsx';
import { AttributeTable } from './AttributeTable.tsx';
import { Scores } from './Scores.tsx';

const ENVIRONMENT = [
  'environment',
  'deployment.environment.name',
  'deployment.environment',
  'langfuse.environment',
  'env',
];
const RELEASE = ['release', 'langfuse.release', 'service.version', 'revision', 'git.commit'];

/** What is known of the trace as a whole: who, where, which version; scores, tags and metadata. */
export function TracePanel({ content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const trace = useTrace();
  const metadata = useMemo(
    () => new Map(Object.entries(trace?.metadata ?? {})) as ReadonlyMap<string, AttributeValue>,
    [trace],
  );
  if (!trace) return null;
  return (
    <>
      <dl className="tv-trace-facts">
        {factsOf(trace, content, labels, format).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{recordedText(value)}</bdi>
              <CopyButton label={labels.copyValueOf(name)} text={() => value} />
            </dd>
          </div>
        ))}
      </dl>
      {trace.tags.length === 0 ? null : (
        <Section title={labels.tags}>
          <ul className="tv-tags">
            {trace.tags.slice(0, 200).map((tag, place) => (
              <li key={place} className="tv-badge">
                <bdi>{recordedText(tag.slice(0, 120))}</bdi>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={labels.scores} count={format.count(trace.scores.length)}>
        {trace.scores.length === 0 ? <p className="tv-faint">{labels.noScores}</p> : <Scores scores={trace.scores} />}
      </Section>
      {metadata.size === 0 ? null : (
        <Section title={labels.metadataTitle} count={format.count(metadata.size)}>
          <AttributeTable attributes={metadata} />
        </Section>
      )}
    </>
  );
}

type Words = ReturnType<typeof useTraceContext>;

function factsOf(
  trace: Trace,
  { attributes, resource }: SpanContent,
  labels: Words['labels'],
  format: Words['format'],
): readonly (readonly [name: string, value: string])[] {
  const read = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = ownValue(trace.metadata, name) ?? attributes.get(name) ?? resource.get(name);
      if (typeof value === 'string' && value !== '') return value;
    }
    return undefined;
  };
  const facts: readonly (readonly [string, string | undefined])[] = [
    [labels.traceIdTitle, trace.traceId],
    [labels.start, format.zonedTime(trace.originUnixNano)],
    [labels.sessionColumn, trace.sessionId],
    [labels.userColumn, trace.userId],
    [labels.environment, read(ENVIRONMENT)],
    [labels.release, read(RELEASE)],
    [labels.services, traceFacts(trace).services.join(', ') || undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
