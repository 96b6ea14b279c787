'use client';
import { useMemo, useState } from 'react';
import type { Steps } from '../../../analysis/steps.ts';
import { findInPanel, stepMatch } from '../../../analysis/values/findInPanel.ts';
import { queryFinder, wordsFinder } from '../../../analysis/values/finder.ts';
import { jsonPath } from '../../../analysis/values/jsonPath.ts';
import type { PanelMatches, PanelSource } from '../../../analysis/values/types.ts';
import { createReveal, type FindInDetail, type Reveal } from '../../../hooks/context/FindContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { useSteps } from '../values/useSteps.ts';
import { panelSources } from './panelSources.ts';
import type { PanelText } from '../../../hooks/context/HostLookContext.ts';

/** What a panel has to be looked through: its id and what it shows, made when it is asked for. */
export interface FoundPanel {
  readonly id: string;
  texts(): Iterable<PanelText>;
}

/** Find in the details: in the panel that is shown, with how many matches there are in the others. */
export interface DetailFind extends FindInDetail {
  /** What was typed; nothing = what the search of the viewer looks for. */
  readonly typed: string;
  type(text: string): void;
  /** Undefined while it is looked for. */
  readonly matches: PanelMatches | undefined;
  /** Place of the match that is looked at. */
  readonly current: number | null;
  step(by: 1 | -1): void;
  /** By id of the panel; of those that have any. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Which match somebody went to, of which matches. A new object with each step. */
interface Stepped {
  readonly of: PanelMatches;
  readonly place: number;
}

const NO_MATCHES: PanelMatches = { matches: [], more: false, counts: new Map() };

export function useFindInDetail(panels: readonly FoundPanel[], shown: string | undefined): DetailFind {
  const asked = useTraceStore((state) => state.asked);
  const views = useTraceStore((state) => state.valueViews);
  const [typed, type] = useState('');
  const [stepped, setStepped] = useState<Stepped | null>(null);
  const finder = useMemo(() => (typed === '' ? queryFinder(asked) : wordsFinder(typed)), [typed, asked]);
  const found = useSteps(
    () => (finder.isEmpty ? nothing() : searched(panels, shown, views, finder)),
    [panels, shown, views, finder],
  );
  const matches = found?.matches;
  // Whoever looks for something wants to see it: the first match without a further press.
  const current = stepped && stepped.of === matches ? stepped.place : matches && matches.matches.length > 0 ? 0 : null;
  const reveal = useMemo<Reveal | null>(() => {
    const match = current === null ? undefined : matches?.matches[current];
    if (!match || !found) return null;
    const source = found.sources.find(({ id }) => id === match.source);
    return createReveal(
      match,
      source && 'tree' in source && match.node !== null ? jsonPath(source.tree, match.node) : null,
    );
    // A step to the same match asks for it once more.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [found, matches, current, stepped]);
  return {
    finder,
    reveal,
    typed,
    type,
    matches,
    current,
    counts: found?.counts ?? NO_MATCHES.counts,
    step(by) {
      const place = matches ? stepMatch(matches, current, by) : null;
      if (matches && place !== null) setStepped({ of: matches, place });
    },
  };
}

interface Searched {
  readonly matches: PanelMatches;
  readonly sources: readonly PanelSource[];
  readonly counts: ReadonlyMap<string, number>;
}

// oxlint-disable-next-line require-yield
function* nothing(): Steps<Searched> {
  return { matches: NO_MATCHES, sources: [], counts: NO_MATCHES.counts };
}

/** Records repeat all the rest: only who looks at them looks for something in them. */
const ONLY_SHOWN = 'raw';

function* searched(
  panels: readonly FoundPanel[],
  shown: string | undefined,
  views: Parameters<typeof panelSources>[1],
  finder: FindInDetail['finder'],
): Steps<Searched> {
  const counts = new Map<string, number>();
  let result: Searched = { matches: NO_MATCHES, sources: [], counts };
  for (const { id, texts } of panels) {
    if (id === ONLY_SHOWN && id !== shown) continue;
    const sources = yield* panelSources(texts(), views);
    const matches = yield* findInPanel(sources, finder);
    if (matches.matches.length > 0) counts.set(id, matches.matches.length);
    if (id === shown) result = { matches, sources, counts };
    yield;
  }
  return result;
}
