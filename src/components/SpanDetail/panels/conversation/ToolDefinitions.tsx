'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { ToolDefinition } from '../../../../model/types.ts';
import { KindGlyph } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { Fold } from '../Fold.tsx';
import { LongText, Value } from '../LongText.tsx';

/** The tools that a model could call: one line, behind it one line each, behind these description and schema. */
export function ToolDefinitions({ tools }: { readonly tools: readonly ToolDefinition[] }) {
  const { labels, format } = useTraceContext();
  if (tools.length === 0) return null;
  return (
    <Fold
      id="tools"
      className="tv-message"
      summary={
        <>
          <b>{labels.tools}</b>
          <span className="tv-preview">
            {recordedText(
              tools
                .slice(0, 40)
                .map(({ name }) => name)
                .join(', '),
              true,
            )}
          </span>
        </>
      }
      aside={format.count(tools.length)}
    >
      {tools.map((tool, place) => (
        <Fold
          key={place}
          id={`tool ${tool.name}`}
          className="tv-tool-definition"
          summary={
            <>
              <KindGlyph kind="tool" />
              <b>
                <bdi>{recordedText(tool.name, true)}</bdi>
              </b>
              <span className="tv-preview">{recordedText(tool.description?.slice(0, 160) ?? '', true)}</span>
            </>
          }
        >
          {tool.description === undefined ? null : <LongText text={tool.description} first={1200} />}
          {tool.parameters === undefined || tool.parameters === null ? (
            <p className="tv-faint">{labels.noSchema}</p>
          ) : (
            <Value value={tool.parameters} first={1200} />
          )}
        </Fold>
      ))}
    </Fold>
  );
}
