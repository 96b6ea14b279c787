'use client';
import { useRef, type ReactNode, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';
import { Slot } from '../parts/Slot.tsx';

/** Which control of the host's end has the focus, by its place; null = none. */
export type HeldControl = RefObject<number | null>;

interface HostEndProps {
  readonly heldRef?: HeldControl | undefined;
  readonly children: ReactNode;
}

/**
 * The host's own controls, at the end of the header, and of what stands where there is no trace to show. They stand
 * elsewhere with each input, so who opened a file with one of them finds the focus where it was.
 */
export function HostEnd({ heldRef, children }: HostEndProps) {
  const slot = useRef<HTMLSpanElement>(null);
  useBrowserLayoutEffect(() => {
    const page = slot.current?.getRootNode() as Document | ShadowRoot | undefined;
    const at = heldRef?.current ?? null;
    if (at === null || !page || (page.activeElement && page.activeElement !== document.body)) return;
    controlsIn(slot.current!)[at]?.focus({ preventScroll: true });
  }, [heldRef]);
  return children === undefined ? null : (
    <span
      ref={slot}
      className="tv-slot"
      onFocus={({ target }) => {
        if (heldRef) heldRef.current = controlsIn(slot.current!).indexOf(target as HTMLElement);
      }}
      onBlur={() => {
        if (heldRef) heldRef.current = null;
      }}
    >
      <Slot render={() => children} />
    </span>
  );
}

const controlsIn = (element: HTMLElement): readonly HTMLElement[] =>
  Array.from(element.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]'));
