import type { ReactNode } from 'react';
import { editsIn, editsInMessages } from '../../analysis/diff/pair/diffLines.ts';
import type { MessageComparison } from '../../analysis/diff/pair/types.ts';
import type { Format } from '../../format.ts';
import type { Labels } from '../../labels.ts';
import type { SpanContent } from '../../model/types.ts';
import { DocumentsPanel, documentsOf } from './panels/DocumentsPanel.tsx';
import { FlowPanel } from './panels/FlowPanel.tsx';
import { AttributesPanel, ParametersPanel, ToolsPanel } from './panels/FieldPanels.tsx';
import { RawPanel } from './panels/RawPanel.tsx';
import type { PairData } from './types.ts';

export interface PairPanel {
  readonly id: string;
  title(data: PairData): string;
  /** Whether it has something to show. */
  match(data: PairData): boolean;
  /** How much of it differs; null where nothing does, and while that is not known. */
  note(data: PairData): string | null;
  /** Whether it shows what was recorded, not what it means: it is not shown first because of a difference. */
  readonly isRecord?: boolean;
  render(data: PairData, unified: boolean): ReactNode;
}

/** The tabs of a pair, in their order. */
export function pairPanels(labels: Labels, format: Format): readonly PairPanel[] {
  /** Of a row with one span nothing is a difference: all of it is there or not. */
  const counted = ({ a, b }: PairData, count: number): string | null =>
    count === 0 || !a.span || !b.span ? null : format.count(count);
  const has =
    (ask: (content: SpanContent) => boolean) =>
    ({ a, b }: PairData): boolean =>
      (a.content !== null && ask(a.content)) || (b.content !== null && ask(b.content));
  return [
    {
      id: 'input',
      title: ({ a, b }) => ((b.span ?? a.span)?.kind === 'llm' ? labels.promptTab : labels.input),
      match: has(
        ({ messages, input, tool }) =>
          (messages?.input.length ?? 0) > 0 || input !== null || tool?.arguments !== undefined,
      ),
      note: (data) => flowNote(data, 'input', labels, format),
      render: (data, unified) => <FlowPanel data={data} side="input" unified={unified} />,
    },
    {
      id: 'output',
      title: () => labels.output,
      match: has(
        ({ messages, output, tool }) =>
          (messages?.output.length ?? 0) > 0 || output !== null || tool?.result !== undefined,
      ),
      note: (data) => (flowNote(data, 'output', labels, format) === null ? null : labels.changedValue),
      render: (data, unified) => <FlowPanel data={data} side="output" unified={unified} />,
    },
    {
      id: 'documents',
      title: () => labels.documents,
      match: has(({ documents }) => documents !== null && documents.input.length + documents.output.length > 0),
      note: (data) => counted(data, documentsOf(data.found).filter(({ op }) => op !== 'same').length),
      render: (data) => <DocumentsPanel data={data} />,
    },
    {
      id: 'tools',
      title: () => labels.tools,
      match: has(({ toolDefinitions }) => toolDefinitions.length > 0),
      note: (data) => counted(data, data.found?.toolDefinitions.length ?? 0),
      render: (data, unified) => <ToolsPanel data={data} unified={unified} />,
    },
    {
      id: 'parameters',
      title: () => labels.parameters,
      match: has(({ parameters }) => Object.keys(parameters).length > 0),
      note: (data) => counted(data, data.found?.parameters.length ?? 0),
      render: (data, unified) => <ParametersPanel data={data} unified={unified} />,
    },
    {
      id: 'attributes',
      title: () => labels.attributes,
      match: has(({ attributes }) => attributes.size > 0),
      note: (data) => counted(data, data.found?.attributes.length ?? 0),
      isRecord: true,
      render: (data, unified) => <AttributesPanel data={data} unified={unified} />,
    },
    {
      id: 'raw',
      title: () => labels.raw,
      match: has(({ raw }) => raw.length > 0),
      note: () => null,
      isRecord: true,
      render: (data, unified) => <RawPanel data={data} unified={unified || !data.a.span || !data.b.span} />,
    },
  ];
}

/** Edits where they can be counted; a word where only one side says anything, or all of it differs. */
function flowNote({ found, a, b }: PairData, side: 'input' | 'output', labels: Labels, format: Format): string | null {
  if (!found || !a.span || !b.span) return null;
  const messages = found.messages?.[side] ?? [];
  const text = found[side];
  if (messages.length > 0) {
    const edits = editsInMessages(messages);
    if (edits === 0) return null;
    return messages.some(isCoarse) ? labels.changedValue : labels.edits(edits, format.count(edits));
  }
  const structure = side === 'input' ? found.toolArguments : found.toolResult;
  const edits = structure.length > 0 ? structure.length : editsIn(text?.parts ?? []);
  if (edits === 0 || text?.equality === 'equal') return null;
  return text && text.level !== 'word' ? labels.changedValue : labels.edits(edits, format.count(edits));
}

const isCoarse = ({ text }: MessageComparison): boolean => text !== null && text.level !== 'word';
