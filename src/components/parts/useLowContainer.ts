'use client';
import { useRef, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';

/** Below so many pixels, what stands around the rows gives way to them, step by step. */
const STEPS = [
  ['lowest', 250],
  ['lower', 320],
  ['low', 380],
] as const;

/**
 * Writes on an element how low it is, as `data-height`, for the stylesheet. No container query: asking for the height
 * takes it from the content, and in a page that leaves the height to the viewer there would be none.
 */
export function useLowContainer<Element extends HTMLElement>(): RefObject<Element | null> {
  const container = useRef<Element>(null);
  useBrowserLayoutEffect(() => {
    const element = container.current!;
    const read = (): void => {
      const step = STEPS.find(([, below]) => element.offsetHeight < below)?.[0];
      if (step === undefined) delete element.dataset['height'];
      else element.dataset['height'] = step;
    };
    read();
    const watch = new ResizeObserver(read);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return container;
}
