'use client';
import { useMemo } from 'react';
import { agentTurns } from '../../../../analysis/amounts/agentTurns.ts';
import { ledger } from '../../../../analysis/amounts/ledger.ts';
import { useTraceContext } from '../../../../hooks/context/TraceContext.ts';
import { useTrace } from '../../../../hooks/useTrace.ts';
import type { Payload, Span, SpanContent, Trace } from '../../../../model/types.ts';
import { ERROR_STATUS } from '../../../../model/codes.ts';
import { Facts } from '../Facts.tsx';
import { Value } from '../../values/Value.tsx';
import { Section } from '../../values/Section.tsx';
import { StepList } from './StepList.tsx';

/** What an agent or a chain was to do, what it did step by step, what came of it, and how much that was. */
export function ChildSteps({ span, content }: { readonly span: Span; readonly content: SpanContent }) {
  const { labels, format } = useTraceContext();
  const trace = useTrace();
  const index = trace && span.index < trace.spanCount ? span.index : null;
  const steps = useMemo(() => (trace && index !== null ? childrenOf(trace, index) : []), [trace, index]);
  const totals = useMemo(() => (trace && index !== null ? totalsOf(trace, index) : null), [trace, index]);
  if (!trace || !totals || index === null) return null;
  const { cost } = ledger(trace).subtree(index);
  const turns = agentTurns(trace)[index]!;
  return (
    <>
      <Goal title={labels.goal} payload={content.input} messages={content.messages?.input} last />
      <Section title={labels.steps} count={format.count(steps.length)}>
        <StepList trace={trace} label={labels.steps} steps={steps} since={trace.columns.start[index]!} />
      </Section>
      <Goal title={labels.result} payload={content.output} messages={content.messages?.output} />
      <Section title={labels.inside}>
        <Facts
          facts={[
            [labels.spans, format.count(span.descendantCount)],
            ...(turns > 0 ? [[labels.turn, format.count(turns)] as const] : []),
            ...totals.kinds.map(([kind, count]) => [labels.kind(kind), format.count(count)] as const),
            ...(totals.failed > 0 ? [[labels.errors, format.count(totals.failed)] as const] : []),
            ...(cost.total === null ? [] : [[labels.cost, format.exactMoney(cost.total, cost.currency)] as const]),
          ]}
        />
      </Section>
    </>
  );
}

/** What was asked for, or answered: the last message where there are messages, else what stands there. */
function Goal({
  title,
  payload,
  messages,
  last = false,
}: {
  readonly title: string;
  readonly payload: Payload | null;
  readonly messages: NonNullable<SpanContent['messages']>['input'] | undefined;
  readonly last?: boolean;
}) {
  const asked = messages
    ?.filter(({ role }) => !last || role === 'user')
    .at(-1)
    ?.parts.flatMap((part) => (part.type === 'text' && part.text !== '' ? [part.text] : []))
    .join('\n\n');
  if (asked !== undefined && asked !== '')
    return (
      <Section title={title}>
        <Value value={asked} field="message" lines={6} />
      </Section>
    );
  if (!payload || payload.text === '') return null;
  const structured = /^\s*[[{]/.test(payload.text) && payload.text.length < 200_000 ? payload.json() : undefined;
  return (
    <Section title={title}>
      <Value value={structured === undefined ? payload.text : structured} field="payload" lines={6} />
    </Section>
  );
}

function childrenOf({ columns: { subtreeEnd } }: Trace, index: number): readonly number[] {
  const children: number[] = [];
  for (let child = index + 1; child < subtreeEnd[index]!; child = subtreeEnd[child]!) children.push(child);
  return children;
}

/** What kinds of steps are inside, most first, and how many failed. */
function totalsOf(
  { columns: { subtreeEnd, kind, kinds, status } }: Trace,
  index: number,
): { readonly kinds: readonly (readonly [kind: string, count: number])[]; readonly failed: number } {
  const counts = new Uint32Array(kinds.length);
  let failed = 0;
  for (let at = index + 1; at < subtreeEnd[index]!; at += 1) {
    counts[kind[at]!]! += 1;
    if (status[at] === ERROR_STATUS) failed += 1;
  }
  return {
    kinds: Array.from(counts, (count, code) => [kinds[code]!, count] as const)
      .filter(([each, count]) => count > 0 && each !== 'span')
      .sort(([, a], [, b]) => b - a),
    failed,
  };
}
