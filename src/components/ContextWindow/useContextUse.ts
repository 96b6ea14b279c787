'use client';
import { useContext, useState } from 'react';
import { contextWindow } from '../../analysis/contextWindow/contextWindow.ts';
import type { AgentContext } from '../../analysis/contextWindow/types.ts';
import { modelFacts, type PriceTable } from '../../conventions/prices.ts';
import { HostLookContext } from '../../hooks/context/HostLookContext.ts';
import { useSoon } from '../../hooks/useSoon.ts';
import type { Trace } from '../../model/types.ts';

export interface ReadContext {
  readonly of: Trace;
  readonly agents: readonly AgentContext[];
}

/** Who goes to another view and back does not wait again. */
const known = new WeakMap<Trace, { readonly prices: PriceTable | undefined; readonly read: ReadContext }>();

/** The windows of a trace; of one that goes on those of its last state until the new ones are read. Null before. */
export function useContextUse(trace: Trace | null): ReadContext | null {
  const { prices } = useContext(HostLookContext);
  const now = useSoon<ReadContext | null>(
    (signal) => {
      const found = trace && known.get(trace);
      if (found && found.prices === prices) return found.read;
      return trace && read(trace, prices, signal);
    },
    [trace, prices],
  );
  const [last, setLast] = useState(now);
  if (now && now !== last) setLast(now);
  return now ?? (last?.of.key === trace?.key ? last : null);
}

async function read(trace: Trace, prices: PriceTable | undefined, signal: AbortSignal): Promise<ReadContext> {
  const { agents } = await contextWindow(trace, {
    signal,
    ...(prices
      ? {
          modelFacts: (model: string, provider: string | null, input: number | null) =>
            modelFacts(model, provider, prices, input),
        }
      : {}),
  });
  const made = { of: trace, agents };
  known.set(trace, { prices, read: made });
  return made;
}
