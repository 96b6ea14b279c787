'use client';
import { useMemo } from 'react';
import { templateParts } from '../../../../analysis/values/templateParts.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { SpanContent } from '../../../../model/types.ts';
import { Sign } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Value } from '../../values/Value.tsx';
import { useReveal } from '../../../../hooks/context/FindContext.ts';
import { ShownText } from '../../values/ShownText.tsx';
import { Section } from '../../values/Section.tsx';

/** A longer template is shown as text: nobody reads its places one by one. */
const LONGEST = 40_000;

/** A prompt template with its places: which of its variables have a value and which have none. */
export function PromptPanel({ content: { promptTemplate } }: { readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const reveal = useReveal('promptTemplate.template');
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
            <Value value={template} field="template" id="promptTemplate.template" view="text" />
          ) : (
            <div className="tv-text tv-mono tv-template" dir="auto">
              {parts.map((part, place) =>
                part.type === 'text' ? (
                  <ShownText
                    key={place}
                    text={part.text}
                    reveal={reveal}
                    at={reveal ? reveal.match.range[0] - part.from : undefined}
                  />
                ) : (
                  <span key={place} className="tv-place" data-state={part.filled ? 'filled' : 'unfilled'}>
                    <ShownText
                      text={part.written}
                      reveal={reveal}
                      at={reveal ? reveal.match.range[0] - part.from : undefined}
                    />
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
          <Value value={variables} field="variables" id="promptTemplate.variables" />
          {unused.length === 0 || template === '' || isLong ? null : (
            <p className="tv-faint tv-unfilled">
              {labels.notInTemplate} <bdi>{recordedText(unused.slice(0, 20).join(', '))}</bdi>
            </p>
          )}
        </Section>
      )}
    </>
  );
}

const NONE: Readonly<Record<string, unknown>> = {};
