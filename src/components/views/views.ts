import type { ComponentType } from 'react';
import { hasCalls } from '../../analysis/graph/hasCalls.ts';
import { hasModelCalls } from '../../analysis/contextWindow/hasModelCalls.ts';
import { hasTalk } from '../../analysis/transcript/hasTalk.ts';
import type { Trace } from '../../model/types.ts';
import { askHost } from '../parts/Slot.tsx';

/** A way to look at a trace that stands in the main area beside the timeline. It is fetched when it is opened. */
export interface MainView {
  /** Part of addresses; its name stands in the labels. */
  readonly id: string;
  /** Whether it has anything to show. Asked of every trace that is opened, so it is cheap. */
  fits(trace: Trace): boolean;
  load(): Promise<ComponentType<object>>;
}

/** The views beside the timeline, in the order of their tabs. */
export const MAIN_VIEWS: readonly MainView[] = [
  {
    id: 'transcript',
    fits: hasTalk,
    load: async () => (await import('../TraceTranscript/TranscriptBody.tsx')).TranscriptBody,
  },
  {
    id: 'flame',
    fits: ({ spanCount }) => spanCount > 1,
    load: async () => (await import('../TraceFlameGraph/FlameBody.tsx')).FlameBody,
  },
  {
    id: 'graph',
    fits: hasCalls,
    load: async () => (await import('../AgentGraph/AgentGraphBody.tsx')).AgentGraphBody,
  },
  {
    id: 'context',
    fits: hasModelCalls,
    load: async () => (await import('../ContextWindow/ContextBody.tsx')).ContextBody,
  },
  {
    id: 'statistics',
    fits: ({ spanCount }) => spanCount > 1,
    load: async () => (await import('../TraceStatistics/StatisticsBody.tsx')).StatisticsBody,
  },
];

/** Those that fit a trace; of one that breaks when it is looked at, none. */
export const viewsFor = (trace: Trace): readonly MainView[] =>
  MAIN_VIEWS.filter(({ fits }) => askHost(() => fits(trace), false));

export const TIMELINE = 'timeline';
