'use client';
import { definitionOf } from '../../../../analysis/conversation/definitionOf.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useSoon } from '../../../../hooks/useSoon.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { Span, SpanContent } from '../../../../model/types.ts';
import { Arguments } from '../Arguments.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Jump } from '../Jump.tsx';
import { Value } from '../../values/Value.tsx';
import { Result } from '../Result.tsx';
import type { TextAbout } from '../../values/ShownText.tsx';
import { Section } from '../../values/Section.tsx';

const INPUT: TextAbout = { section: 'input' };
const OUTPUT: TextAbout = { section: 'output' };

/** What a tool was called with and what it gave back; how the model was told to call it. */
export function ToolPanel({ span, content: { tool, output } }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const trace = useTrace();
  const name = tool?.name ?? span.name;
  const found = useSoon(
    (signal) => (trace ? definitionOf(trace, span.index, name, { signal }) : null),
    [trace, span.index, name],
  );
  if (!tool) return null;
  const description = tool.description ?? found?.definition.description;
  const size = typeof tool.result === 'string' ? tool.result.length : null;
  return (
    <>
      {description === undefined ? null : (
        <div className="tv-description">
          <Value value={description} field="description" id="tool.description" lines={4} />
        </div>
      )}
      {tool.arguments === undefined ? null : (
        <Section title={labels.arguments}>
          <Arguments value={tool.arguments} id="tool.arguments" about={INPUT} />
        </Section>
      )}
      {tool.result === undefined ? null : (
        <Section
          title={labels.result}
          tools={
            size === null ? undefined : <span className="tv-aside">{labels.characters(size, format.count(size))}</span>
          }
        >
          {tool.result === '' || tool.result === null ? (
            <p className="tv-faint">{labels.emptyResult}</p>
          ) : (
            <Result value={tool.result} id="tool.result" about={OUTPUT} />
          )}
        </Section>
      )}
      {tool.result === undefined && !output && span.status !== 'error' ? (
        <p className="tv-faint tv-no-answer">{labels.noResult}</p>
      ) : null}
      {found ? (
        <Fold
          kept="schema"
          className="tv-message"
          summary={<b>{labels.schema}</b>}
          aside={
            <span className="tv-aside">
              {labels.toldIn} <Jump to={found.call} />
            </span>
          }
        >
          {found.definition.parameters === undefined || found.definition.parameters === null ? (
            <p className="tv-faint">{labels.noSchema}</p>
          ) : (
            <Value value={found.definition.parameters} field="schema" lines={20} />
          )}
        </Fold>
      ) : null}
    </>
  );
}
