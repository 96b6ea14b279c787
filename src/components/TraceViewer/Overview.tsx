'use client';
import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { isRightToLeft } from '../../hooks/writingDirection.ts';
import { OwnTime } from './OwnTime.tsx';
import { watchSideways } from '../TraceGrid/sideways.ts';
import { TraceMinimap } from '../TraceMinimap/TraceMinimap.tsx';

/** Where the time went, and the minimap, exactly above the timeline of the grid that stands below. */
export function Overview() {
  const element = useRef<HTMLDivElement>(null);
  const minimap = useRef<HTMLDivElement>(null);
  useBrowserLayoutEffect(() => {
    const overview = element.current!;
    const timeline = overview.parentElement?.querySelector<HTMLElement>('.tv-axis-scale');
    if (!timeline) return undefined;
    let frame = 0;
    const align = (): void => {
      frame = 0;
      const around = overview.getBoundingClientRect();
      const { left, right, width } = timeline.getBoundingClientRect();
      const after = isRightToLeft(overview) ? left - around.left : around.right - right;
      // No custom properties: all that is in there would be styled anew.
      overview.style.paddingInlineEnd = `${Math.max(0, after)}px`;
      minimap.current!.style.width = `${width}px`;
    };
    align();
    // Columns and scrollbars move the timeline, so it is measured. In the next frame: a size that changes while sizes
    // are told is an error to browsers.
    const soon = (): void => {
      frame ||= requestAnimationFrame(align);
    };
    const watch = new ResizeObserver(soon);
    watch.observe(timeline);
    watch.observe(overview);
    const unwatch = watchSideways(timeline, soon);
    return () => {
      watch.disconnect();
      unwatch();
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <div ref={element} className="tv-overview" data-trace-part="overview">
      <OwnTime />
      <TraceMinimap ref={minimap} />
    </div>
  );
}
