'use client';
import { useMemo, useState } from 'react';
import { placeOfDifference } from '../../analysis/contextWindow/placeOfDifference.ts';
import type { AgentContext, ContextCall } from '../../analysis/contextWindow/types.ts';
import { contentOf } from '../../analysis/query/match/matchQuery.ts';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTrace } from '../../hooks/useTrace.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import type { Trace } from '../../model/types.ts';
import type { TraceStore } from '../../store/createTraceStore.ts';
import { plainText } from '../text/recordedText.tsx';
import { useLaterLabels } from '../TraceFindings/useLaterLabels.ts';
import { BreakList } from './BreakList.tsx';
import { CallFacts } from './CallFacts.tsx';
import { CallTable } from './CallTable.tsx';
import { ContextChart } from './ContextChart.tsx';
import { ContextHead } from './ContextHead.tsx';
import { MapKey } from './MapKey.tsx';
import { useContextUse } from './useContextUse.ts';

/** The windows of the agents, once they are read. */
export function ContextBody() {
  const words = useLaterLabels();
  const context = useContextUse(useTrace());
  const { store } = useTraceContext();
  const chosen = useTraceStore((state) => state.contextAgent);
  const selected = useTraceStore((state) => state.selectedSpan);
  const agents = context?.agents ?? [];
  const agent =
    agents.find(({ key }) => chosen !== null && (key ?? '') === chosen) ??
    agents.find(({ calls }) => calls.some(({ key }) => key === selected)) ??
    agents[0];
  return (
    <div className="tv-context" data-state={context ? 'ready' : 'reading'} aria-busy={context === null}>
      {context && agent ? (
        <AgentWindow
          key={agent.key ?? ''}
          trace={context.of}
          agents={agents}
          agent={agent}
          onAgent={store.actions.showContextOf}
        />
      ) : (
        <p className="tv-transcript-note">{context ? words.contextEmpty : words.contextReading}</p>
      )}
    </div>
  );
}

interface AgentWindowProps {
  readonly trace: Trace;
  readonly agents: readonly AgentContext[];
  readonly agent: AgentContext;
  onAgent(key: string): void;
}

function AgentWindow({ trace, agents, agent, onAgent }: AgentWindowProps) {
  const { store } = useTraceContext();
  const words = useLaterLabels();
  const { calls, peak } = agent;
  const selectedSpan = useTraceStore((state) => state.selectedSpan);
  const places = useMemo(() => new Map(calls.map(({ key }, place) => [key, place])), [calls]);
  const selected = (selectedSpan === null ? undefined : places.get(selectedSpan)) ?? null;
  /** Where the keyboard is; what is selected elsewhere takes it along. */
  const [at, setAt] = useState<{ readonly place: number; readonly of: number | null } | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const place = Math.min((at?.of === selected ? at.place : null) ?? selected ?? Math.max(peak, 0), calls.length - 1);
  const select = (to: number): void => {
    const call = calls[to]!;
    setAt({ place: to, of: to });
    store.actions.select(call.key);
    if (call.cache.difference) void showDifference(trace, call, store);
  };
  const name = agent.name === null ? words.contextNoAgent : plainText(agent.name);
  return (
    <>
      <ContextHead agents={agents} agent={agent} onAgent={onAgent} />
      <div className="tv-context-main">
        <div>
          <ContextChart
            agent={agent}
            name={words.contextOf(name)}
            place={place}
            selected={selected}
            hovered={hovered}
            onHover={setHovered}
            onPlace={(to) => setAt({ place: to, of: selected })}
            onSelect={select}
          />
          <MapKey agent={agent} />
        </div>
        <CallFacts trace={trace} agent={agent} place={hovered ?? place} onSelect={select} />
      </div>
      <BreakList agent={agent} selected={selected} onSelect={select} />
      <CallTable agent={agent} name={words.contextOf(name)} />
    </>
  );
}

/** The details open at the difference, as far as its place is known. */
async function showDifference(
  trace: Trace,
  { key, index, cache }: ContextCall,
  { actions, getState }: TraceStore,
): Promise<void> {
  actions.showPanel('messages');
  const content = await contentOf(trace, index);
  const place = content && cache.difference && placeOfDifference(content, cache.difference);
  if (place && getState().selectedSpan === key) actions.lookInside(key, place.source, place.offset, place.words);
}
