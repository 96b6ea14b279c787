'use client';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { Section } from '../../SpanDetail/values/Section.tsx';
import { Value } from '../../SpanDetail/values/Value.tsx';
import { Changes } from '../Changes.tsx';
import { Compared, OneSided } from '../Compared.tsx';
import type { PairContent, PairData } from '../types.ts';
import { Side } from '../sides.tsx';
import { MessagesDiff } from './MessagesDiff.tsx';

interface FlowPanelProps {
  readonly data: PairData;
  readonly side: 'input' | 'output';
  readonly unified: boolean;
}

/** What went in, or came out: messages, what a tool was called with and gave, or a text. */
export function FlowPanel({ data, side, unified }: FlowPanelProps) {
  const { labels } = useTraceContext();
  const { found, a, b } = data;
  if (!found) return null;
  const messages = found.messages?.[side] ?? [];
  if (messages.length > 0)
    return (
      <MessagesDiff
        messages={messages}
        a={a.content?.messages?.[side] ?? []}
        b={b.content?.messages?.[side] ?? []}
        unified={unified}
      />
    );
  const [from, to] = [valueOf(a, side), valueOf(b, side)];
  const only = a.span && b.span && (from.value === undefined || to.value === undefined);
  const tools = only ? (
    <span className="tv-aside">{labels.pairState(to.value === undefined ? 'removed' : 'added')}</span>
  ) : null;
  if (from.isStructure || to.isStructure) {
    const changes = side === 'input' ? found.toolArguments : found.toolResult;
    return (
      <Section title={side === 'input' ? labels.arguments : labels.result} tools={tools}>
        {from.value === undefined || to.value === undefined ? (
          <OneSided of={to.value === undefined ? 'a' : 'b'} value={from.value ?? to.value} field="result" />
        ) : changes.length === 0 ? (
          <Same value={to.value} />
        ) : (
          <Changes changes={changes} unified={unified} />
        )}
      </Section>
    );
  }
  const text = found[side];
  if (!text) return null;
  return (
    <Section title={labels[side]} tools={tools}>
      {from.value === undefined || to.value === undefined ? (
        <OneSided of={to.value === undefined ? 'a' : 'b'} value={from.value ?? to.value} field="payload" />
      ) : (
        <Compared text={text} whole={String(to.value)} field="payload" unified={unified} />
      )}
    </Section>
  );
}

/** What one side has, before any of it is compared. */
function valueOf(
  { content }: PairContent,
  side: 'input' | 'output',
): { readonly value: unknown; readonly isStructure: boolean } {
  const tool = side === 'input' ? content?.tool?.arguments : content?.tool?.result;
  return tool === undefined
    ? { value: content?.[side]?.text, isStructure: false }
    : { value: tool, isStructure: typeof tool === 'object' && tool !== null };
}

/** What is the same in both, once. */
function Same({ value }: { readonly value: unknown }) {
  const { labels } = useTraceContext();
  return (
    <>
      <p className="tv-faint tv-pair-note">{labels.sameInBoth}</p>
      <Side of="b">
        <Value value={value} field="result" lines={12} />
      </Side>
    </>
  );
}
