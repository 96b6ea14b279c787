'use client';
import { useState, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';

/** The row height that the stylesheet gives at this width and density, in pixels: read off an element that has it. */
export function useRowHeight(probe: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(24);
  useBrowserLayoutEffect(() => {
    const element = probe.current;
    if (!element) return undefined;
    const read = (): void => {
      if (element.offsetHeight > 0) setHeight(element.offsetHeight);
    };
    read();
    const watch = new ResizeObserver(read);
    watch.observe(element);
    return () => watch.disconnect();
  }, [probe]);
  return height;
}
