/** A pointer that has moved less than this many pixels is pressing, not dragging. */
export const DRAG_FROM = 3;

/** After this many milliseconds without a further key or wheel event what they did counts as finished. */
const GESTURE_REST = 160;

/** By which factor a turn of the wheel zooms. Mice tell a turn in one large step, touchpads in many small ones. */
export const wheelFactor = (deltaY: number): number => Math.min(1.25, Math.max(0.8, Math.exp(deltaY * 0.002)));

/** Returns a function that ends the gesture once it has not been called for a moment; never after `signal` aborts. */
export function settleAfterRest(actions: { settle(): void }, signal: AbortSignal): () => void {
  let rest: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(rest));
  return () => {
    clearTimeout(rest);
    rest = setTimeout(() => actions.settle(), GESTURE_REST);
  };
}
