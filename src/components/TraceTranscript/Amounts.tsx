'use client';
import { ledger } from '../../analysis/amounts/ledger.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import type { Span, Trace } from '../../model/types.ts';

interface AmountsProps {
  readonly trace: Trace;
  readonly span: Span;
  /** With all that is below it. */
  readonly whole?: boolean;
}

/** Time, tokens and cost of a step, as far as they are known, at the side. */
export function Amounts({ trace, span, whole = false }: AmountsProps) {
  const { labels, format } = useTraceContext();
  const below = whole ? ledger(trace).subtree(span.index) : null;
  const tokens = (below?.usage ?? span.usage)?.total ?? null;
  const cost = below?.cost ?? span.cost;
  const facts: (readonly [name: string, value: string])[] = [
    ...(tokens === null || tokens === 0 ? [] : [[labels.tokens, format.tokens(tokens)] as const]),
    ...(cost && cost.total !== null && cost.total > 0
      ? [[labels.cost, format.money(cost.total, cost.currency)] as const]
      : []),
    ...(Number.isNaN(span.duration) || trace.timeBasis === 'step'
      ? []
      : [[labels.duration, format.duration(span.duration)] as const]),
  ];
  return (
    <span className="tv-talk-amounts">
      {facts.map(([name, value]) => (
        <span key={name} title={name}>
          <span className="tv-visually-hidden">{name} </span>
          {value}
          {name === labels.tokens ? <small aria-hidden="true"> tok</small> : null}
        </span>
      ))}
    </span>
  );
}
