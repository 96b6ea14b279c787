'use client';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import type { ToolDefinition } from '../../../../model/types.ts';
import { KindGlyph } from '../../../parts/icons.tsx';
import { recordedText } from '../../../text/recordedText.tsx';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { ShownName } from '../ShownName.tsx';
import { Fold } from '../../values/Fold.tsx';
import { Value } from '../../values/Value.tsx';

/** The tools that a model could call: one line, behind it one line each, behind these description and schema. */
export function ToolDefinitions({ tools }: { readonly tools: readonly ToolDefinition[] }) {
  const { labels, format } = useTraceContext();
  if (tools.length === 0) return null;
  return (
    <Fold
      kept="tools"
      id="toolDefinitions"
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
          <span className="tv-aside">{format.count(tools.length)}</span>
        </>
      }
    >
      <WindowedList
        label={labels.tools}
        className="tv-tool-definitions"
        count={tools.length}
        estimate={28}
        id="toolDefinitions"
        idOf={idOf}
        renderEntry={(at) => <Definition tool={tools[at]!} id={idOf(at)} />}
      />
    </Fold>
  );
}

const idOf = (at: number): string => `toolDefinitions[${at}]`;

function Definition({ tool, id }: { readonly tool: ToolDefinition; readonly id: string }) {
  const { labels } = useTraceContext();
  return (
    <Fold
      id={id}
      className="tv-tool-definition"
      summary={
        <>
          <KindGlyph kind="tool" />
          <b>
            <ShownName id={`${id}.name`} text={tool.name} />
          </b>
          <span className="tv-preview">{recordedText(tool.description?.slice(0, 160) ?? '', true)}</span>
        </>
      }
    >
      {tool.description === undefined ? null : (
        <Value value={tool.description} field="description" id={`${id}.description`} lines={12} />
      )}
      {tool.parameters === undefined || tool.parameters === null ? (
        <p className="tv-faint">{labels.noSchema}</p>
      ) : (
        <Value value={tool.parameters} field="schema" id={`${id}.parameters`} lines={12} />
      )}
    </Fold>
  );
}
