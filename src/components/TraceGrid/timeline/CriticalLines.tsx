'use client';
import { useRef } from 'react';
import { useBrowserLayoutEffect } from '../../../hooks/useBrowserLayoutEffect.ts';
import { useTraceContext } from '../../../hooks/context/TraceContext.ts';
import { useTraceStore } from '../../../hooks/useTraceStore.ts';
import { createCriticalLines, type CriticalLines as Lines } from '../../../layout/gantt/criticalLines.ts';
import type { Trace } from '../../../model/types.ts';
import type { Painter } from './painter.ts';

/**
 * Rails and steps of the critical path: two paths over the mounted rows, however long it is. The painter draws them.
 */
export function CriticalLines({ painter, rowHeight }: { readonly painter: Painter; readonly rowHeight: number }) {
  const { store } = useTraceContext();
  const dimmed = useTraceStore(({ hits, filterMode }) => hits !== null && filterMode === 'dim');
  const picture = useRef<SVGSVGElement>(null);
  const rails = useRef<SVGPathElement>(null);
  const steps = useRef<SVGPathElement>(null);
  useBrowserLayoutEffect(() => {
    const [svg, railsPath, stepsPath] = [picture.current!, rails.current!, steps.current!];
    let linesOf: { readonly trace: Trace; readonly lines: ReturnType<typeof createCriticalLines> } | null = null;
    const draw = (scene: Parameters<Parameters<Painter['layer']>[0]>[0]): void => {
      const shown = store.getState().criticalPath;
      svg.toggleAttribute('hidden', !shown);
      if (!shown) return;
      const { trace, scale } = scene;
      if (linesOf?.trace !== trace) linesOf = { trace, lines: createCriticalLines(trace) };
      const rows = Array.from(scene.rows);
      const top = rows.reduce((least, row) => Math.min(least, row.top), Infinity);
      if (top === Infinity) return;
      // Rows far down a list of a million are drawn near zero and moved there, because paths are drawn in single
      // precision.
      svg.style.transform = `translateY(${top}px)`;
      svg.style.width = `${scale.width}px`;
      const drawn = linesOf.lines(
        rows.map(({ index, open, loop, top: at }) => ({ index, open, loop, top: at - top })),
        scale,
        rowHeight,
      );
      write(railsPath, railPath(drawn));
      write(stepsPath, stepPath(drawn));
    };
    return painter.layer(draw);
  }, [store, painter, rowHeight]);
  // Cut to the list: lines that stay where rows have gone must not keep it as long as it was.
  return (
    <div className="tv-critical-frame" aria-hidden="true">
      <svg ref={picture} className="tv-critical" data-dimmed={dimmed || undefined}>
        <path ref={steps} data-line="steps" />
        <path ref={rails} data-line="rails" />
      </svg>
    </div>
  );
}

function write(path: SVGPathElement, d: string): void {
  if (path.getAttribute('d') !== d) path.setAttribute('d', d);
}

function railPath({ rails }: Lines): string {
  let d = '';
  for (let i = 0; i < rails.length; i += 3)
    d += `M${rails[i + 1]!.toFixed(1)} ${rails[i]!.toFixed(1)}H${rails[i + 2]!.toFixed(1)}`;
  return d;
}

/** In the middle of a pixel, so that a line is one pixel wide and not two half ones. */
function stepPath({ steps }: Lines): string {
  let d = '';
  for (let i = 0; i < steps.length; i += 3)
    d += `M${Math.floor(steps[i]!) + 0.5} ${steps[i + 1]!.toFixed(1)}V${steps[i + 2]!.toFixed(1)}`;
  return d;
}
