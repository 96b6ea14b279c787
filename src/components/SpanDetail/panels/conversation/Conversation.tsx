'use client';
import { useMemo, useRef } from 'react';
import { newInCall } from '../../../../analysis/conversation/newInCall.ts';
import { toolPairs } from '../../../../analysis/conversation/toolPairs.ts';
import { toolRuns } from '../../../../analysis/conversation/toolRuns.ts';
import { useReveal } from '../../../../hooks/context/FindContext.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useBrowserLayoutEffect } from '../../../../hooks/useBrowserLayoutEffect.ts';
import { useSoon } from '../../../../hooks/useSoon.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import { conversationItems } from '../../../../layout/conversation/conversationItems.ts';
import type { Span, SpanContent } from '../../../../model/types.ts';
import type { WindowedListRef } from '../../../parts/WindowedList.tsx';
import { bringAnswerIntoView } from './bringAnswerIntoView.ts';
import { CallContext, NO_RUNS } from './CallContext.ts';
import { ConversationList } from './ConversationList.tsx';
import { Parameters } from './Parameters.tsx';
import { ToolDefinitions } from './ToolDefinitions.tsx';

const NONE = { input: [], output: [] } as const;

/**
 * The conversation that a model saw, and what it answered. It opens at what is new in this call and at the answer; what
 * was sent before is one press away.
 */
export function Conversation({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels } = useTraceContext();
  const trace = useTrace();
  const messages = content.messages ?? NONE;
  const pairs = useMemo(() => toolPairs(messages), [messages]);
  const { index } = span;
  /** Of a trace that grows, nothing of a message goes away to come again. */
  const kept = trace?.live ? span.key : undefined;
  const delta = useSoon((signal) => (trace ? newInCall(trace, index, { signal }) : null), [trace, index], kept);
  const runs = useSoon(
    (signal) => (trace ? toolRuns(trace, index, messages, { signal }) : NO_RUNS),
    [trace, index, messages],
    kept,
  );
  const items = useMemo(() => conversationItems(messages, pairs, delta), [messages, pairs, delta]);
  const call = useMemo(() => ({ messages, pairs, runs: runs ?? NO_RUNS, delta }), [messages, pairs, runs, delta]);
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<WindowedListRef>(null);
  const hasAnswer = messages.output.length > 0;
  // Who wants to see a place in it is not led to the answer.
  const isLed = [useReveal('messages'), useReveal('toolDefinitions')].some((found) => found !== null);
  useBrowserLayoutEffect(
    () =>
      frame.current && hasAnswer && !isLed
        ? bringAnswerIntoView(frame.current, () => list.current?.scrollTo(Infinity, 'start'))
        : undefined,
    [messages, hasAnswer, isLed],
  );
  return (
    <CallContext.Provider value={call}>
      <Parameters parameters={content.parameters} toolsAreShown={content.toolDefinitions.length > 0} />
      <ToolDefinitions tools={content.toolDefinitions} />
      <div ref={frame} className="tv-conversation">
        <ConversationList ref={list} items={items} />
        {hasAnswer || span.status === 'error' ? null : <p className="tv-faint tv-no-answer">{labels.noAnswer}</p>}
      </div>
    </CallContext.Provider>
  );
}
