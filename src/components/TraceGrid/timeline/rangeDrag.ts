import type { TraceStore } from '../../../store/createTraceStore.ts';
import { DRAG_FROM } from '../../parts/gestures.ts';
import type { Painter } from './painter.ts';

/**
 * Dragging on the axis marks a stretch of time; a press without a drag clears it. By touch too: sideways the axis is
 * not scrolled. When the drag ends the keyboard is on the button that zooms, so that Enter does. Returns the function
 * that ends it.
 */
export function watchRangeDrag(frame: HTMLElement, painter: Painter, { actions }: TraceStore): () => void {
  let drag: { readonly pointer: number; readonly from: number; moved: boolean } | null = null;
  const stop = new AbortController();
  const { signal } = stop;

  /** Pixels from the left edge of the timeline, kept inside it. */
  const place = (x: number): number => {
    const { left, width } = frame.querySelector('.tv-axis-scale')!.getBoundingClientRect();
    return Math.min(Math.max(x - left, 0), width);
  };
  const end = (event: PointerEvent): void => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { moved } = drag;
    drag = null;
    if (!moved) actions.setRange(null);
    // Shown by the next frame, and what is not shown cannot be focused.
    else
      requestAnimationFrame(() => frame.querySelector<HTMLElement>('.tv-range-zoom')?.focus({ preventScroll: true }));
  };

  frame.addEventListener(
    'pointerdown',
    (event) => {
      const target = event.target as Element;
      if (
        event.button !== 0 ||
        !target.closest('.tv-axis') ||
        target.closest('button, [role=separator], .tv-range-bar, .tv-idle-switch')
      )
        return;
      drag = { pointer: event.pointerId, from: event.clientX, moved: false };
    },
    { signal },
  );
  frame.addEventListener(
    'pointermove',
    (event) => {
      if (!drag || event.pointerId !== drag.pointer || (!drag.moved && Math.abs(event.clientX - drag.from) < DRAG_FROM))
        return;
      if (!drag.moved) frame.setPointerCapture(event.pointerId);
      drag.moved = true;
      actions.setRange([painter.timeAt(place(drag.from)), painter.timeAt(place(event.clientX))]);
    },
    { signal },
  );
  frame.addEventListener('pointerup', end, { signal });
  frame.addEventListener('pointercancel', end, { signal });
  return () => stop.abort();
}
