'use client';
import { useRef, type KeyboardEvent } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import type { Format } from '../../../format.ts';
import type { Labels } from '../../../labels.ts';
import { stepCount, stepsWithin } from '../../../layout/time/stepPlaces.ts';
import type { TimeWindow } from '../../../layout/time/timeScale.ts';
import type { Trace } from '../../../model/types.ts';
import { Sign } from '../../parts/icons.tsx';
import { useStatus } from '../../parts/useStatus.tsx';
import type { Painter } from './painter.ts';
import { watchRangeDrag } from './rangeDrag.ts';

/** How long a marked stretch is: time or, without a clock, steps that it touches. */
function lengthInWords(trace: Trace | null, [from, to]: TimeWindow, format: Format, labels: Labels): string {
  if (trace?.timeBasis !== 'step') return format.duration(to - from);
  const [first, last] = stepsWithin(from, to);
  const count = Math.max(1, Math.min(last, stepCount(trace)!) - first + 1);
  return labels.stepCount(count, format.count(count));
}

/**
 * The marked stretch of time: a band over all rows, its length, and a button that zooms to it. The painter moves and
 * writes them.
 */
export function RangeBar({ painter }: { readonly painter: Painter }) {
  const { store, format, labels } = useTraceContext();
  const bandRef = useRef<HTMLDivElement>(null);
  const barRef = useRef<HTMLDivElement>(null);
  const lengthRef = useRef<HTMLSpanElement>(null);
  const [status, announce] = useStatus();

  useBrowserLayoutEffect(
    () => watchRangeDrag(bandRef.current!.closest<HTMLElement>('.tv-grid-frame')!, painter, store),
    [painter, store],
  );
  useBrowserLayoutEffect(() => {
    const [band, bar, length] = [bandRef.current!, barRef.current!, lengthRef.current!];
    let barWidth = 0;
    const release = painter.layer(({ scale: { window, width, x }, left }) => {
      const { range, trace } = store.getState();
      const seen = range !== null && range[1] >= window[0] && range[0] <= window[1];
      band.hidden = bar.hidden = !seen;
      const words = range ? lengthInWords(trace, range, format, labels) : '';
      if (length.textContent !== words) {
        length.textContent = words;
        barWidth = 0;
      }
      if (!seen) return;
      // Cut while still in doubles: a box of a million pixels loses its place.
      const from = Math.max(x(range[0]), -2);
      const to = Math.min(x(range[1]), width + 2);
      band.style.transform = `translateX(${(left + from).toFixed(1)}px)`;
      band.style.width = `${Math.max(to - from, 1).toFixed(1)}px`;
      if (barWidth === 0) barWidth = bar.offsetWidth;
      const centred = left + (from + to) / 2 - barWidth / 2;
      const inside = Math.max(left, Math.min(centred, left + width - barWidth));
      bar.style.transform = `translateX(${inside.toFixed(1)}px)`;
    });
    // Announced when it is done: a range that is being drawn would talk all the time.
    let rest: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = store.subscribe(({ range, trace }, before) => {
      if (range === before.range) return;
      clearTimeout(rest);
      rest = setTimeout(() => {
        if (range) announce(labels.rangeMarked(lengthInWords(trace, range, format, labels)), true);
      }, 300);
    });
    return () => {
      clearTimeout(rest);
      unsubscribe();
      release();
    };
  }, [store, painter, format, labels, announce]);

  const backToGrid = (act: () => void) => () => {
    act();
    store.actions.focusGrid();
  };
  const clear = backToGrid(() => store.actions.setRange(null));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    clear();
  };
  return (
    <>
      <div ref={bandRef} className="tv-range" aria-hidden="true" hidden />
      <div ref={barRef} role="group" aria-label={labels.range} className="tv-range-bar" hidden>
        <span ref={lengthRef} />
        {/* Escape is the group's, wherever in it the focus is. */}
        <button
          type="button"
          className="tv-button tv-small tv-range-zoom"
          onClick={backToGrid(store.actions.zoomToRange)}
          onKeyDown={onKeyDown}
        >
          {labels.zoom}
        </button>
        <button
          type="button"
          className="tv-button tv-icon tv-small"
          aria-label={labels.clearRange}
          onClick={clear}
          onKeyDown={onKeyDown}
        >
          <Sign name="close" size={9} />
        </button>
      </div>
      {status}
    </>
  );
}
