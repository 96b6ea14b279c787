'use client';
import { useMemo } from 'react';
import { templateParts } from '../../../../analysis/values/templateParts.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { SpanContent } from '../../../../model/types.ts';
import { Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';

/** A longer template is shown as text: nobody reads its places one by one. */
const LONGEST = 40_000;

/** A prompt template with its places: which of its variables have a value and which have none. */
export function PromptPanel({ content: { promptTemplate } }: { readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const template = promptTemplate?.template ?? '';
  const variables = promptTemplate?.variables ?? NONE;
  const isLong = template.length > LONGEST;
  const { parts, unused } = useMemo(
    () => (isLong ? { parts: [], unused: [] } : templateParts(template, variables)),
    [isLong, template, variables],
  );
  if (!promptTemplate) return null;
  const places = parts.flatMap((part) => (part.type === 'variable' ? [part] : []));
  const unfilled = Array.from(new Set(places.flatMap(({ name, filled }) => (filled ? [] : [name]))));
  const names = Object.keys(variables);
  return (
    <>
      {template === '' ? null : (
        <Section
          title={labels.promptTemplate}
          tools={
            promptTemplate.version === undefined ? undefined : (
              <bdi className="tv-aside">{recordedText(promptTemplate.version.slice(0, 60))}</bdi>
            )
          }
        >
          {isLong ? (
            <Value value={template} field="template" view="text" />
          ) : (
            <div className="tv-text tv-mono tv-template" dir="auto">
              {parts.map((part, place) =>
                part.type === 'text' ? (
                  <span key={place}>{recordedText(part.text)}</span>
                ) : (
                  <span key={place} className="tv-place" data-state={part.filled ? 'filled' : 'unfilled'}>
                    {recordedText(part.written)}
                    {part.filled ? null : <span className="tv-visually-hidden"> {labels.unfilled}</span>}
                  </span>
                ),
              )}
            </div>
          )}
        </Section>
      )}
      {unfilled.length === 0 ? null : (
        <p className="tv-warn tv-unfilled">
          <Sign name="warning" size={11} />
          <span>
            {labels.unfilledVariables(unfilled.length, format.count(unfilled.length))}{' '}
            <bdi>{recordedText(unfilled.slice(0, 20).join(', '))}</bdi>
          </span>
        </p>
      )}
      {names.length === 0 ? null : (
        <Section title={labels.variables} count={format.count(names.length)}>
          <dl className="tv-variables">
            {names.slice(0, SHOWN).map((name) => (
              <div key={name}>
                <dt>
                  <bdi>{recordedText(name)}</bdi>
                  {template !== '' && !isLong && unused.includes(name) ? (
                    <span className="tv-faint">{labels.notInTemplate}</span>
                  ) : null}
                </dt>
                <dd>
                  <VariableValue value={new Map(Object.entries(variables)).get(name)} />
                </dd>
              </div>
            ))}
          </dl>
          {names.length > SHOWN ? <Value value={variables} field="variable" /> : null}
        </Section>
      )}
    </>
  );
}

const NONE: Readonly<Record<string, unknown>> = {};
const SHOWN = 60;

function VariableValue({ value }: { readonly value: unknown }) {
  const { labels } = useTraceContext();
  if (value === null || value === undefined || value === '') return <p className="tv-faint">{labels.noText}</p>;
  return <Value value={value} field="variable" lines={6} />;
}
