'use client';
import { useRef, useState, type RefObject } from 'react';
import { useBrowserLayoutEffect } from '../../hooks/useBrowserLayoutEffect.ts';

/** Pixels below which nodes are narrower. */
const NARROW = 620;

/** An element and whether it is narrow. */
export function useNarrow(): readonly [RefObject<HTMLDivElement | null>, boolean] {
  const frame = useRef<HTMLDivElement>(null);
  const [narrow, setNarrow] = useState(false);
  useBrowserLayoutEffect(() => {
    const element = frame.current!;
    const look = (): void => setNarrow(element.clientWidth > 0 && element.clientWidth < NARROW);
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [frame, narrow];
}
