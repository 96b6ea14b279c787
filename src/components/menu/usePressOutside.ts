'use client';
import { useEffect, useRef } from 'react';

/**
 * Calls back when a press begins outside of what is open. `inside` says what that is, the first of it something that
 * stands while it is open. Asked where the viewer stands and answered at the document, as to the document the path of a
 * press may end at the border of a shadow tree.
 */
export function usePressOutside(
  open: boolean,
  inside: () => readonly (Node | null | undefined)[],
  leave: () => void,
): void {
  const latest = useRef({ inside, leave });
  useEffect(() => {
    latest.current = { inside, leave };
  });
  useEffect(() => {
    const [shown] = open ? latest.current.inside() : [];
    if (!shown) return undefined;
    let isInside = false;
    const stop = new AbortController();
    const { signal } = stop;
    // Anew for each press: of the last one, the end may never have been heard of.
    shown.ownerDocument!.addEventListener(
      'pointerdown',
      () => {
        isInside = false;
      },
      { capture: true, signal },
    );
    shown.getRootNode().addEventListener(
      'pointerdown',
      ({ target }) => {
        isInside = latest.current.inside().some((part) => part?.contains(target as Node));
      },
      { capture: true, signal },
    );
    shown.ownerDocument!.addEventListener(
      'pointerdown',
      () => {
        if (!isInside) latest.current.leave();
      },
      { signal },
    );
    return () => stop.abort();
  }, [open]);
}
