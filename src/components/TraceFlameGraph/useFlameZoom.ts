'use client';
import { useMemo, useState } from 'react';
import { useTraceContext } from '../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../hooks/useTraceStore.ts';
import { stretchesOf } from '../../layout/flame/stretches.ts';
import type { FlameGraph } from '../../layout/flame/types.ts';
import type { TimeWindow } from '../../layout/time/timeScale.ts';
import type { Trace } from '../../model/types.ts';
import { sameValue } from '../../store/sameValue.ts';

interface Zoom {
  readonly of: FlameGraph;
  readonly place: number;
  /** The window that it made. */
  readonly window: TimeWindow | null;
}

/** All bars are as wide as they are. */
export const UNZOOMED = -1;

/**
 * The bar that is as wide as all, and how to make it another. Timeline and minimap go along: they show when its spans
 * ran. And it goes along with them: where they show a span that is selected, its bar is wide, and where they show
 * something else, none is. Upside down a bar has no place in time, and is widened alone.
 */
export function useFlameZoom(
  trace: Trace,
  graph: FlameGraph,
  inverted: boolean,
  selected: number,
): { readonly zoomed: number; zoomTo(place: number): void } {
  const { store } = useTraceContext();
  const timeWindow = useTraceStore((state) => state.timeWindow);
  const stretches = useMemo(() => (inverted ? null : stretchesOf(trace, graph)), [trace, graph, inverted]);
  const [kept, setKept] = useState<Zoom>({ of: graph, place: UNZOOMED, window: null });
  const found = (): number => {
    if (kept.of === graph && (!stretches || sameValue(kept.window, timeWindow))) return kept.place;
    return stretches && timeWindow ? stretches.shownIn(timeWindow, selected) : UNZOOMED;
  };
  const zoomTo = (place: number): void => {
    if (stretches) {
      const stretch = place === UNZOOMED ? null : stretches.of(place);
      if (stretch) store.actions.fit(stretch);
      else store.actions.zoomTo(null);
    }
    setKept({ of: graph, place, window: store.getState().timeWindow });
  };
  return { zoomed: found(), zoomTo };
}
