'use client';
import { useRef, type HTMLAttributes, type PointerEvent } from 'react';
import { isRightToLeft } from '../../hooks/writingDirection.ts';

/** An edge that can be dragged, and what it makes wider. Widths are in pixels. */
export interface DraggedEdge {
  /** Of what it makes wider, the side that it is on, in the direction of reading. */
  readonly side: 'start' | 'end';
  widthNow(edge: HTMLElement): number;
  clamp(wanted: number, edge: HTMLElement): number;
  /** While it is dragged. Only custom properties change, no React commit. */
  show(edge: HTMLElement, width: number): void;
  commit(edge: HTMLElement, width: number): void;
  /** The drag was taken away: all is as before. */
  cancel(edge: HTMLElement): void;
}

interface Drag {
  readonly pointer: number;
  readonly x: number;
  readonly width: number;
  readonly wider: 1 | -1;
  readonly now: number;
  readonly moved: boolean;
}

/** 1 where a move to the right makes wider what the edge bounds. */
export const towardsWider = (edge: HTMLElement, side: DraggedEdge['side']): 1 | -1 =>
  (side === 'end') === isRightToLeft(edge) ? -1 : 1;

/** The pointer's half of a separator. A press that does not move changes nothing. */
export function useEdgeDrag({
  side,
  widthNow,
  clamp,
  show,
  commit,
  cancel,
}: DraggedEdge): Pick<
  HTMLAttributes<HTMLElement>,
  'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel'
> {
  const drag = useRef<Drag | null>(null);
  const end = (event: PointerEvent<HTMLElement>, done: boolean): void => {
    const going = drag.current;
    if (going?.pointer !== event.pointerId) return;
    drag.current = null;
    if (!going.moved) return;
    if (done) commit(event.currentTarget, going.now);
    else cancel(event.currentTarget);
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0) return;
      event.preventDefault();
      event.currentTarget.focus({ preventScroll: true });
      event.currentTarget.setPointerCapture(event.pointerId);
      const width = widthNow(event.currentTarget);
      drag.current = {
        pointer: event.pointerId,
        x: event.clientX,
        width,
        wider: towardsWider(event.currentTarget, side),
        now: width,
        moved: false,
      };
    },
    onPointerMove(event) {
      const going = drag.current;
      if (going?.pointer !== event.pointerId || (!going.moved && event.clientX === going.x)) return;
      const now = clamp(going.width + (event.clientX - going.x) * going.wider, event.currentTarget);
      drag.current = { ...going, now, moved: true };
      show(event.currentTarget, now);
    },
    onPointerUp: (event) => end(event, true),
    onPointerCancel: (event) => end(event, false),
  };
}
